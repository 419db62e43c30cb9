"""Consents, as rows that can be shown later."""

from django.conf import settings

from portal.accounts.enums import ConsentKind
from portal.accounts.models import Consent, User


def record_consent(user: User, kind: ConsentKind, language: str) -> Consent:
    """Keeps that `user` agreed to the present version of a text, read in `language`; a second call changes nothing."""
    consent, _created = Consent.objects.get_or_create(
        user=user,
        kind=kind,
        version=settings.PORTAL_CONSENT_VERSIONS[kind],
        withdrawn_at=None,
        defaults={"language": language},
    )
    return consent
