"""Consents are evidence: one row per agreement, which outlives the account."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from portal.accounts.domain.consents import record_consent
from portal.accounts.enums import ConsentKind
from portal.accounts.models import Consent, User

pytestmark = pytest.mark.django_db


def test_agreeing_twice_to_the_same_version_is_one_consent(jens: User):
    first = record_consent(jens, ConsentKind.PRIVACY, "de")
    second = record_consent(jens, ConsentKind.PRIVACY, "cs")

    assert first == second
    assert Consent.objects.get().language == "de"


def test_a_new_version_is_a_new_consent(jens: User, settings):
    record_consent(jens, ConsentKind.PRIVACY, "de")
    settings.PORTAL_CONSENT_VERSIONS = {"privacy": "2028-01"}
    record_consent(jens, ConsentKind.PRIVACY, "de")

    assert list(Consent.objects.values_list("version", flat=True)) == ["2028-01", "2026-11"]


def test_agreeing_again_after_withdrawing_is_a_second_row(jens: User):
    first = record_consent(jens, ConsentKind.PRIVACY, "de")
    first.withdrawn_at = timezone.now()
    first.save()

    assert record_consent(jens, ConsentKind.PRIVACY, "de") != first


def test_the_database_refuses_two_consents_that_hold_at_once(jens: User):
    record_consent(jens, ConsentKind.PRIVACY, "de")

    with pytest.raises(IntegrityError, match=r"consent_holds_once|UNIQUE"):
        Consent.objects.create(user=jens, kind="privacy", version="2026-11", language="de")


def test_the_database_refuses_a_withdrawal_before_the_consent(jens: User):
    given = timezone.now()

    with pytest.raises(IntegrityError, match="consent_given_before_withdrawn"):
        Consent.objects.create(
            user=jens,
            kind="privacy",
            version="1",
            language="de",
            given_at=given,
            withdrawn_at=given - timedelta(seconds=1),
        )


def test_the_row_stays_when_the_account_goes(jens: User):
    consent = record_consent(jens, ConsentKind.PRIVACY, "de")

    jens.delete()

    consent.refresh_from_db()
    assert consent.user is None
