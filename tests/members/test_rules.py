"""Who may look after facts. The cast: two coordinators of different partners, a member, an administrator, nobody."""

from types import SimpleNamespace

import pytest
import rules

PERMISSIONS = ["view", "change", "verify"]
ROWS = ["person", "company", "membership"]


class Memberships(set):
    """The companies (keys) that a user is a confirmed member of."""

    def filter(self, company: int, confirmed_on__isnull: bool) -> SimpleNamespace:
        assert not confirmed_on__isnull
        return SimpleNamespace(exists=lambda: company in self)


def user(partner: int | None = None, companies: tuple[int, ...] = (), **facts) -> SimpleNamespace:
    coordinator = SimpleNamespace(organisation_id=partner) if partner else None
    known = {"is_active": True, "memberships": Memberships(companies), **facts}
    return SimpleNamespace(coordinator=coordinator, **known)


def row(kind: str, partner: int, company: int = 7) -> SimpleNamespace:
    facts = SimpleNamespace(home_partner_id=partner)
    return SimpleNamespace(company=facts, company_id=company) if kind == "membership" else facts


@pytest.mark.parametrize("kind", ROWS)
def test_coordinators_look_after_the_rows_of_their_own_partner(kind):
    for action in PERMISSIONS:
        name = f"members.{action}_{kind}"
        assert rules.has_perm(name, user(partner=1), row(kind, partner=1)) is True
        assert rules.has_perm(name, user(partner=2), row(kind, partner=1)) is False


@pytest.mark.parametrize("kind", ROWS)
def test_who_is_no_coordinator_looks_after_nothing(kind):
    visitor = SimpleNamespace(is_active=False)
    for nobody in (user(), visitor):
        for action in [*PERMISSIONS, "add"]:
            assert rules.has_perm(f"members.{action}_{kind}", nobody) is False
            assert rules.has_perm(f"members.{action}_{kind}", nobody, row(kind, partner=1)) is False


def test_a_coordinator_who_may_no_longer_sign_in_looks_after_nothing():
    former = user(partner=1)
    former.is_active = False
    assert rules.has_perm("members.change_person", former, row("person", partner=1)) is False


def test_a_person_belongs_to_the_partner_of_the_person_not_of_the_company():
    person = SimpleNamespace(home_partner_id=1, company=SimpleNamespace(home_partner_id=2))
    assert rules.has_perm("members.verify_person", user(partner=1), person) is True
    assert rules.has_perm("members.verify_person", user(partner=2), person) is False


def test_a_colleague_says_who_belongs_to_the_company_and_nothing_else():
    membership = row("membership", partner=1, company=7)
    assert rules.has_perm("members.verify_membership", user(companies=(7,)), membership) is True
    assert rules.has_perm("members.verify_membership", user(companies=(8,)), membership) is False
    assert (
        rules.has_perm("members.verify_membership", user(companies=(7,), is_active=False), membership)
        is False
    )
    assert rules.has_perm("members.verify_membership", user(companies=(7,))) is False
    assert rules.has_perm("members.change_membership", user(companies=(7,)), membership) is False
    assert rules.has_perm("members.verify_company", user(companies=(7,)), row("company", partner=1)) is False
