"""A page is found by its address, however many there are."""

import pytest
from django.db import connection

from home.domain.around import AROUND, page_rows
from tests.queries import plan

pytestmark = pytest.mark.django_db


def plan_of_a_page() -> str:
    rows = page_rows()
    return plan(AROUND.format(pages=rows.sql, places="%s, %s"), [*rows.params, "/de/", "/de/wissen/"])


#: how each database says that it compares the address of one page after the other; PostgreSQL walks along an index meanwhile
COMPARES_ALL = {"sqlite": "SCAN wagtailcore_page", "postgresql": "Filter: (url_path"}


def test_a_page_is_found_without_comparing_all_addresses() -> None:
    assert "core_pages_by_address" in plan_of_a_page()
    assert COMPARES_ALL[connection.vendor] not in plan_of_a_page()


def test_without_the_index_of_addresses_all_would_be_compared() -> None:
    """The twin."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX core_pages_by_address")
    assert COMPARES_ALL[connection.vendor] in plan_of_a_page()
