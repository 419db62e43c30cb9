"""The companies of a user, and the colleagues who wait for them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import User
from portal.members.enums import Standing
from portal.members.models import Company, Membership, Organisation


@dataclass(frozen=True)
class MyCompany:
    """A company and how the user stands with it, since when (local day)."""

    company: Company
    standing: Standing
    since: date

    @property
    def partner(self) -> Organisation:
        """Whose coordinators look after the company."""
        return self.company.home_partner


@dataclass(frozen=True)
class MyCompanies:
    """`companies`: all of the user's; `waiting`: memberships that the user may confirm as a colleague."""

    companies: list[MyCompany]
    waiting: list[Membership]


def companies_of(user: User) -> MyCompanies:
    """What `user` has entered and been confirmed for, and who else waits there; one query."""
    confirmed = user.memberships.filter(confirmed_on__isnull=False).values("company")
    rows = list(
        Membership.objects.filter(Q(user=user) | Q(company__in=confirmed, confirmed_on=None))
        .select_related("user", "company__place", "company__home_partner")
        .order_by("company__name", "created_at", "pk")
    )
    return MyCompanies(
        [_standing(membership) for membership in rows if membership.user_id == user.pk],
        [membership for membership in rows if membership.user_id != user.pk],
    )


def _standing(membership: Membership) -> MyCompany:
    company = membership.company
    if membership.confirmed_on is None:
        asked = timezone.localdate(membership.created_at)
        return MyCompany(company, Standing.MEMBERSHIP_WAITS, asked)
    if company.verified_on is None:
        return MyCompany(company, Standing.COMPANY_WAITS, timezone.localdate(company.created_at))
    return MyCompany(company, Standing.MEMBER, membership.confirmed_on)
