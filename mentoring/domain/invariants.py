"""What must hold whatever happens: each a named query that finds the rows where it does not.

Constraints of the database say some of this, too. These queries see it after an import, a restored backup or a race, and
say what no constraint can. `manage.py check_invariants` asks them all.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Model, OuterRef, Q

from mentoring.domain.workflow import DEADLINES, TOLD, Party
from mentoring.enums import OPEN_INVITATIONS, Event, InvitationState, RequestState
from mentoring.models import ExpertPage, Invitation, Mentoring, MentoringRequest, MentorPage
from portal.core.models import AuditEntry
from portal.members.models import Membership, Person
from portal.notifications.models import Mail, Notification

Found = Iterable[object]

OPEN = Q(state__in=OPEN_INVITATIONS)
ACCEPTED = Q(state=InvitationState.ACCEPTED)


@dataclass(frozen=True)
class Invariant:
    """`find` returns what breaks the rule; its docstring is the rule."""

    find: Callable[[], Found]

    @property
    def name(self) -> str:
        return self.find.__name__

    @property
    def rule(self) -> str:
        return (self.find.__doc__ or "").strip()


INVARIANTS: list[Invariant] = []


def invariant(find: Callable[[], Found]) -> Callable[[], Found]:
    """Registers a query that must find nothing."""
    INVARIANTS.append(Invariant(find))
    return find


def violations() -> Iterator[tuple[Invariant, list[str]]]:
    """Each invariant with what breaks it; rows are named by their keys alone."""
    for one in INVARIANTS:
        yield (
            one,
            [f"{row._meta.label} {row.pk}" if isinstance(row, Model) else str(row) for row in one.find()],
        )


@invariant
def places_are_not_oversold() -> Found:
    """No mentor has more companies than places, but for mentorings that began before the number was lowered."""
    held = Q(invitations__place__isnull=False)
    accepted = held & Q(invitations__state=InvitationState.ACCEPTED)
    people = Person.objects.annotate(
        held=Count("invitations", filter=held), kept=Count("invitations", filter=accepted)
    )
    return people.filter(Q(held__gt=F("places")) & Q(held__gt=F("kept")))


@invariant
def a_place_is_given_once() -> Found:
    """Each place of a mentor is held by one invitation."""
    return _several(Invitation.objects.holding_a_place(), "mentor", "place")


@invariant
def states_and_places_agree() -> Found:
    """An open invitation holds a place, one that came to nothing holds none."""
    without = Q(place__isnull=True)
    return Invitation.objects.filter((OPEN & without) | (~OPEN & ~ACCEPTED & ~without))


@invariant
def a_request_has_one_open_invitation() -> Found:
    """Of one request, one mentor at a time has yet to answer."""
    return _several(Invitation.objects.open(), "request")


@invariant
def a_company_asks_a_mentor_once_at_a_time() -> Found:
    """Of one company, a mentor has one request to answer."""
    return _several(Invitation.objects.open(), "company", "mentor")


@invariant
def an_offered_request_waits_for_a_mentor() -> Found:
    """A request is offered if, and only if, a mentor has yet to answer; a mentor's question waits for the company."""
    waiting = Exists(Invitation.objects.filter(OPEN, request=OuterRef("pk")))
    asked = Exists(Invitation.objects.filter(request=OuterRef("pk"), state=InvitationState.ASKED))
    offered = Q(state=RequestState.OFFERED)
    return MentoringRequest.objects.filter(
        (offered & ~waiting) | (~offered & waiting & ~(Q(state=RequestState.NEEDS_INFO) & asked))
    )


@invariant
def an_agreed_request_has_its_mentoring() -> Found:
    """A request is agreed if, and only if, one mentor has accepted it, and their mentoring exists."""
    accepted = Invitation.objects.filter(ACCEPTED, request=OuterRef("pk"))
    mentoring = Mentoring.objects.filter(
        request=OuterRef("pk"),
        invitation__request=OuterRef("pk"),
        invitation__state=InvitationState.ACCEPTED,
    )
    agreed = Q(state=RequestState.AGREED)
    rows = MentoringRequest.objects.filter(
        (agreed & ~(Exists(accepted) & Exists(mentoring))) | (~agreed & Exists(accepted))
    )
    return [*rows, *_several(Invitation.objects.filter(ACCEPTED), "request")]


@invariant
def an_invitation_names_the_company_that_asks() -> Found:
    """The company of an invitation is that of its request."""
    return Invitation.objects.exclude(company=F("request__company"))


@invariant
def a_mentor_who_is_asked_may_be_asked() -> Found:
    """Whoever has yet to answer is verified, not of the same company, and excluded by neither side."""
    unwanted = MentoringRequest.excluded.through.objects.filter(
        mentoringrequest=OuterRef("request"), person=OuterRef("mentor")
    )
    refused = Person.excluded_companies.through.objects.filter(
        person=OuterRef("mentor"), company=OuterRef("company")
    )
    return Invitation.objects.open().filter(
        Q(mentor__verified_on__isnull=True)
        | Q(mentor__company=F("company"))
        | Exists(unwanted)
        | Exists(refused)
    )


@invariant
def nothing_waits_for_nobody() -> Found:
    """A request that names a mentor is not checked any longer once company and asker are vouched for."""
    confirmed = Membership.objects.filter(
        user=OuterRef("asker"), company=OuterRef("company"), confirmed_on__isnull=False
    )
    return MentoringRequest.objects.filter(
        Exists(confirmed),
        state=RequestState.SCREENING,
        company__verified_on__isnull=False,
        ranked__isnull=False,
    ).distinct()


@invariant
def deadlines_stand_where_the_table_says() -> Found:
    """A request has a deadline in the states that have one, and in no other; an offered one has its mentor's."""
    due = Q(state__in=list(DEADLINES))
    other = Invitation.objects.filter(OPEN, request=OuterRef("pk")).exclude(deadline=OuterRef("deadline"))
    return MentoringRequest.objects.filter(
        (due & Q(deadline__isnull=True))
        | (~due & Q(deadline__isnull=False))
        | (Q(state=RequestState.OFFERED) & Exists(other))
    )


@invariant
def steps_follow_each_other() -> Found:
    """Each step in the audit log begins where the one before it ended; the first with a draft, the last with the row."""
    steps = AuditEntry.objects.filter(subject__startswith="request:").order_by("pk")
    reached: dict[str, str] = {}
    broken = []
    for pk, subject, before, after in steps.values_list("pk", "subject", "from_state", "to_state").iterator():
        if before != reached.get(subject, RequestState.DRAFT):
            broken.append(f"core.AuditEntry {pk}")
        reached[subject] = after
    rows = MentoringRequest.objects.values_list("pk", "key", "state")
    return broken + [
        f"mentoring.MentoringRequest {pk}"
        for pk, key, state in rows.iterator()
        if state != reached.get(f"request:{key}", RequestState.DRAFT)
    ]


@invariant
def answers_are_in_the_log() -> Found:
    """Each invitation has one entry that made it, and one that ended it, if it has ended."""
    made: dict[str, int] = {}
    ended: dict[str, int] = {}
    entries = AuditEntry.objects.filter(subject__startswith="request:").exclude(action=f"request.{Event.SEE}")
    for details in entries.values_list("details", flat=True).iterator():
        if key := details.get("invited"):
            made[key] = made.get(key, 0) + 1
        if (key := details.get("answered")) and details["answer"] not in OPEN_INVITATIONS:
            ended[key] = ended.get(key, 0) + 1
    rows = Invitation.objects.values_list("pk", "key", "state")
    return [
        f"mentoring.Invitation {pk}"
        for pk, key, state in rows.iterator()
        if (made.get(str(key), 0), ended.get(str(key), 0)) != (1, int(state not in OPEN_INVITATIONS))
    ]


@invariant
def people_are_told_once() -> Found:
    """Nobody is told twice of one event."""
    return _several(Notification.objects, "event", "receiver")


@invariant
def what_is_told_is_mailed() -> Found:
    """Every notification has a mail, on its way out or sent."""
    return Notification.objects.exclude(Exists(Mail.objects.filter(notification=OuterRef("pk"))))


@invariant
def whoever_asked_is_told() -> Found:
    """The asker is told of every event that leads where the table says so, but for their own withdrawal."""
    states = [state for state, parties in TOLD.items() if Party.ASKER in parties]
    askers = {
        f"request:{key}": asker
        for key, asker in MentoringRequest.objects.filter(asker__isnull=False).values_list("key", "asker")
    }
    told = set(Notification.objects.values_list("event", "receiver"))
    arrivals = AuditEntry.objects.filter(subject__startswith="request:", to_state__in=states)
    entries = arrivals.exclude(action=f"request.{Event.SEE}").values_list(
        "pk", "subject", "actor", "to_state"
    )
    return [
        f"core.AuditEntry {pk}"
        for pk, subject, actor, state in entries.iterator()
        if subject in askers
        and (pk, askers[subject]) not in told
        and not (state == RequestState.WITHDRAWN and actor == askers[subject])
    ]


@invariant
def every_mentor_is_told_of_an_invitation() -> Found:
    """A mentor is told of every invitation in an event of its own."""
    told = {
        (params.get("invitation"), receiver)
        for params, receiver in Notification.objects.filter(
            kind=f"mentoring.{RequestState.OFFERED}_{Party.MENTOR}"
        ).values_list("params", "receiver")
    }
    rows = Invitation.objects.filter(mentor__user__isnull=False).values_list("pk", "key", "mentor__user")
    return [f"mentoring.Invitation {pk}" for pk, key, user in rows.iterator() if (str(key), user) not in told]


@invariant
def a_person_has_one_page_per_language() -> Found:
    """Of each kind of profile, a person has one page in each tree."""
    return [
        *_several(MentorPage.objects, "person", "locale"),
        *_several(ExpertPage.objects, "person", "locale"),
    ]


def _several(rows: Any, *fields: str) -> list[str]:
    """What more than one of `rows` has in all of `fields`."""
    found = rows.order_by().values(*fields).annotate(times=Count("pk")).filter(times__gt=1)
    names = [f"{name} {{{name}}}" for name in fields]
    label = rows.model._meta.label
    return [f"{label} with {', '.join(names)}: {{times}}".format(**row) for row in found]
