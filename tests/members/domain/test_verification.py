"""A coordinator of the home partner vouches for a company or a person; nobody else can."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.members.domain.verification import confirm, verify, withdraw
from portal.members.models import Coordinator, Membership
from tests.factories.people import CompanyFactory, OrganisationFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def coordinator(**partner):
    user = UserFactory()
    Coordinator.objects.create(user=user, organisation=OrganisationFactory(**partner))
    return user


@pytest.fixture
def ours():
    """A coordinator of the partner that the rows of the factories belong to."""
    return coordinator()


@pytest.fixture
def theirs():
    return coordinator(slug="icuk", short_name="ICUK")


@pytest.mark.parametrize("factory", [PersonFactory, CompanyFactory])
def test_who_vouched_and_when_is_kept_even_if_somebody_does_so_again(factory, ours):
    row = factory(verified_on=None)
    verify(row, ours, on=dt.date(2026, 11, 23))
    verify(row, coordinator(), on=dt.date(2026, 12, 24))
    row.refresh_from_db()
    assert (row.verified_by, row.verified_on) == (ours, dt.date(2026, 11, 23))
    assert [entry.user for entry in ModelLogEntry.objects.filter(action="members.verify")] == [ours]


@pytest.mark.parametrize("factory", [PersonFactory, CompanyFactory])
@pytest.mark.parametrize("decide", [verify, withdraw])
def test_nobody_else_can_say_so(factory, decide, theirs):
    row = factory(verified_on=None if decide is verify else timezone.localdate())
    before = row.verified_on
    for stranger in (theirs, UserFactory()):
        with pytest.raises(PermissionDenied):
            decide(row, stranger)
    row.refresh_from_db()
    assert (row.verified_on, row.verified_by) == (before, None)


def test_an_administrator_can(ours):
    row = PersonFactory(verified_on=None)
    administrator = UserFactory(is_superuser=True)
    verify(row, administrator)
    row.refresh_from_db()
    assert row.verified_by == administrator


def test_what_was_vouched_for_can_be_taken_back(ours):
    row = PersonFactory(verified_on=None)
    verify(row, ours)
    withdraw(row, ours)
    row.refresh_from_db()
    assert (row.verified_on, row.verified_by) == (None, None)
    actions = ModelLogEntry.objects.filter(action__startswith="members.").order_by("pk")
    assert [entry.action for entry in actions] == ["members.verify", "members.withdraw"]


def test_a_membership_is_confirmed_by_the_partner_of_the_company(ours, theirs):
    membership = Membership.objects.create(user=UserFactory(), company=CompanyFactory())
    with pytest.raises(PermissionDenied):
        confirm(membership, theirs)
    confirm(membership, ours, on=dt.date(2026, 11, 23))
    membership.refresh_from_db()
    assert (membership.confirmed_on, membership.confirmed_by) == (dt.date(2026, 11, 23), ours)
