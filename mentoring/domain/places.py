"""The places of mentors: who has one free for a request, and how it is taken without ever taking one twice.

Two guards hold each other up. Whoever wants to take a place locks the mentor's row first, so that the count below the lock
is the truth; and the database refuses a place that is taken (unique mentor and place), should a lock ever be forgotten.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.enums import InvitationState
from mentoring.models import Invitation, MentoringRequest, MentorPage
from portal.accounts.models import User
from portal.members.models import Company, Person

Result = TypeVar("Result")
Mentors = dict[int, Person]


class OthersNeeded(Exception):
    """While the locks were waited for, somebody came in who is not locked."""


def holding(needed: Callable[[], set[int]], act: Callable[[Mentors], Result]) -> Result:
    """Calls `act` in a transaction that has locked the mentors whom `needed` names (keys of people).

    They are locked in the order of their keys, after the company if that is locked at all, before any request, and once in
    a transaction: so no two transactions wait for each other. `act` raises OthersNeeded if it finds below the locks that
    more are needed by now; then everything is let go and tried again.
    """
    while True:
        try:
            with transaction.atomic():
                return act(lock(needed()))
        except OthersNeeded:
            continue


def lock(keys: Iterable[int]) -> Mentors:
    """The rows of the mentors `keys`, held until the transaction ends; other rows may go on referring to them."""
    rows = (
        Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=list(keys)).order_by("pk")
    )
    return {person.pk: person for person in rows}


def company_of(request: MentoringRequest) -> Company:
    """The company that asks; every request that was sent has one. Raises ValueError for a draft without."""
    if request.company is None:
        raise ValueError("a draft belongs to no company yet")
    return request.company


def why_unavailable(mentor: Person, request: MentoringRequest) -> str | Promise | None:
    """What keeps `mentor` from being asked about `request`, as a sentence for the company; None if nothing does.

    Call it below the mentor's lock, or take the answer as what it is: how things stood a moment ago.
    """
    name = {"name": mentor.full_name}
    if request.excluded.filter(pk=mentor.pk).exists():
        return _("You asked us not to contact: %(name)s") % name
    if mentor.company_id == request.company_id or _excludes(mentor, request):
        return _("Too close to your company to be your mentor: %(name)s") % name
    if request.invitations.filter(mentor=mentor).exists():
        return _("Has been asked about this request already: %(name)s") % name
    if Invitation.objects.filter(mentor=mentor, company=request.company_id).open().exists():
        return _("Has another request of your company to answer first: %(name)s") % name
    if not takes_requests(mentor):
        return _("Takes no requests at present: %(name)s") % name
    if not free_places(mentor):
        return _("Has no free place at present: %(name)s") % name
    return None


def takes_requests(mentor: Person) -> bool:
    """Whether a mentor can be asked at all: verified, with an account, not paused, with a profile that shows."""
    return (
        mentor.verified_on is not None
        and mentor.user_id is not None
        and not mentor.is_paused()
        and MentorPage.objects.live().filter(person=mentor).exists()
    )


def taken_places(mentor: Person) -> list[int]:
    """The numbers of the places that invitations hold."""
    rows = Invitation.objects.filter(mentor=mentor).holding_a_place()
    return sorted(place for place in rows.values_list("place", flat=True) if place)


def free_places(mentor: Person) -> int:
    """How many more companies the mentor could be asked for."""
    return max(0, mentor.places - len(taken_places(mentor)))


def free_mentors() -> QuerySet[Person]:
    """Who takes requests and has a free place at this moment: `takes_requests` and `free_places` for many, in one query."""
    is_back = Q(paused_until=None) | Q(paused_until__lte=timezone.localdate())
    has_profile = Exists(MentorPage.objects.live().filter(person=OuterRef("pk")))
    rows = Person.objects.verified().filter(is_back, has_profile, user__isnull=False)
    return rows.annotate(taken=Invitation.objects.all().held_by(OuterRef("pk"))).filter(places__gt=F("taken"))


def free_of(people: Collection[Person]) -> set[int]:
    """The keys of those `people` who are `free_mentors`; no query for nobody."""
    keys = [person.pk for person in people]
    return set(free_mentors().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def reserve(
    request: MentoringRequest, mentor: Person, deadline: datetime, by: User | None
) -> Invitation | None:
    """Invites `mentor`, whose lock the caller holds, and takes a place for it; None if there is none.

    A place that the database refuses was taken by somebody without a lock: the next one is tried.
    """
    for _attempt in range(mentor.places):
        taken = taken_places(mentor)
        if len(taken) >= mentor.places:
            return None
        try:
            with transaction.atomic():
                return Invitation.objects.create(
                    request=request,
                    mentor=mentor,
                    company=company_of(request),
                    proposed_by=by,
                    state=InvitationState.PENDING,
                    place=next(n for n in range(1, len(taken) + 2) if n not in taken),
                    deadline=deadline,
                )
        except IntegrityError:
            continue
    return None


def _excludes(mentor: Person, request: MentoringRequest) -> bool:
    return mentor.excluded_companies.filter(pk=company_of(request).pk).exists()
