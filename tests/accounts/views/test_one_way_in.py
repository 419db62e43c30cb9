"""There is one way in. Every other address that takes a password is a closed door."""

import re
from collections.abc import Iterator

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, include, path
from django.utils import translation
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal.accounts import urls as account_urls
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


def addresses_that_sign_in(user: User) -> list[str]:
    """Every address that signs the user in when it is given address and password, whatever the fields are called."""
    names = ("login", "username", "email", "auth-username", "name")
    form = {
        **dict.fromkeys(names, user.email),
        **dict.fromkeys(("password", "password1", "auth-password"), PASSWORD),
    }
    opened = []
    for address in every_path():
        browser = Client(raise_request_exception=False)
        browser.post(address, form)
        if signed_in_user(browser):
            opened.append(address)
    return opened


def test_a_password_opens_the_sign_in_page_and_no_other_address(root: User, settings):
    settings.PORTAL_DEMO = True
    assert len(every_path()) > 200
    assert {"/admin/login/", "/de/_util/login/", SIGN_IN["de"]} <= set(every_path())

    assert addresses_that_sign_in(root) == [SIGN_IN["de"]]


class BareWagtail:
    """Wagtail's addresses without the portal's before them."""

    urlpatterns = [
        path("admin/", include(wagtailadmin_urls)),
        *i18n_patterns(path("", include(account_urls.urlpatterns)), path("", include(wagtail_urls))),
    ]


def test_without_the_closed_doors_wagtail_would_let_people_in(root: User, settings):
    settings.PORTAL_DEMO = True
    settings.ROOT_URLCONF = BareWagtail
    settings.LOGIN_REDIRECT_URL = "/"

    assert addresses_that_sign_in(root) == ["/admin/login/", "/de/_util/login/", "/de/login/"]


@pytest.mark.parametrize("door", ["/admin/login/", "/de/_util/login/", "/cs/_util/login/"])
def test_wagtails_doors_lead_to_the_portals_own(client: Client, door: str):
    answer = client.get(door, {"next": "/admin/pages/"})

    assert answer.url in [f"{address}?next=%2Fadmin%2Fpages%2F" for address in SIGN_IN.values()]


@pytest.mark.parametrize("door", ["/admin/password_reset/", "/admin/password_reset/confirm/MQ/abc-def/"])
def test_wagtails_own_password_reset_leads_to_the_portals(client: Client, door: str):
    assert client.get(door).url in {"/de/konto/password/reset/", "/cs/ucet/password/reset/"}


def test_the_administration_asks_strangers_to_sign_in_here(client: Client):
    answer = client.get("/admin/pages/", headers={"accept-language": "cs"})

    assert answer.url == "/cs/ucet/login/?next=/admin/pages/"


def test_the_administration_changes_neither_password_nor_address_of_its_user(client: Client, root: User):
    set_up_telephone(root)
    client.force_login(root)

    page = client.get("/admin/account/")
    form = {
        "locale-preferred_language": "de",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    client.post(
        "/admin/account/", {**form, "name_email-email": "x@evil.example", "password-new_password1": "x" * 12}
    )

    assert page.status_code == 200
    assert 'type="password"' not in page.content.decode()
    before = (root.email, root.password)
    root.refresh_from_db()
    assert (root.email, root.password) == before
    assert root.wagtail_userprofile.preferred_language == "de"
