"""What the stories do again and again: sign in, read mails, look at a telephone."""

import base64
import hashlib
import hmac
import re
import struct
import time

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from portal.accounts.models import User
from tests.factories.people import PASSWORD

SIGN_IN = {"de": "/de/konto/login/", "cs": "/cs/ucet/login/"}
SIGN_UP = {"de": "/de/konto/signup/", "cs": "/cs/ucet/signup/"}
RESET = {"de": "/de/konto/password/reset/", "cs": "/cs/ucet/password/reset/"}
MY_ACCOUNT = {"de": "/de/konto/", "cs": "/cs/ucet/"}
MY_AREA = {"de": "/de/mein-bereich/", "cs": "/cs/muj-prehled/"}
SECOND_FACTOR_SETUP = {"de": "/de/konto/2fa/totp/activate/", "cs": "/cs/ucet/2fa/totp/activate/"}


def sign_in(
    client: Client, email: str, password: str = PASSWORD, language: str = "de", **more: str
) -> HttpResponse:
    """Fills in the form for signing in."""
    return client.post(SIGN_IN[language], {"login": email, "password": password, **more})


def signed_in_user(client: Client) -> str | None:
    """The primary key of whoever is signed in in this browser."""
    return client.session.get("_auth_user_id")


def link_in_mail(number: int = -1) -> str:
    """The path of the first link in a mail, the newest unless `number` says otherwise."""
    return re.search(r"https?://[^/\s]+(/\S*)", mail.outbox[number].body)[1]


def text_of(response: HttpResponse) -> str:
    """The page without markup, white space folded."""
    source = re.sub(r"(?s)<(script|style).*?</\1>", " ", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", source).split())


def set_up_telephone(user: User) -> str:
    """Gives the user an authenticator app; returns its key."""
    key = generate_totp_secret()
    TOTP.activate(user, key)
    return key


def code_on_telephone(key: str) -> str:
    """What an authenticator app shows now (RFC 6238: SHA-1, 30 seconds, six digits)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(key + "=" * (-len(key) % 8)), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
