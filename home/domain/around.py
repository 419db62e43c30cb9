"""Pages on the way to an address, with those that are the same in another language."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page, PageViewRestriction

from portal.core.domain.prepared import prepared

RESTRICTIONS = PageViewRestriction.objects.filter(Q(page=OuterRef("pk")) | Q(page=OuterRef("alias_of")))

AROUND = """SELECT * FROM ({pages}) AS pages WHERE translation_key IN (
    SELECT translation_key FROM wagtailcore_page WHERE url_path IN ({places})
)"""


class Row(NamedTuple):
    """What has to be known of a page on the way to another."""

    pk: int
    content_type_id: int
    url_path: str
    locale_id: int
    translation_key: UUID | str
    live: bool
    is_restricted: bool


def pages_around(addresses: list[str]) -> list[Row]:
    """The pages at `addresses` (paths in the tree), in every language; one query."""
    places = ", ".join(["%s"] * len(addresses))
    pages = page_rows()
    with connection.cursor() as cursor:
        cursor.execute(AROUND.format(pages=pages.sql, places=places), [*pages.params, *addresses])
        return [Row(*row) for row in cursor.fetchall()]


@prepared
def page_rows() -> QuerySet[Any]:
    """A Row of every page."""
    pages = Page.objects.order_by().annotate(is_restricted=Exists(RESTRICTIONS))
    return pages.values_list(*Row._fields)
