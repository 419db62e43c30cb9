"""Telling people what happens to companies and memberships: portal.members stands below and cannot tell by itself."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from portal.accounts.models import User
from portal.core.models import AuditEntry
from portal.members.domain.partners import coordinators_of
from portal.members.enums import MemberEvent
from portal.members.models import Company, Membership, Person
from portal.notifications.domain.telling import tell
from portal.notifications.models import Notification
from portal.notifications.registry import Kind


def kinds() -> list[Kind]:
    """The texts about companies and memberships."""
    my_company = _leads_to("members:company")
    return [
        Kind("members.company_founded", link=_decision("company")),
        Kind("members.company_verified", link=my_company),
        Kind("members.person_verified", link=_leads_to("my_area")),
        Kind("members.membership_asked_colleague", link=my_company),
        Kind("members.membership_asked_coordinator", link=_decision("membership")),
        Kind("members.membership_confirmed", link=my_company),
        Kind("members.membership_declined", link=my_company),
    ]


def tell_of(entry: AuditEntry, row: Any) -> None:
    """Tells everybody concerned of what `entry` says about `row`, but never who did it."""
    for name, receivers in _told(MemberEvent(entry.action), row):
        others = [user for user in receivers if user.pk != entry.actor_id]
        tell(entry, f"members.{name}", others, reply_to=_home_partner(row), **_params(row))


def _told(event: MemberEvent, row: Any) -> list[tuple[str, Iterable[User]]]:
    """The texts about `event`, each with its receivers; whoever stands in two lists gets the first."""
    match event:
        case MemberEvent.COMPANY_FOUNDED:
            return [("company_founded", coordinators_of(row.home_partner))]
        case MemberEvent.COMPANY_VERIFIED:
            return [("company_verified", _members(row))]
        case MemberEvent.PERSON_VERIFIED:
            return [("person_verified", [row.user] if row.user else [])]
        case MemberEvent.MEMBERSHIP_ASKED:
            coordinators = coordinators_of(row.company.home_partner)
            return [
                ("membership_asked_colleague", _members(row.company)),
                ("membership_asked_coordinator", coordinators),
            ]
        case MemberEvent.MEMBERSHIP_CONFIRMED:
            return [("membership_confirmed", [row.user])]
        case MemberEvent.MEMBERSHIP_DECLINED:
            return [("membership_declined", [row.user])]


def _members(company: Company) -> list[User]:
    confirmed = company.memberships.filter(confirmed_on__isnull=False, user__is_active=True)
    return [membership.user for membership in confirmed.select_related("user").order_by("pk")]


def _home_partner(row: Company | Membership | Person) -> Any:
    return row.company.home_partner if isinstance(row, Membership) else row.home_partner


def _params(row: Company | Membership | Person) -> dict[str, Any]:
    """What the texts need to know, as it is now; `row` is its key."""
    known: dict[str, Any] = {"row": row.pk, "partner": _home_partner(row).short_name}
    if isinstance(row, Membership):
        return {**known, "company": row.company.name, "name": row.user.name, "email": row.user.email}
    if isinstance(row, Company):
        return {**known, "company": row.name, "place": row.place.name}
    return known


def _leads_to(page: str) -> Callable[[Notification], str]:
    return lambda notification: reverse(page)


def _decision(viewset: str) -> Callable[[Notification], str]:
    """The page of the administration where a coordinator decides about the row."""
    return lambda notification: reverse(f"{viewset}:decide", args=[notification.params["row"]])
