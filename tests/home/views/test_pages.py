"""Pages by their address."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.domain.site import section
from tests.queries import statements

pytestmark = pytest.mark.django_db


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
