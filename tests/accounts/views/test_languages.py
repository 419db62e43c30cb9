"""Every page of an account speaks the reader's language, wholly."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django
import polib
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from portal.accounts.models import User
from tests.accounts.people import RESET, SIGN_UP, code_on_telephone, link_in_mail, sign_in
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

CATALOGUES = [
    Path(allauth.__file__).parent,
    Path(django.__file__).parent / "conf",
    Path(django.__file__).parent / "contrib/auth",
]
ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "content", "value"}
#: names that the English and the translated page share
SHARED = {"NET4DIGI", "Browser:", "Passkeys", "Code"}


def catalogue(language: str) -> dict[str, str]:
    """What the portal, allauth and Django say in `language`, by English message; ours wins."""
    files = [folder / "locale" / language / "LC_MESSAGES" / "django.po" for folder in CATALOGUES]
    files.append(settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po")
    entries = [entry for file in files if file.exists() for entry in polib.pofile(str(file))]
    return {entry.msgid: entry.msgstr for entry in entries if entry.msgstr}


@cache
def foreign_messages(language: str) -> frozenset[str]:
    """Messages in English, or in the other language of the portal, for that is what a gap in the catalogue shows."""
    own, other = catalogue(language), catalogue({"de": "cs", "cs": "de"}[language])
    return frozenset({*own, *other, *other.values()} - {*own.values()} - SHARED)


class Words(HTMLParser):
    """Every piece of text that a reader may see or hear."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        spoken = re.sub(r"(?s)<(script|style).*?</\1>", "", source)
        # a passage that names its language may speak it
        self.feed(re.sub(r'(?s)<(?!html)(\w+)[^>]*\slang="[^>]*>.*?</\1>', "", spoken))

    def handle_data(self, data: str) -> None:
        self.pieces.append(" ".join(data.split()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces += [value or "" for name, value in attrs if name in ATTRIBUTES]


@cache
def longer_messages(language: str) -> re.Pattern[str]:
    """Those that cannot stand in a sentence by chance."""
    return re.compile(
        "|".join(re.escape(m) for m in foreign_messages(language) if m.count(" ") >= 3 and "%" not in m)
    )


def left_untranslated(source: str, language: str) -> list[str]:
    """What of a page speaks another language: whole pieces, and longer messages inside a piece."""
    foreign, longer = foreign_messages(language), longer_messages(language)
    pieces = [piece for piece in Words(source).pieces if piece]
    return [piece for piece in pieces if {piece, piece.rstrip(":")} & foreign or longer.search(piece)]


def test_the_guard_sees_what_was_left():
    page = '<p>Konto</p><button>Sign in</button><img alt="Recovery codes"><p>So: The password is not right. Ja.</p><p>Můj účet</p><a lang="cs">Můj účet</a>'

    assert left_untranslated(page, "de") == [
        "Sign in",
        "Recovery codes",
        "So: The password is not right. Ja.",
        "Můj účet",
    ]


PREFIX = {"de": "/de/konto/", "cs": "/cs/ucet/"}
FOR_STRANGERS = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "inactive/",
    "confirm-email/",
    "confirm-email/x/",
    "password/reset/key/1-x/",
]
FOR_MEMBERS = [
    "",
    "email/",
    "password/change/",
    "logout/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "reauthenticate/",
]
WITH_SECOND_FACTOR = [
    "2fa/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/webauthn/",
    "2fa/reauthenticate/",
]


def arrive(client: Client, user: User, language: str) -> None:
    """Signs in and reads the greeting on the page that comes next, in the language of the user."""
    client.get(sign_in(client, user.email, language=language).url)


def check(client: Client, path: str, language: str) -> None:
    page = client.get(PREFIX[language] + path)
    assert page.status_code == 200, path
    source = page.content.decode()
    assert f'<html lang="{language}"' in source
    assert "<h1>" in source
    assert left_untranslated(source, language) == [], path


@pytest.mark.parametrize("language", ["de", "cs"])
def test_pages_before_signing_in(client: Client, language: str):
    for path in FOR_STRANGERS:
        check(client, path, language)


@pytest.mark.parametrize("language", ["de", "cs"])
def test_pages_of_a_member(client: Client, language: str, jens: User):
    arrive(client, jens, language)

    for path in FOR_MEMBERS:
        check(client, path, language)


@pytest.mark.parametrize("language", ["de", "cs"])
def test_pages_of_a_member_with_a_second_factor(client: Client, language: str, jens: User):
    arrive(client, jens, language)
    activate = PREFIX[language] + "2fa/totp/activate/"
    client.post(activate, {"code": code_on_telephone(client.get(activate).context["form"].secret)})
    passkey = Authenticator.objects.create(
        user=jens, type="webauthn", data={"name": "Notebook", "credential": {}}
    )

    for path in [
        *WITH_SECOND_FACTOR,
        f"2fa/webauthn/keys/{passkey.pk}/edit/",
        f"2fa/webauthn/keys/{passkey.pk}/remove/",
    ]:
        check(client, path, language)


@pytest.mark.parametrize("language", ["de", "cs"])
def test_pages_behind_links_of_mails(client: Client, language: str, jens: User):
    form = {"name": "Anna", "email": "anna@truhlarstvi.example", "password1": PASSWORD, "consent": "on"}
    client.post(SIGN_UP[language], form)
    check_at(client, link_in_mail(), language)
    jens.language = language
    jens.save()
    client.post(RESET[language], {"email": jens.email})
    check_at(client, link_in_mail(), language)


def check_at(client: Client, address: str, language: str) -> None:
    page = client.get(address, follow=True)
    assert page.status_code == 200
    assert left_untranslated(page.content.decode(), language) == []


@pytest.mark.parametrize("language", ["de", "cs"])
@pytest.mark.parametrize(
    "path", ["login/", "signup/", "password/reset/", "email/", "password/change/", "2fa/totp/activate/"]
)
def test_empty_forms_say_what_is_missing(client: Client, language: str, path: str, jens: User):
    if path in FOR_MEMBERS:
        arrive(client, jens, language)

    page = client.post(PREFIX[language] + path, {"action_add": ""})

    assert page.status_code == 200
    assert page.context["form"].errors
    assert left_untranslated(page.content.decode(), language) == []
