"""What somebody else settles for a user: an address that is vouched for, the language of the administration."""

from allauth.account.models import EmailAddress
from django.db import transaction
from wagtail.users.models import UserProfile

from portal.accounts.models import User


@transaction.atomic
def confirm_address(user: User) -> None:
    """Makes `user.email` the one confirmed address of the account, without a mail: for the demo, imports, administrators.

    It opens no door: a password is still needed, and without one the user gets it by a mail to this address.
    """
    address = user.email.lower()
    EmailAddress.objects.filter(user=user).exclude(email=address).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=address, defaults={"verified": True, "primary": True}
    )


def open_administration_in_own_language(user: User) -> None:
    """Lets Wagtail's administration speak the language of `user`, unless they chose one there."""
    profile = UserProfile.get_for_user(user)
    if not profile.preferred_language:
        profile.preferred_language = user.language
        profile.save(update_fields=["preferred_language"])
