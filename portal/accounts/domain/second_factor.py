"""Who must have a second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User


def is_staff(user: User | AnonymousUser) -> bool:
    """Whether the user may enter the administration in any way."""
    return isinstance(user, User) and user.enters_administration


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Whether the user must set up a second factor before doing anything else."""
    if settings.PORTAL_DEMO or not user.is_authenticated:
        return False
    return is_staff(user) and not is_mfa_enabled(user)
