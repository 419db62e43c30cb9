"""Contributed pages in Wagtail's admin."""

from collections.abc import Iterable

from wagtail import hooks
from wagtail.models import Page

from portal.contributions.models import ContributedPage


@hooks.register("construct_translated_pages_to_cascade_actions")
def every_language_goes_off_line(pages: Iterable[Page], action: str) -> dict[Page, list[Page]]:
    """Lets the question "unpublish this page?" say that the page goes off line in every language."""
    if action != "unpublish":
        return {}
    contributed = [page for page in pages if isinstance(page.specific, ContributedPage)]
    return {page: list(page.specific.get_translations().live()) for page in contributed}
