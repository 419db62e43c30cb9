"""What belongs to a user: requests, invitations, the profile."""

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When, Window

from mentoring.domain.places import free_mentors
from mentoring.enums import FINAL_REQUESTS, OPEN_INVITATIONS, InvitationState, RequestState
from mentoring.models import Invitation, MentoringRequest, RankedMentor
from portal.accounts.models import User
from portal.members.models import Person
from portal.members.rules import partner_of

#: what waits for a coordinator
WAITING = (RequestState.SCREENING, RequestState.MATCHING)


def with_mentors(requests: QuerySet[MentoringRequest]) -> QuerySet[MentoringRequest]:
    """`requests` with everything that is said of their progress; two more queries. Who is named `is_free` at present, or not."""
    invitations = Invitation.objects.select_related("mentor__user").order_by("created_at", "pk")
    is_free = Exists(free_mentors().filter(pk=OuterRef("mentor")))
    return requests.select_related("company__home_partner", "company__place", "asker").prefetch_related(
        Prefetch("invitations", invitations),
        Prefetch("ranked", RankedMentor.objects.select_related("mentor").annotate(is_free=is_free)),
    )


def own_requests(user: User) -> QuerySet[MentoringRequest]:
    """The user's own drafts and requests, and what the user's companies have sent; not those a coordinator looks after."""
    companies = user.memberships.filter(confirmed_on__isnull=False).values("company")
    sent = ~Q(state=RequestState.DRAFT)
    return MentoringRequest.objects.filter(Q(asker=user) | (sent & Q(company__in=companies)))


def current_requests(user: User, limit: int = 50) -> list[MentoringRequest]:
    """Drafts, open requests and agreed ones, the newest first; three queries."""
    return list(with_mentors(own_requests(user).exclude(state__in=FINAL_REQUESTS))[:limit])


def closed_requests(user: User) -> QuerySet[MentoringRequest]:
    """What came to nothing, the newest first."""
    return own_requests(user).filter(state__in=FINAL_REQUESTS).select_related("company")


def with_need(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """`invitations` with what a mentor reads of the request."""
    return invitations.select_related(
        "mentor__user", "mentor__place", "request__asker", "request__company__place__region"
    )


def current_invitations(user: User, limit: int = 50) -> list[Invitation]:
    """Those that the user has to answer, the most urgent first, and those that led to a mentoring; one query."""
    states = [*OPEN_INVITATIONS, InvitationState.ACCEPTED]
    rows = with_need(Invitation.objects.visible_to(user)).select_related("mentoring").filter(state__in=states)
    later = Case(When(state=InvitationState.ACCEPTED, then=Value(1)), default=Value(0))
    return list(rows.order_by(later, "deadline", "pk")[:limit])


def own_profile(user: User) -> Person | None:
    """The person whose account `user` is, with `taken`: the places that companies hold."""
    taken = Invitation.objects.all().held_by(OuterRef("pk"))
    return Person.objects.filter(user=user).annotate(taken=taken).first()


def waiting_for(user: User, limit: int = 5) -> list[MentoringRequest] | None:
    """The most urgent requests that wait for the user as a coordinator, each with `waiting`: how many there are in all.

    None if the user is no coordinator; else one query.
    """
    if (partner := partner_of(user)) is None:
        return None
    rows = MentoringRequest.objects.filter(company__home_partner=partner, state__in=WAITING)
    rows = rows.annotate(waiting=Window(Count("pk"))).select_related("company")
    return list(rows.order_by("deadline", "pk")[:limit])
