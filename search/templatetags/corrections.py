"""What a reader probably meant, for the page of results."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

from search.domain.correction import corrected

register = template.Library()


@register.simple_tag
def did_you_mean(text: str) -> str:
    """`text` without its slips; "" if there are none. At most two queries."""
    return corrected(text, get_language() or settings.LANGUAGE_CODE)
