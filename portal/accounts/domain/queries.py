"""What account pages need to know of the site."""

from wagtail.models import Page

from portal.core.domain.publishing import key_of


def privacy_page_url(language: str) -> str:
    """The address of the privacy policy in `language`; empty while the site has none."""
    page = (
        Page.objects.live()
        .filter(translation_key=key_of("pages", "privacy"), locale__language_code=language)
        .first()
    )
    return page.get_url() or "" if page else ""
