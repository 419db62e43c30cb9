"""What waits on the desk of a coordinator: requests to check or to find somebody for, companies, memberships."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from matching.domain.cards import fitting_lines, free_places, habit, reasons
from matching.domain.people import Question
from mentoring.domain.gate import why_not_ready
from mentoring.domain.needs import asking_less, need_of
from mentoring.domain.workflow import REQUEST
from mentoring.enums import OPEN_REQUESTS, Event, RequestState
from mentoring.models import MentoringRequest
from portal.core.models import AuditEntry
from portal.members.models import Company, Membership, Person
from portal.members.rules import partner_of

#: the states in which nothing happens until a coordinator does something
WAITS_FOR_DESK = (RequestState.SCREENING, RequestState.MATCHING)
#: how many mentors the ranked list shows
SHORTLIST = 10
#: what coordinators do with a request, in the order in which the desk offers it
EVENTS = (Event.APPROVE, Event.REJECT, Event.WITHDRAW)


@dataclass(frozen=True)
class Waiting:
    """How much waits for a coordinator."""

    requests: int
    companies: int
    memberships: int


@dataclass(frozen=True)
class Suggestion:
    """A mentor who could be proposed: `reasons` and lacks as cards say them, free places and habit in words."""

    person: Person
    url: str
    reasons: list[dict[str, str]]
    places: str
    habit: str
    is_free: bool


def requests_of(user: Any) -> QuerySet[MentoringRequest]:
    """The requests that were sent by companies of the user's partner; an administrator sees all."""
    return _of_partner(MentoringRequest.objects.sent(), user, "company__home_partner")


def by_urgency(requests: QuerySet[MentoringRequest]) -> QuerySet[MentoringRequest]:
    """What waits for the desk first, then what waits for others, then what is over; what is due soonest before the rest."""
    first = When(state__in=WAITS_FOR_DESK, then=Value(0))
    then = When(state__in=OPEN_REQUESTS, then=Value(1))
    rank = Case(first, then, default=Value(2), output_field=IntegerField())
    return requests.annotate(urgency=rank).order_by("urgency", "deadline", "-state_since", "-pk")


def overdue(requests: QuerySet[MentoringRequest]) -> QuerySet[MentoringRequest]:
    """Those whose time is up."""
    return requests.open().filter(deadline__lt=timezone.now())  # type: ignore[attr-defined] # our own queryset


def is_overdue(request: MentoringRequest) -> bool:
    """Whether the time of an open request is up."""
    return request.is_open and request.deadline is not None and request.deadline < timezone.now()


def waiting_for(user: Any) -> Waiting:
    """What waits for the user: for an administrator, everything that waits for anybody."""
    companies = Company.objects.filter(verified_on=None)
    memberships = Membership.objects.filter(confirmed_on=None)
    return Waiting(
        requests_of(user).filter(state__in=WAITS_FOR_DESK).count(),
        _of_partner(companies, user, "home_partner").count(),
        _of_partner(memberships, user, "company__home_partner").count(),
    )


def events_for(request: MentoringRequest) -> list[Event]:
    """What a coordinator can do with a request as it stands, besides proposing a mentor."""
    found = [event for event in EVENTS if allows(request, event)]
    if Event.APPROVE in found and why_not_ready(request):
        found.remove(Event.APPROVE)
    return found


def allows(request: MentoringRequest, event: Event) -> bool:
    """Whether the tables know the step here."""
    step = REQUEST.get((RequestState(request.state), event))
    return step is not None and step.is_wired


def history_of(request: MentoringRequest) -> QuerySet[AuditEntry]:
    """The steps of a request, the first one first."""
    rows = AuditEntry.objects.filter(subject=f"request:{request.key}")
    return rows.select_related("actor").order_by("pk")


@dataclass(frozen=True)
class Shortlist:
    """Who could be proposed, and how many fit (as `fitting_lines`); `asks_for_less` if the need is only tried out."""

    people: list[Suggestion]
    fitting: dict[str, Any]
    asks_for_less: bool


def shortlist(request: MentoringRequest, language: str, less: str = "") -> Shortlist:
    """The mentors who fit a request best, explained in the active language, with their profiles in `language`.

    `less` names what the coordinator tries out asking less of.
    """
    need = need_of(request)
    wary = Person.objects.filter(excluded_companies=request.company).values_list("pk", flat=True)
    need, is_less = asking_less(replace(need, excluded={*need.excluded, *wary}), less)
    question = Question(need, language)
    found = []
    for helper in question.best(SHORTLIST):
        places, style = free_places(helper.profile)
        profile = helper.profile
        found.append(
            Suggestion(
                profile.person, profile.url, reasons(helper), places, habit(profile), is_free=style == "free"
            )
        )
    return Shortlist(found, fitting_lines(question.fitting()), is_less)


def _of_partner(rows: QuerySet[Any], user: Any, path: str) -> QuerySet[Any]:
    if not user.is_active:
        return rows.none()
    return rows if user.is_superuser else rows.filter(**{path: partner_of(user) or 0})
