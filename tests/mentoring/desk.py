"""What coordinators do at the desk in the admin, in few words: sign in, read a page."""

import html
import re

from django.http import HttpResponse
from django.test import Client

from portal.accounts.domain.users import open_administration_in_own_language
from portal.accounts.models import User


def signed_in(client: Client, user: User) -> User:
    """`user`, whose browser is `client` from now on, and who uses the administration in their own language."""
    open_administration_in_own_language(user)
    client.force_login(user)
    return user


def words_of(response: HttpResponse) -> str:
    """What a page says, without its markup."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))
