"""There is one way in. Every other address that takes a password is a closed door."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from portal.accounts.models import User
from tests.accounts.people import SIGN_IN, set_up_telephone, signed_in_user
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

#: what stands in for the variable parts of an address
FILLED = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000"}


def simple_paths(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """Every address below `resolver`, with something in place of its variable parts."""
    for entry in resolver.url_patterns:
        route = re.sub(r"<(?:(\w+):)?\w+>", lambda part: FILLED.get(part[1], "x"), str(entry.pattern))
        # what is left of regular expressions: groups become a word, anchors and wildcards go
        route = re.sub(r"[\^$\\]|\.\*", "", re.sub(r"\(.*\)\??", "x", route))
        if isinstance(entry, URLPattern):
            yield prefix + route
        else:
            yield from simple_paths(entry, prefix + route)


def every_path() -> list[str]:
    with translation.override("de"):
        return sorted(set(simple_paths(get_resolver())))


def test_a_password_opens_the_sign_in_page_and_no_other_address(root: User, settings):
    settings.PORTAL_DEMO = True
    paths = every_path()
    assert len(paths) > 200
    assert {"/admin/login/", "/de/_util/login/", SIGN_IN["de"]} <= set(paths)
    names = ("login", "username", "email", "auth-username", "name")
    form = {**dict.fromkeys(names, root.email), "password": PASSWORD, "password1": PASSWORD, "auth-password": PASSWORD}

    opened = []
    for path in paths:
        browser = Client(raise_request_exception=False)
        browser.post(path, form)
        if signed_in_user(browser):
            opened.append(path)

    assert opened == [SIGN_IN["de"]]


@pytest.mark.parametrize("path", ["/admin/login/", "/de/_util/login/", "/cs/_util/login/"])
def test_wagtails_doors_lead_to_the_portals_own(client: Client, path: str):
    page = client.get(path, {"next": "/admin/pages/"})

    assert page.url in [f"{address}?next=/admin/pages/" for address in SIGN_IN.values()]


@pytest.mark.parametrize("path", ["/admin/password_reset/", "/admin/password_reset/confirm/MQ/abc-def/"])
def test_wagtails_own_password_reset_leads_to_the_portals(client: Client, path: str):
    assert client.get(path).url in {"/de/konto/password/reset/", "/cs/ucet/password/reset/"}


def test_the_administration_asks_strangers_to_sign_in_here(client: Client):
    answer = client.get("/admin/pages/", headers={"accept-language": "cs"})

    assert answer.url == "/cs/ucet/login/?next=/admin/pages/"


def test_the_administration_changes_neither_password_nor_address_of_its_user(client: Client, root: User):
    set_up_telephone(root)
    client.force_login(root)

    page = client.get("/admin/account/")
    form = {"locale-preferred_language": "de", "theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    client.post("/admin/account/", {**form, "name_email-email": "x@evil.example", "password-new_password1": "x" * 12})

    assert page.status_code == 200
    assert 'type="password"' not in page.content.decode()
    before = (root.email, root.password)
    root.refresh_from_db()
    assert (root.email, root.password) == before
    assert root.wagtail_userprofile.preferred_language == "de"
