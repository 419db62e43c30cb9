"""The fixed pages that menus and links lead to, in every language, read once per request."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest
from wagtail.models import Page

from portal.core.domain.prepared import prepared
from portal.core.domain.publishing import key_of
from portal.core.models import language_of_locale

#: the depth of pages directly below a home page, in treebeard's count
SECTION_DEPTH = 3
#: names by which the set-up of the site knows its lists
NAMES = ("knowledge", "guides", "case_studies", "news", "topics", "mentors", "companies", "events")


NEEDED = {"id", "title", "slug", "url_path", "path", "depth", "locale_id", "translation_key", "show_in_menus"}
#: what menus and links need of a page, in the order of its table
COLUMNS = [field.attname for field in Page._meta.concrete_fields if field.attname in NEEDED]

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
        known = request.__dict__["_portal_sections"] = {}
        pages = {page.path: page for page in map(_page, page_rows().all())}
        for _path, page in sorted(pages.items()):
            known.setdefault(language_of_locale(page.locale_id), []).append(page)
    return known


def _page(row: tuple[Any, ...]) -> Page:
    page = Page.from_db(connection.alias, COLUMNS, row[: len(COLUMNS)])
    page.translation_key = UUID(str(page.translation_key))
    for name, mark in zip(read_along, row[len(COLUMNS) :], strict=True):
        setattr(page, name, bool(mark))
    return page


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
        language: page.get_url(request) or ""
        for language, pages in _sections(request).items()
        for page in pages
        if page.translation_key == key
    }
