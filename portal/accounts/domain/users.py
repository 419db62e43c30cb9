"""Accounts that do not come from the sign-up form: imports, the demo, the first administrator."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from portal.accounts.models import User


@transaction.atomic
def add_verified_user(email: str, password: str | None = None, **fields: Any) -> User:
    """A user whose address counts as confirmed, so that the first sign-in asks for nothing more.

    Without a password the user sets one by "forgotten password". Raises IntegrityError where the address has an account.
    """
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email.lower(), verified=True, primary=True)
    return user
