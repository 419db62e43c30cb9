"""What nobody types by mistake: every form answers with a page, never with an error of the server."""

import time
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from portal.accounts.models import User
from tests.accounts.people import sign_in

pytestmark = pytest.mark.django_db

HOSTILE = {
    "NUL": "\x00",
    "NUL in an address": "a\x00b@example.org",
    "quotes": "'\"; DROP TABLE",
    "lone surrogate": "\ud800",
    "a large number": "9" * 25,
    "markup": "<script>",
    "joined emoji": "👩‍🔧@example.org",
}
FIELDS = [
    "login",
    "password",
    "name",
    "email",
    "password1",
    "oldpassword",
    "code",
    "consent",
    "credential",
    "next",
]
FORMS = [
    *("", "login/", "signup/", "password/reset/", "email/", "password/change/", "reauthenticate/", "logout/"),
    *("2fa/totp/activate/", "2fa/webauthn/add/", "2fa/webauthn/login/", "2fa/authenticate/"),
]


def post(client: Client, path: str, words: dict[str, str]) -> HttpResponse:
    body = urlencode({name: text.encode("utf-8", "surrogatepass") for name, text in words.items()})
    return client.post(f"/de/konto/{path}", body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("signed_in", [False, True], ids=["stranger", "member"])
def test_hostile_words_are_answered(client: Client, jens: User, settings, words: str, signed_in: bool):
    settings.ACCOUNT_RATE_LIMITS = False
    if signed_in:
        sign_in(client, jens.email)

    answers = {path: post(client, path, {**dict.fromkeys(FIELDS, words), "action_add": ""}) for path in FORMS}

    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code >= 500} == {}


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_a_megabyte_costs_no_time(client: Client, jens: User, settings, field: str):
    settings.ACCOUNT_RATE_LIMITS = False
    filled_in = {
        "name": "Anna",
        "email": "anna@truhlarstvi.example",
        "password1": "drei Birken",
        "consent": "on",
    }
    before = time.process_time()

    answers = [
        post(client, path, {**filled_in, field: "x" * 1_000_000}) for path in ("signup/", "login/", "")
    ]

    assert all(answer.status_code < 500 for answer in answers)
    assert time.process_time() - before < 3


@pytest.mark.parametrize(
    "address",
    [
        "login/?next=%00",
        "login/?next=//evil.example",
        "signup/?email=%00&next=%ed%a0%80",
        "confirm-email/%00/",
        "confirm-email/MQ:1:x/",
        "password/reset/key/1-%00/",
        "password/reset/key/zzzzzzzzzzzzzzzzzzzzzz-set-password/",
        "2fa/webauthn/keys/99999999999999999999/edit/",
    ],
)
def test_hostile_addresses_are_answered(client: Client, jens: User, address: str):
    assert client.get(f"/de/konto/{address}").status_code < 500
    sign_in(client, jens.email)
    assert client.get(f"/de/konto/{address}").status_code < 500
