"""A forgotten password: one mail, one link, one new password."""

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.accounts.people import RESET, link_in_mail, sign_in, signed_in_user, text_of
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "vier Dampfer unter Brücken"


@pytest.mark.parametrize(
    ("language", "subject", "saved"),
    [
        ("de", "Neues Passwort wählen", "Ihr neues Passwort ist gespeichert"),
        ("cs", "Zvolit nové heslo", "Vaše nové heslo je uloženo"),
    ],
)
def test_a_new_password_comes_by_mail(client: Client, language: str, subject: str, saved: str, anna: User):
    anna.language = language
    anna.save()

    client.post(RESET[language], {"email": anna.email})
    assert (mail.outbox[0].to, mail.outbox[0].subject) == ([anna.email], subject)
    form = client.get(link_in_mail(), follow=True)
    page = client.post(form.redirect_chain[-1][0], {"password1": NEW}, follow=True)

    assert saved in text_of(page)
    sign_in(client, anna.email, PASSWORD)
    assert signed_in_user(client) is None
    sign_in(client, anna.email, NEW)
    assert signed_in_user(client) == str(anna.pk)
    assert mail.outbox[-1].to == [anna.email]


def test_the_mail_speaks_the_language_of_the_account_and_so_does_its_link(client: Client, anna: User):
    client.post(RESET["de"], {"email": anna.email})

    assert mail.outbox[0].subject == "Zvolit nové heslo"
    assert link_in_mail().startswith("/cs/ucet/password/reset/key/")


def test_a_link_works_once(client: Client, stranger: Client, jens: User):
    client.post(RESET["de"], {"email": jens.email})
    form = client.get(link_in_mail(), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW})

    page = stranger.get(link_in_mail(0), follow=True)

    assert "Dieser Link gilt nicht mehr" in text_of(page)


def test_a_weak_new_password_is_refused(client: Client, jens: User):
    client.post(RESET["de"], {"email": jens.email})
    form = client.get(link_in_mail(), follow=True)

    page = client.post(form.redirect_chain[-1][0], {"password1": "passwort"})

    assert page.context["form"].errors.keys() == {"password1"}
    jens.refresh_from_db()
    assert jens.check_password(PASSWORD)


def test_the_answer_does_not_tell_whether_an_address_has_an_account(
    client: Client, stranger: Client, jens: User
):
    known = client.post(RESET["de"], {"email": jens.email}, follow=True)
    unknown = stranger.post(RESET["de"], {"email": "nobody@werkzeug.example"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert text_of(known) == text_of(unknown)
    assert [message.subject for message in mail.outbox] == [
        "Neues Passwort wählen",
        "Zu dieser Adresse gibt es kein Konto",
    ]


@pytest.mark.parametrize(
    ("language", "heading"), [("de", "Zu viele Versuche"), ("cs", "Příliš mnoho pokusů")]
)
def test_three_links_an_hour_are_enough(
    client: Client, language: str, heading: str, jens: User, time_machine
):
    time_machine.move_to("2026-11-23T10:00:00Z")
    for _attempt in range(3):
        client.post(RESET[language], {"email": jens.email})

    page = client.post(RESET[language], {"email": jens.email})

    assert page.status_code == 429
    assert heading in text_of(page)
    assert len(mail.outbox) == 3
    time_machine.shift(3601)
    client.post(RESET[language], {"email": jens.email})
    assert len(mail.outbox) == 4


def test_whoever_is_signed_in_changes_the_password_with_the_current_one(
    client: Client, stranger: Client, jens: User
):
    sign_in(client, jens.email)
    sign_in(stranger, jens.email)

    wrong = client.post("/de/konto/password/change/", {"oldpassword": "wrong", "password1": NEW})
    right = client.post(
        "/de/konto/password/change/", {"oldpassword": PASSWORD, "password1": NEW}, follow=True
    )

    assert "Das ist nicht Ihr aktuelles Passwort." in text_of(wrong)
    assert "Ihr neues Passwort ist gespeichert." in text_of(right)
    assert signed_in_user(client) == str(jens.pk)
    assert stranger.get("/de/konto/").status_code == 302
    assert mail.outbox[-1].subject == "Ihr Passwort wurde geändert"
