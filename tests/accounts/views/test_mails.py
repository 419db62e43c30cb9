"""Mails: in two forms and two languages, over a real connection, and readable in the demo."""

import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.test import Client
from django.urls import path

from portal import urls
from portal.accounts.models import User
from portal.notifications.domain.outbox import deliver
from portal.notifications.views import mails
from tests.accounts.people import RESET, SIGN_UP, code_on_telephone, link_in_mail, sign_in
from tests.accounts.views.test_languages import left_untranslated
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

FUNDING = {
    "de": "Kofinanziert von der Europäischen Union",
    "cs": "Spolufinancováno Evropskou unií",
}
SUBJECTS = {
    "de": [
        "Bitte bestätigen Sie Ihre Adresse",
        "Sie haben schon ein Konto",
        "Neues Passwort wählen",
        "Ihr Passwort wurde geändert",
        "Ihr Passwort wurde geändert",
        "Authenticator-App eingerichtet",
        "Neue Wiederherstellungscodes",
        "Authenticator-App abgeschaltet",
        "Bitte bestätigen Sie Ihre Adresse",
        "Ihre E-Mail-Adresse wurde geändert",
    ],
    "cs": [
        "Potvrďte prosím svou adresu",
        "Účet už máte",
        "Zvolit nové heslo",
        "Vaše heslo bylo změněno",
        "Vaše heslo bylo změněno",
        "Ověřovací aplikace nastavena",
        "Nové záložní kódy",
        "Ověřovací aplikace vypnuta",
        "Potvrďte prosím svou adresu",
        "Vaše e-mailová adresa byla změněna",
    ],
}
OPENING = {"de": "Guten Tag Jens Weber,", "cs": "Dobrý den,"}


def everything_that_sends_a_mail(client: Client, jens: User, prefix: str, language: str) -> None:
    client.post(
        SIGN_UP[language],
        {"name": "Jens Weber", "email": "new@werkzeug.example", "password1": PASSWORD, "consent": "on"},
    )
    client.post(
        SIGN_UP[language], {"name": "Jens Weber", "email": jens.email, "password1": PASSWORD, "consent": "on"}
    )
    client.post(RESET[language], {"email": jens.email})
    client.post(client.get(link_in_mail(), follow=True).redirect_chain[-1][0], {"password1": PASSWORD})
    sign_in(client, jens.email)
    client.post(f"{prefix}password/change/", {"oldpassword": PASSWORD, "password1": PASSWORD + "!"})
    activate = f"{prefix}2fa/totp/activate/"
    client.post(activate, {"code": code_on_telephone(client.get(activate).context["form"].secret)})
    client.post(f"{prefix}2fa/recovery-codes/generate/")
    client.post(f"{prefix}2fa/totp/deactivate/")
    client.post(f"{prefix}email/", {"action_add": "", "email": "weber@werkzeug.example"})
    client.post(link_in_mail())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "prefix"), [("de", "/de/konto/"), ("cs", "/cs/ucet/")])
def test_every_mail_opens_politely_and_closes_with_the_funding_line(
    client: Client, language: str, prefix: str, jens: User
):
    jens.language = language
    jens.save()

    everything_that_sends_a_mail(client, jens, prefix, language)

    assert [message.subject for message in mail.outbox] == SUBJECTS[language]
    for message in mail.outbox:
        html, kind = message.alternatives[0]
        assert kind == "text/html"
        assert message.body.splitlines()[0] == OPENING[language]
        assert f"<p>{OPENING[language]}</p>" in html
        assert f'<html lang="{language}">' in html
        for form in (message.body, html):
            assert FUNDING[language] in form
            assert left_untranslated(form, language) == []
        assert "cid:emblem" in html
        assert message.attachments[0]["Content-ID"] == "<emblem>"
        assert "\n" not in message.subject


def test_a_changed_address_is_told_to_the_old_one(client: Client, jens: User):
    sign_in(client, jens.email)

    client.post("/de/konto/email/", {"action_add": "", "email": "weber@werkzeug.example"})
    jens.refresh_from_db()
    assert (jens.email, mail.outbox[-1].to) == ("jens@werkzeug.example", ["weber@werkzeug.example"])
    client.post(link_in_mail())

    jens.refresh_from_db()
    assert jens.email == "weber@werkzeug.example"
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["jens@werkzeug.example"],
        "Ihre E-Mail-Adresse wurde geändert",
    )


def test_what_a_stranger_typed_is_text_in_the_html_of_a_mail(client: Client):
    form = {
        "name": "Anna & Söhne",
        "email": "anna@truhlarstvi.example",
        "password1": PASSWORD,
        "consent": "on",
    }

    client.post(SIGN_UP["de"], form)

    assert mail.outbox[0].body.splitlines()[0] == "Guten Tag Anna & Söhne,"
    assert "Guten Tag Anna &amp; Söhne," in mail.outbox[0].alternatives[0][0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postbox:
    """An SMTP server that keeps what it gets."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters.append(envelope.content)
        return "250 OK"


def test_a_mail_waits_for_the_worker_and_travels_over_a_real_connection(client: Client, settings, anna: User):
    postbox = Postbox()
    server = Controller(postbox, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        settings.EMAIL_BACKEND = "portal.notifications.backends.Outbox"
        settings.PORTAL_MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        client.post(RESET["cs"], {"email": anna.email})
        assert postbox.letters == []
        deliver()
    finally:
        server.stop()

    letter = message_from_bytes(postbox.letters[0], policy=policy.default)
    assert (letter["To"], letter["Subject"]) == (anna.email, "Zvolit nové heslo")
    assert letter.get_body(("plain",)).get_content().startswith("Dobrý den,")
    assert "Spolufinancováno Evropskou unií" in letter.get_body(("html",)).get_content()
    assert [part.get_content_type() for part in letter.iter_attachments()] == ["image/png"]


class UrlsOfTheDemo:
    """The portal's addresses as they are with DEBUG."""

    urlpatterns = [path("mails/", mails, name="mails"), *urls.urlpatterns]


@pytest.fixture
def demo(settings):
    settings.EMAIL_BACKEND = "portal.notifications.backends.Outbox"
    settings.ROOT_URLCONF = UrlsOfTheDemo


def test_the_demo_shows_its_mails_with_links_to_click_the_newest_first(
    client: Client, demo, jens: User, time_machine
):
    time_machine.move_to("2026-11-23T10:00:00Z")
    client.post(RESET["de"], {"email": "nobody@werkzeug.example"})
    time_machine.shift(5)
    client.post(RESET["de"], {"email": jens.email})

    page = client.get("/mails/", headers={"accept-language": "de"})

    shown = page.context["mails"]
    assert [(letter.to, letter.subject) for letter in shown] == [
        ("jens@werkzeug.example", "Neues Passwort wählen"),
        ("nobody@werkzeug.example", "Zu dieser Adresse gibt es kein Konto"),
    ]
    assert "Freundliche Grüße<br>Ihr NET4DIGI-Team" in page.content.decode()
    assert '<a href="http://testserver/de/konto/password/reset/key/' in page.content.decode()
    assert left_untranslated(page.content.decode(), "de") == []


def test_the_demo_without_mails_says_so(client: Client, demo):
    assert "Zatím žádný e-mail." in client.get("/mails/", headers={"accept-language": "cs"}).content.decode()


def test_outside_the_demo_there_is_no_such_page(client: Client):
    assert client.get("/mails/", follow=True).status_code == 404
