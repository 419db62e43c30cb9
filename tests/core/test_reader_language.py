"""Which language an address without one leads to."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/en/", "/wissen/", "/admin-gibt-es-nicht/", "/mails/"])
def test_an_address_without_a_language_is_not_found_at_once(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("languages", "home"), [("cs,de;q=0.5", "/cs/"), ("de-AT", "/de/"), ("pl", "/de/"), ("", "/de/")]
)
def test_the_bare_address_leads_to_the_language_of_the_browser(
    client: Client, languages: str, home: str
) -> None:
    response = client.get("/", headers={"accept-language": languages})

    assert (response.status_code, response.url) == (302, home)
