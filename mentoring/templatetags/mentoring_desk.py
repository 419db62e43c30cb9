"""What the pages of the desk have in common."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def wide_table(content: SafeString, label: str) -> SafeString:
    """A table called `label` that scrolls sideways where it is too wide, with the keyboard as well."""
    return format_html(
        '<div class="w-overflow-x-auto" tabindex="0" role="group" aria-label="{}">'
        '<table class="listing wide-table">{}</table></div>',
        label,
        content,
    )
