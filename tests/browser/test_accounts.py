"""Accounts in a browser: passkeys without a line of inline script, and pages that everybody can use."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from tests.factories.people import PASSWORD, UserFactory

ACCOUNT = {"de": "/de/konto/", "cs": "/cs/ucet/"}
FOR_STRANGERS = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "confirm-email/",
    "confirm-email/x/",
]
FOR_MEMBERS = ["", "email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "logout/"]


@pytest.fixture
def jens(live_server) -> User:
    """Makes tools in Zwickau; the longest names of the region are no stranger to him."""
    return UserFactory(email="jens@werkzeug.example", name="Jens-Friedrich Weber-Kretzschmar", language="de")


@pytest.fixture
def fingerprint(page: Page) -> None:
    """A device that knows its user's finger."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )


def sign_in(page: Page, language: str = "de") -> None:
    page.goto(f"{ACCOUNT[language]}login/")
    page.fill("[name=login]", "jens@werkzeug.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button >> nth=0")
    page.wait_for_url("**/de/mein-bereich/")


def test_a_fingerprint_opens_the_account(page: Page, jens: User, fingerprint: None):
    sign_in(page)
    page.goto("/de/konto/2fa/webauthn/add/")
    page.get_by_role("button", name="Passkey hinzufügen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wiederherstellungscodes")
    assert set(Authenticator.objects.values_list("user", "type")) == {
        (jens.pk, "webauthn"),
        (jens.pk, "recovery_codes"),
    }
    page.goto("/de/konto/logout/")
    page.get_by_role("main").get_by_role("button", name="Abmelden").click()

    page.goto("/de/konto/login/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Mein Bereich")


def test_a_device_without_a_passkey_is_told_so(page: Page, jens: User):
    page.goto("/cs/ucet/login/")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )

    page.get_by_role("button", name="Přihlásit se přístupovým klíčem").click()

    expect(page.get_by_role("alert")).to_have_text(
        "Nepodařilo se. Zkuste to prosím znovu, nebo zvolte jiný způsob."
    )


@pytest.mark.parametrize("language", ["de", "cs"])
def test_everybody_can_use_the_pages_of_an_account(
    page: Page, jens: User, accessible: Callable[[], None], language: str
):
    for path in FOR_STRANGERS:
        page.goto(ACCOUNT[language] + path)
        accessible()
    page.goto(f"{ACCOUNT[language]}signup/")
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    page.fill("[name=name]", "www.spam.example")
    page.click("main form button >> nth=0")
    expect(page.locator(".field.error").first).to_be_visible()
    accessible()
    sign_in(page, language)
    for path in FOR_MEMBERS:
        page.goto(ACCOUNT[language] + path)
        accessible()
