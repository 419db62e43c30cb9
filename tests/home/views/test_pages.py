"""Pages by their address."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.domain.site import section
from home.views.pages import AROUND, page_rows
from tests.queries import plan, statements

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


@pytest.mark.parametrize(
    "path", ["/de/gibt-es-nicht/", "/de/wissen/gibt-es-nicht/", "/cs/znalosti/neni/ani/tady/"]
)
def test_an_address_below_which_nothing_stands_is_known_to_be_wrong_after_one_query(
    client: Client, path: str
) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 404

    assert len([sql for sql in statements(queries) if "url_path IN" in sql]) == 1
    assert not [sql for sql in statements(queries) if "home_homepage" in sql or "knowledgeindex" in sql]


def test_a_page_that_is_not_live_is_not_served(client: Client) -> None:
    page = section("events")["de"]
    assert client.get("/de/veranstaltungen/").status_code == 200
    page.unpublish()
    assert client.get("/de/veranstaltungen/").status_code == 404


def test_a_page_of_another_language_is_not_served_below_this_one(client: Client) -> None:
    assert client.get("/cs/wissen/").status_code == 404
