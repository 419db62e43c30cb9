"""Signing in: by address and password, counted, and silent about who has an account."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.accounts.people import MY_AREA, SIGN_IN, SIGN_UP, sign_in, signed_in_user, text_of
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

REFUSED = {
    "de": "E-Mail-Adresse oder Passwort stimmen nicht.",
    "cs": "E-mailová adresa nebo heslo nesouhlasí.",
}
STOPPED = {"de": "Zu viele Versuche.", "cs": "Příliš mnoho pokusů."}


def test_jens_signs_in_and_sees_his_area(client: Client, jens: User):
    answer = sign_in(client, jens.email)

    assert signed_in_user(client) == str(jens.pk)
    assert answer.url == MY_AREA["de"]


def test_case_and_spaces_of_the_address_do_not_matter(client: Client, jens: User):
    sign_in(client, " Jens@Werkzeug.EXAMPLE ")

    assert signed_in_user(client) == str(jens.pk)


def test_the_first_page_after_signing_in_speaks_the_users_language(client: Client, anna: User):
    assert sign_in(client, anna.email, language="de").url == MY_AREA["cs"]


def test_the_page_that_asked_for_signing_in_comes_next(client: Client, anna: User):
    assert sign_in(client, anna.email, next="/cs/akce/").url == "/cs/akce/"


@pytest.mark.parametrize(
    ("language", "more", "greeting"),
    [
        ("de", {}, "Přihlášení proběhlo."),
        ("de", {"next": MY_AREA["de"]}, "Sie sind angemeldet."),
        ("cs", {"next": MY_AREA["de"]}, "Sie sind angemeldet."),
    ],
    ids=["her own area", "the page that asked", "a page in the other language"],
)
def test_the_greeting_is_in_the_language_of_the_page_that_comes_next(
    client: Client, anna: User, language: str, more: dict, greeting: str
):
    page = client.get(sign_in(client, anna.email, language=language, **more).url)
    assert greeting in page.content.decode()


def test_nobody_is_sent_to_a_foreign_host(client: Client, anna: User):
    assert sign_in(client, anna.email, next="https://evil.example/").url == MY_AREA["cs"]


@pytest.mark.parametrize("language", ["de", "cs"])
def test_a_wrong_password_is_refused_and_the_address_stays_in_the_form(
    client: Client, jens: User, language: str
):
    page = sign_in(client, jens.email, "wrong", language)

    assert signed_in_user(client) is None
    assert REFUSED[language] in text_of(page)
    assert f'value="{jens.email}"' in page.content.decode()


def test_an_unknown_address_gets_the_very_same_answer(client: Client, jens: User):
    known = sign_in(client, jens.email, "wrong")
    unknown = sign_in(client, "nobody@werkzeug.example", "wrong")

    assert known.status_code == unknown.status_code
    assert text_of(known) == text_of(unknown)


@pytest.mark.parametrize("language", ["de", "cs"])
def test_after_five_wrong_passwords_the_right_one_waits_too(client: Client, jens: User, language: str):
    for _attempt in range(5):
        assert REFUSED[language] in text_of(sign_in(client, jens.email, "wrong", language))

    page = sign_in(client, jens.email, language=language)

    assert signed_in_user(client) is None
    assert STOPPED[language] in text_of(page)


def test_nobody_is_locked_out_by_somebody_at_another_computer(client: Client, stranger: Client, jens: User):
    for _attempt in range(6):
        sign_in(stranger, jens.email, "wrong")

    sign_in(client, jens.email)

    assert signed_in_user(client) == str(jens.pk)


def test_fifteen_minutes_later_the_password_works_again(client: Client, jens: User, time_machine):
    time_machine.move_to("2026-11-23T10:00:00Z")
    for _attempt in range(5):
        sign_in(client, jens.email, "wrong")

    time_machine.move_to("2026-11-23T10:14:30Z")
    sign_in(client, jens.email)
    assert signed_in_user(client) is None
    time_machine.move_to("2026-11-23T10:15:30Z")
    sign_in(client, jens.email)
    assert signed_in_user(client) == str(jens.pk)


def test_one_computer_may_try_thirty_times_an_hour_whatever_the_account(
    client: Client, jens: User, time_machine
):
    time_machine.move_to("2026-11-23T10:00:00Z")
    for number in range(30):
        # spread over the minutes, as a patient attacker would
        time_machine.shift(60)
        assert REFUSED["de"] in text_of(sign_in(client, f"user{number}@werkzeug.example", "wrong"))

    assert STOPPED["de"] in text_of(sign_in(client, jens.email))
    time_machine.shift(3600)
    sign_in(client, jens.email)
    assert signed_in_user(client) == str(jens.pk)


def test_signing_in_rightly_is_not_counted(client: Client, jens: User, time_machine):
    time_machine.move_to("2026-11-23T10:00:00Z")
    for _day in range(40):
        time_machine.shift(10)
        sign_in(client, jens.email)
        assert signed_in_user(client) == str(jens.pk)
        client.logout()


def test_an_address_that_is_not_confirmed_gets_a_new_link_instead(client: Client, jens: User):
    jens.emailaddress_set.update(verified=False)

    page = client.post(SIGN_IN["de"], {"login": jens.email, "password": PASSWORD}, follow=True)

    assert signed_in_user(client) is None
    assert "Bitte bestätigen Sie Ihre Adresse" in text_of(page)
    assert mail.outbox[0].to == [jens.email]


def test_an_account_that_is_switched_off_does_not_open(client: Client, jens: User):
    jens.is_active = False
    jens.save()

    page = client.post(SIGN_IN["de"], {"login": jens.email, "password": PASSWORD}, follow=True)

    assert signed_in_user(client) is None
    assert "Dieses Konto ist abgeschaltet" in text_of(page)


def test_signing_out_needs_a_click(client: Client, jens: User):
    sign_in(client, jens.email)

    client.get("/de/konto/logout/")
    assert signed_in_user(client) == str(jens.pk)
    client.post("/de/konto/logout/")
    assert signed_in_user(client) is None


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed: that is what takes the time."""

    algorithm = "counting"
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashed += 1
        return super().encode(password, salt)


@pytest.fixture
def hashing(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]

    def count(action) -> int:
        before = CountingHasher.hashed
        action()
        return CountingHasher.hashed - before

    return count


def test_signing_in_takes_as_long_for_unknown_addresses(client: Client, hashing, jens: User):
    known = hashing(lambda: sign_in(client, jens.email, "wrong"))
    unknown = hashing(lambda: sign_in(client, "nobody@werkzeug.example", "wrong"))

    assert known == unknown > 0


def test_signing_up_takes_as_long_for_addresses_that_have_an_account(
    client: Client, stranger: Client, hashing, jens: User
):
    form = {"name": "Anna", "password1": PASSWORD, "consent": "on"}

    known = hashing(lambda: client.post(SIGN_UP["de"], {**form, "email": jens.email}))
    unknown = hashing(lambda: stranger.post(SIGN_UP["de"], {**form, "email": "new@werkzeug.example"}))

    assert known == unknown > 0
