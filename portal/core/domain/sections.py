"""The fixed pages that menus and links lead to, in every language, read once per request."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest
from wagtail.models import Page

from portal.core.addresses import address_of
from portal.core.domain.prepared import prepared
from portal.core.domain.publishing import key_of
from portal.core.models import language_of_locale

#: the depth of pages directly below a home page, in treebeard's count
SECTION_DEPTH = 3
#: names by which the set-up of the site knows its lists
NAMES = ("knowledge", "guides", "case_studies", "news", "topics", "mentors", "companies", "events")


#: what menus and links need of a page; sorted by the first, they stand in the order of the tree
COLUMNS = ("path", "pk", "title", "url_path", "locale_id", "translation_key", "depth", "show_in_menus")

#: pages that apps above let be read along: the name that each page is marked with, and the condition for it
read_along: dict[str, Q] = {}


@dataclass(frozen=True)
class Section:
    """A page that menus and links lead to. No Page, which would cost more to build than all else that is read of it."""

    pk: int
    title: str
    url_path: str
    language: str
    translation_key: UUID
    is_in_menu: bool
    #: those names of `read_along` whose condition holds
    marks: frozenset[str]

    @property
    def url(self) -> str:
        """The address of the page."""
        return address_of(self.url_path) or ""


def section_key(name: str) -> UUID:
    """The translation key of the section `name`."""
    return key_of("section", name)


def section_pages(request: HttpRequest, language: str) -> list[Section]:
    """Menu entries, sections and what is read along, in `language` and in the order of the tree."""
    return _sections(request).get(language, [])


def _sections(request: HttpRequest) -> dict[str, list[Section]]:
    known = request.__dict__.get("_portal_sections")
    if known is None:
        known = request.__dict__["_portal_sections"] = {}
        # a page that is more than one of all these is read more than once
        for row in sorted(set(page_rows().all())):
            page = _section(row)
            known.setdefault(page.language, []).append(page)
    return known


def _section(row: tuple[Any, ...]) -> Section:
    """A row of `page_rows`. SQLite gives keys as text, and truths as numbers."""
    _path, pk, title, url_path, locale, key, depth, is_shown, *marks = row
    return Section(
        pk,
        title,
        url_path,
        language_of_locale(locale),
        UUID(str(key)),
        is_in_menu=bool(is_shown) and depth == SECTION_DEPTH,
        marks=frozenset(name for name, mark in zip(read_along, marks, strict=True) if mark),
    )


@prepared
def page_rows() -> QuerySet[Any]:
    """(*COLUMNS, *whether a page is read along) of the pages of every language, some of them more than once.

    Each condition is a query of its own, for it has an index of its own: together, or for an order, the database would look
    through all pages.
    """
    marks = {name: Case(When(condition, then=True), default=False) for name, condition in read_along.items()}
    pages = Page.objects.live().annotate(**marks).order_by().values_list(*COLUMNS, *marks)
    in_menus = pages.filter(depth=SECTION_DEPTH, show_in_menus=True)
    named = pages.filter(translation_key__in=[section_key(name) for name in NAMES])
    return in_menus.union(named, *map(pages.filter, read_along.values()), all=True)


def section_urls(request: HttpRequest, name: str) -> dict[str, str]:
    """The address of the section `name` by language; without those that are gone."""
    key = section_key(name)
    return {
        language: page.url
        for language, pages in _sections(request).items()
        for page in pages
        if page.translation_key == key
    }
