"""What the administration shows of accounts."""

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def demo_banner_style() -> SafeString | str:
    """The demo's banner stands above the administration too."""
    if not settings.PORTAL_DEMO:
        return ""
    return format_html('<link rel="stylesheet" href="{}">', static("accounts/administration.css"))
