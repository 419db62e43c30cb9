"""Who may look after the facts about companies and people."""

from typing import Any

import rules
from wagtail.permissions import page_permission_policy


@rules.predicate
def is_coordinator(user: Any) -> bool:
    """Whether the user works for one of the partners."""
    return partner_of(user) is not None


@rules.predicate
def is_coordinator_of_home_partner(user: Any, row: Any = None) -> bool:
    """Whether the user works for the partner that `row` belongs to; without a row, for any partner at all.

    A membership belongs to the partner of its company.
    """
    if row is None:
        return partner_of(user) is not None
    facts = getattr(row, "company", row) if not hasattr(row, "home_partner_id") else row
    return partner_of(user) is not None and facts.home_partner_id == partner_of(user)


@rules.predicate
def is_colleague(user: Any, membership: Any = None) -> bool:
    """Whether the user is a confirmed member of the company that `membership` asks for."""
    if membership is None or not user.is_active:
        return False
    return user.memberships.filter(company=membership.company_id, confirmed_on__isnull=False).exists()


@rules.predicate
def writes_down_places(user: Any) -> bool:
    """Whether the user may edit something that has a place: people, companies, partners, or pages (events are some)."""
    edits = (
        f"members.{action}_{kind}"
        for kind in ("person", "company", "organisation")
        for action in ("add", "change")
    )
    return any(map(user.has_perm, edits)) or page_permission_policy.user_has_any_permission(
        user, ["add", "change"]
    )


def partner_of(user: Any) -> int | None:
    """The key of the partner that an active user works for."""
    coordinator = getattr(user, "coordinator", None) if user.is_active else None
    return coordinator.organisation_id if coordinator else None


for name in ("person", "company", "membership"):
    rules.add_perm(f"members.add_{name}", is_coordinator)
    rules.add_perm(f"members.view_{name}", is_coordinator_of_home_partner)
    rules.add_perm(f"members.change_{name}", is_coordinator_of_home_partner)
    rules.add_perm(f"members.verify_{name}", is_coordinator_of_home_partner)

rules.set_perm("members.verify_membership", is_coordinator_of_home_partner | is_colleague)
rules.add_perm("topics.choose_place", writes_down_places)
