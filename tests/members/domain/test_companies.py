"""A user enters a company, or says that they belong to one; others vouch for it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.members.domain.companies import WAITING_AT_ONCE, found, join, name_key, number_key, twins_of
from portal.members.domain.verification import confirm, decline, withdraw
from portal.members.models import Company, Membership
from tests.factories.people import (
    CompanyFactory,
    CoordinatorFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    place,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _partners():
    OrganisationFactory()
    OrganisationFactory(slug="icuk", short_name="ICUK", place=place("Ústí nad Labem"), is_lead=True)


def steps() -> list[tuple]:
    """What the audit log holds, oldest first."""
    return [(entry.action, entry.actor) for entry in AuditEntry.objects.order_by("pk")]


@pytest.mark.parametrize(("town", "partner"), [("Děčín", "icuk"), ("Plauen", "bic-zwickau")])
def test_a_new_company_waits_with_the_nearest_partner_and_its_founder_belongs_to_it(town: str, partner: str):
    user = UserFactory()
    company = found(user, "Truhlářství Novák", place(town), "micro", "27074358")
    company.refresh_from_db()
    assert (company.verified_on, company.sector, company.home_partner.slug) == (None, None, partner)
    membership = company.memberships.get()
    assert (membership.user, membership.confirmed_on) == (user, timezone.localdate())
    assert steps() == [("company.founded", user)]


def test_whoever_clicks_twice_has_entered_one_company():
    user = UserFactory()
    first = found(user, "Weber GmbH", place("Zwickau"), "small")
    assert found(user, "weber gmbh ", place("Zwickau"), "micro") == first
    assert found(user, "Weber GmbH", place("Dresden"), "small") != first
    assert found(UserFactory(), "Weber GmbH", place("Zwickau"), "small") != first


def test_nobody_floods_the_coordinators():
    user = UserFactory()
    for number in range(WAITING_AT_ONCE):
        found(user, f"Firma Nummer{number}", place("Zwickau"), "micro")
    verified = CompanyFactory()
    with pytest.raises(PermissionDenied):
        found(user, "One too many", place("Zwickau"), "micro")
    with pytest.raises(PermissionDenied):
        join(user, verified)
    assert Membership.objects.filter(user=user).count() == WAITING_AT_ONCE
    Company.objects.update(verified_on=timezone.localdate())
    assert join(user, verified).confirmed_on is None


def test_who_joins_is_not_a_member_until_somebody_says_so():
    user, company = UserFactory(), CompanyFactory()
    membership = join(user, company)
    assert membership.confirmed_on is None
    assert join(user, company) == membership
    assert steps() == [("membership.asked", user)]


def test_nobody_joins_a_company_that_is_not_verified():
    with pytest.raises(PermissionDenied):
        join(UserFactory(), CompanyFactory(verified_on=None))
    assert Membership.objects.count() == 0


def test_a_colleague_confirms_and_nobody_does_so_for_themselves():
    company = CompanyFactory()
    colleague = MembershipFactory(company=company).user
    elsewhere = MembershipFactory().user
    newcomer, other = UserFactory(), UserFactory()
    membership = join(newcomer, company)
    join(other, company)
    for stranger in (newcomer, other, elsewhere, UserFactory()):
        for decide in (confirm, decline):
            with pytest.raises(PermissionDenied):
                decide(membership, stranger)
    confirm(membership, colleague)
    membership.refresh_from_db()
    assert (membership.confirmed_on, membership.confirmed_by) == (timezone.localdate(), colleague)
    assert steps()[-1] == ("membership.confirmed", colleague)


def test_a_colleague_whose_account_is_switched_off_confirms_nobody():
    company = CompanyFactory()
    former = MembershipFactory(company=company, user__is_active=False).user
    with pytest.raises(PermissionDenied):
        confirm(join(UserFactory(), company), former)


def test_a_refusal_deletes_the_membership_is_kept_in_the_log_and_not_asked_again():
    company, coordinator = CompanyFactory(), CoordinatorFactory().user
    user = UserFactory()
    membership = join(user, company)
    decline(membership, coordinator)
    assert Membership.objects.filter(user=user).count() == 0
    entry = AuditEntry.objects.get(action="membership.declined")
    assert (entry.actor, entry.details) == (coordinator, {"company": company.pk, "user": user.pk})
    with pytest.raises(PermissionDenied):
        join(user, company)
    assert join(UserFactory(), company).pk


def test_what_is_confirmed_cannot_be_declined():
    company, coordinator = CompanyFactory(), CoordinatorFactory().user
    membership = join(UserFactory(), company)
    confirm(membership, coordinator)
    with pytest.raises(PermissionDenied):
        decline(membership, coordinator)
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_confirming_twice_keeps_who_did_so_first():
    company, coordinator = CompanyFactory(), CoordinatorFactory().user
    colleague = MembershipFactory(company=company).user
    membership = join(UserFactory(), company)
    confirm(membership, colleague)
    confirm(membership, coordinator)
    membership.refresh_from_db()
    assert membership.confirmed_by == colleague
    assert [action for action, _ in steps()] == ["membership.asked", "membership.confirmed"]


@pytest.mark.parametrize(
    ("name", "number", "is_asked"),
    [
        ("Weber Zerspanung GmbH", "", True),
        ("weber zerspanung", "", True),
        ("WEBER  ZERSPANUNG G.m.b.H.", "", True),
        ("Weber Zerspanung GmbH & Co. KG", "", True),
        ("Something else", "hrb12345", True),
        ("Weber", "", False),
        ("Something else", "HRB 123", False),
        ("", "", False),
    ],
)
def test_a_company_that_is_here_is_recognised(name: str, number: str, is_asked: bool):
    company = CompanyFactory(name="Weber Zerspanung GmbH", register_number="HRB 12345")
    CompanyFactory(name="Another one", register_number="")
    assert twins_of(name, number) == ([company] if is_asked else [])


def test_a_company_that_waits_or_was_hidden_again_is_not_recognised():
    CompanyFactory(name="Weber GmbH", verified_on=None)
    hidden = CompanyFactory(name="Weber GmbH")
    withdraw(hidden, CoordinatorFactory().user)
    assert twins_of("Weber GmbH", "") == []


@pytest.mark.parametrize("name", ["Novák s.r.o.", "NOVAK spol. s r. o.", "Novák, s. r. o.", "novak"])
def test_czech_legal_forms_do_not_matter(name: str):
    assert name_key(name) == "novak"


@pytest.mark.parametrize("name", ["AG", "s.r.o.", "& Co."])
def test_a_name_that_is_a_legal_form_stays_one(name: str):
    assert name_key(name) != ""


@pytest.mark.parametrize("number", ["27074358", "IČO: 27074358", "CZ27074358", "DIČ CZ 27074358"])
def test_a_czech_number_is_the_same_in_every_spelling(number: str):
    assert number_key(number) == "27074358"
