"""The fixed pages that menus and links lead to, in every language, read once per request."""

from uuid import UUID

from django.db.models import Case, Q, When
from django.http import HttpRequest
from wagtail.models import Page

from portal.core.domain.publishing import key_of
from portal.core.models import language_of_locale

#: the depth of pages directly below a home page, in treebeard's count
SECTION_DEPTH = 3
#: names by which the set-up of the site knows its lists
NAMES = ("knowledge", "guides", "case_studies", "news", "topics", "mentors", "companies", "events")


#: pages that apps above let be read along: the name that each page is marked with, and the condition for it
read_along: dict[str, Q] = {}


def section_key(name: str) -> UUID:
    """The translation key of the section `name`."""
    return key_of("section", name)


def section_pages(request: HttpRequest, language: str) -> list[Page]:
    """Menu entries, sections and what is read along, in `language` and in the order of the tree."""
    return _sections(request).get(language, [])


def _sections(request: HttpRequest) -> dict[str, list[Page]]:
    known = request.__dict__.get("_portal_sections")
    if known is None:
        wanted = Q(depth=SECTION_DEPTH, show_in_menus=True) | Q(
            translation_key__in=[section_key(n) for n in NAMES]
        )
        for condition in read_along.values():
            wanted |= condition
        marks = {
            name: Case(When(condition, then=True), default=False) for name, condition in read_along.items()
        }
        known = request.__dict__["_portal_sections"] = {}
        for page in Page.objects.live().filter(wanted).annotate(**marks).order_by("path"):
            known.setdefault(language_of_locale(page.locale_id), []).append(page)
    return known


def section_urls(request: HttpRequest, name: str) -> dict[str, str]:
    """The address of the section `name` by language; without those that are gone."""
    key = section_key(name)
    return {
        language: page.get_url(request) or ""
        for language, pages in _sections(request).items()
        for page in pages
        if page.translation_key == key
    }
