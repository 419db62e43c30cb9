"""A newcomer creates an account: three fields, one consent, one mail."""

from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal.accounts.models import Consent, User
from tests.accounts.people import (
    MY_ACCOUNT,
    MY_AREA,
    SIGN_IN,
    SIGN_UP,
    link_in_mail,
    sign_in,
    signed_in_user,
    text_of,
)
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

FORM = {"name": "Anna Nováková", "email": "anna@truhlarstvi.example", "password1": PASSWORD, "consent": "on"}


@pytest.mark.parametrize(
    ("language", "greeting", "heading"),
    [
        ("de", "Guten Tag Anna Nováková,", "Bitte bestätigen Sie Ihre Adresse"),
        ("cs", "Dobrý den,", "Potvrďte prosím svou adresu"),
    ],
)
def test_who_signs_up_reads_a_mail_confirms_and_is_signed_in(
    client: Client, language: str, greeting: str, heading: str
):
    page = client.post(SIGN_UP[language], FORM, follow=True)

    assert heading in text_of(page)
    assert signed_in_user(client) is None
    message = mail.outbox[0]
    assert (message.to, message.subject) == ([FORM["email"]], heading)
    assert message.body.splitlines()[0] == greeting
    assert link_in_mail().startswith(MY_ACCOUNT[language])

    client.get(link_in_mail())
    page = client.post(link_in_mail(), follow=True)

    user = User.objects.get()
    assert signed_in_user(client) == str(user.pk)
    assert (user.name, user.email, user.language) == (FORM["name"], FORM["email"], language)
    assert page.redirect_chain[-1][0] == MY_AREA[language]


def test_the_link_opened_on_another_device_confirms_and_asks_to_sign_in(client: Client, stranger: Client):
    client.post(SIGN_UP["de"], FORM)

    page = stranger.post(link_in_mail(), follow=True)

    assert EmailAddress.objects.get().verified
    assert signed_in_user(stranger) is None
    assert page.redirect_chain[-1][0] == SIGN_IN["de"]


def offered(client: Client) -> str | None:
    """The address that the page for signing in has filled in already."""
    return client.get(SIGN_IN["de"]).context["form"]["login"].value() or None


def test_who_has_to_sign_in_after_confirming_finds_the_address_there_once(client: Client, stranger: Client):
    client.post(SIGN_UP["de"], FORM)
    stranger.get(link_in_mail())
    assert offered(stranger) is None

    page = stranger.post(link_in_mail())
    assert FORM["email"] not in page.url
    assert offered(stranger) == FORM["email"]
    assert offered(stranger) is None


def test_the_address_is_offered_to_nobody_who_has_not_just_confirmed_it(client: Client, stranger: Client):
    client.post(SIGN_UP["de"], FORM)
    client.post(link := link_in_mail())
    assert signed_in_user(client) is not None

    stranger.post(link)
    stranger.post(f"{link[:-3]}x/")
    assert offered(stranger) is None


def test_opening_the_link_alone_confirms_nothing_for_mail_scanners_open_links_too(client: Client):
    client.post(SIGN_UP["de"], FORM)

    client.get(link_in_mail())

    assert not EmailAddress.objects.get().verified


def test_the_reader_comes_back_to_where_the_sign_up_began_also_on_another_device(
    client: Client, stranger: Client
):
    client.post(SIGN_UP["de"], {**FORM, "next": "/de/wissen/"})
    assert "%252Fde%252Fwissen%252F" in link_in_mail()

    other_browser = stranger.post(link_in_mail(), follow=True)
    assert other_browser.redirect_chain[-1][0] == f"{SIGN_IN['de']}?{urlencode({'next': '/de/wissen/'})}"

    client.post(SIGN_UP["de"], {**FORM, "email": "second@truhlarstvi.example", "next": "/de/wissen/"})
    same_browser = client.post(link_in_mail(), follow=True)
    assert same_browser.redirect_chain[-1][0] == "/de/wissen/"


def test_who_confirms_elsewhere_signs_in_there_and_goes_on_with_what_was_begun(
    client: Client, stranger: Client
):
    begun = "/de/mein-unternehmen/"
    client.post(SIGN_UP["de"], {**FORM, "next": begun})

    page = stranger.post(link_in_mail(), follow=True)
    assert page.redirect_chain[-1][0] == f"{SIGN_IN['de']}?{urlencode({'next': begun})}"

    assert sign_in(stranger, FORM["email"], next=begun).url == begun


def test_the_consent_is_kept_with_version_language_and_time(client: Client, settings):
    settings.PORTAL_CONSENT_VERSIONS = {"privacy": "2027-02"}

    client.post(SIGN_UP["cs"], FORM)

    consent = Consent.objects.get()
    assert (consent.user.email, consent.kind, consent.version, consent.language) == (
        FORM["email"],
        "privacy",
        "2027-02",
        "cs",
    )
    assert consent.given_at is not None
    assert consent.withdrawn_at is None


def test_without_consent_there_is_no_account_and_what_was_typed_stays(client: Client):
    page = client.post(SIGN_UP["de"], {**FORM, "consent": ""})

    assert User.objects.count() == 0
    assert "Ohne Ihre Einwilligung können wir kein Konto für Sie führen." in text_of(page)
    assert 'value="Anna Nováková"' in page.content.decode()
    assert 'value="anna@truhlarstvi.example"' in page.content.decode()
    assert PASSWORD not in page.content.decode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "Mindestens 10 Zeichen"), ("cs", "Alespoň 10 znaků")],
)
def test_a_weak_password_is_refused_in_the_language_of_the_reader(
    client: Client, language: str, sentence: str
):
    page = client.post(SIGN_UP[language], {**FORM, "password1": "kurz"})

    assert User.objects.count() == 0
    assert sentence in text_of(page)
    assert page.context["form"].errors.keys() == {"password1"}


@pytest.mark.parametrize(
    "name", ["https://spam.example", "Win at www.spam.example", "spam.example now", "a<b>", "x@y"]
)
def test_a_name_carries_no_link_for_it_stands_in_mails_to_strangers(client: Client, name: str):
    page = client.post(SIGN_UP["de"], {**FORM, "name": name})

    assert mail.outbox == []
    assert page.context["form"].errors.keys() == {"name"}


@pytest.mark.parametrize(
    "name", ["Dr. Jens Weber", "J. R. Müller-Lüdenscheidt", "Anna O’Brien", "Zdeněk Švec ml."]
)
def test_names_of_people_are_taken(client: Client, name: str):
    client.post(SIGN_UP["de"], {**FORM, "name": name})

    assert User.objects.get().name == name


def test_an_address_that_has_an_account_gets_the_same_page_and_its_owner_another_mail(
    client: Client, stranger: Client, jens: User
):
    newcomer = client.post(SIGN_UP["de"], FORM, follow=True)
    again = stranger.post(SIGN_UP["de"], {**FORM, "email": jens.email, "name": "Somebody Else"}, follow=True)

    assert again.redirect_chain == newcomer.redirect_chain
    assert text_of(again).replace(jens.email, "") == text_of(newcomer).replace(FORM["email"], "")
    assert [message.subject for message in mail.outbox] == [
        "Bitte bestätigen Sie Ihre Adresse",
        "Sie haben schon ein Konto",
    ]
    assert mail.outbox[1].body.splitlines()[0] == "Guten Tag Jens Weber,"
    jens.refresh_from_db()
    assert jens.name == "Jens Weber"
