"""The mentoring workflow as tables: which event leads from which state where, who may cause it, what is due, who is told.

The tables hold every state of the product. A step that is not wired yet stands in them, and the gate refuses it.
`manage.py workflow` prints them as docs/mentoring-workflow.md.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentoring.enums import OPEN_REQUESTS, Event, InvitationState, RequestState
from portal.core.domain.deadlines import in_days, in_working_days

S, INV, E = RequestState, InvitationState, Event


@dataclass(frozen=True)
class Step:
    """`to`: what may come of it; of OFFERED and what follows it, OFFERED if a mentor of the list has a free place.

    `who` is a permission of mentoring/rules.py; empty: the portal itself, when the facts of a mentor change or time is up.
    """

    to: tuple[RequestState, ...]
    who: str = ""
    is_wired: bool = True


#: what a mentor's answer leaves to do: ask the next named mentor, or look for one
ONWARDS = (S.OFFERED, S.MATCHING)
ASKER, COORDINATOR, MENTOR = (
    "mentoring.act_for_company",
    "mentoring.coordinate_request",
    "mentoring.answer_invitation",
)

REQUEST: dict[tuple[RequestState, Event], Step] = {
    (S.DRAFT, E.SUBMIT): Step((S.SCREENING, *ONWARDS), "mentoring.submit_request"),
    (S.SCREENING, E.APPROVE): Step(ONWARDS, COORDINATOR),
    (S.SCREENING, E.PROPOSE): Step((S.OFFERED,), COORDINATOR),
    (S.SCREENING, E.REJECT): Step((S.REJECTED,), COORDINATOR),
    (S.SCREENING, E.ASK): Step((S.NEEDS_INFO,), COORDINATOR, is_wired=False),
    (S.NEEDS_INFO, E.ANSWER): Step((S.SCREENING, S.OFFERED), ASKER, is_wired=False),
    (S.NEEDS_INFO, E.EXPIRE): Step((S.EXPIRED,), is_wired=False),
    (S.OFFERED, E.SEE): Step((S.OFFERED,), MENTOR),
    (S.OFFERED, E.ACCEPT): Step((S.AGREED,), MENTOR),
    (S.OFFERED, E.DECLINE): Step(ONWARDS, MENTOR),
    (S.OFFERED, E.ASK): Step((S.NEEDS_INFO,), MENTOR, is_wired=False),
    (S.OFFERED, E.COUNTER): Step((S.OFFERED,), MENTOR, is_wired=False),
    (S.OFFERED, E.SUPERSEDE): Step(ONWARDS),
    (S.OFFERED, E.EXPIRE): Step(ONWARDS, is_wired=False),
    (S.MATCHING, E.NAME): Step((S.OFFERED,), ASKER),
    (S.MATCHING, E.PROPOSE): Step((S.OFFERED,), COORDINATOR),
    (S.MATCHING, E.REJECT): Step((S.REJECTED,), COORDINATOR),
    (S.MATCHING, E.WAITLIST): Step((S.WAITLISTED,), COORDINATOR, is_wired=False),
    (S.MATCHING, E.REFER): Step((S.REFERRED,), COORDINATOR, is_wired=False),
    (S.WAITLISTED, E.PROPOSE): Step((S.OFFERED,), COORDINATOR, is_wired=False),
    (S.WAITLISTED, E.EXPIRE): Step((S.EXPIRED,), is_wired=False),
    **{(state, E.WITHDRAW): Step((S.WITHDRAWN,), ASKER) for state in OPEN_REQUESTS},
}

#: what the same event does to the invitation that is open
INVITATION: dict[tuple[InvitationState, Event], InvitationState] = {
    (INV.PENDING, E.SEE): INV.SEEN,
    (INV.COUNTERED, E.ANSWER): INV.PENDING,
    (INV.ASKED, E.ANSWER): INV.PENDING,
    **{(state, E.ASK): INV.ASKED for state in (INV.PENDING, INV.SEEN)},
    **{(state, E.COUNTER): INV.COUNTERED for state in (INV.PENDING, INV.SEEN)},
    **{(state, E.ACCEPT): INV.ACCEPTED for state in (INV.PENDING, INV.SEEN)},
    **{(state, E.DECLINE): INV.DECLINED for state in (INV.PENDING, INV.SEEN, INV.ASKED)},
    **{(state, E.EXPIRE): INV.EXPIRED for state in (INV.PENDING, INV.SEEN, INV.ASKED, INV.COUNTERED)},
    **{(state, E.SUPERSEDE): INV.SUPERSEDED for state in (INV.PENDING, INV.SEEN, INV.ASKED, INV.COUNTERED)},
    **{(state, E.WITHDRAW): INV.WITHDRAWN for state in (INV.PENDING, INV.SEEN, INV.ASKED, INV.COUNTERED)},
}


class Clock(StrEnum):
    """How days are counted."""

    CALENDAR = "calendar days"
    WORKING = "working days"


@dataclass(frozen=True)
class Deadline:
    """How long a state may last, and what follows then (which nothing does by itself yet)."""

    days: int
    clock: Clock
    then: str

    def ends(self, country: str = "", start: datetime | None = None) -> datetime:
        """When it is over; working days are those of the `country` that the actor lives in."""
        if self.clock is Clock.WORKING:
            return in_working_days(self.days, country, start)
        return in_days(self.days, start)


DEADLINES: dict[RequestState, Deadline] = {
    S.DRAFT: Deadline(90, Clock.CALENDAR, "deleted"),
    S.SCREENING: Deadline(3, Clock.WORKING, "the lead partner sees it"),
    S.NEEDS_INFO: Deadline(7, Clock.CALENDAR, "expired"),
    S.OFFERED: Deadline(7, Clock.CALENDAR, "the next named mentor is asked; none left: matching"),
    S.MATCHING: Deadline(5, Clock.WORKING, "the lead partner sees it"),
    S.WAITLISTED: Deadline(90, Clock.CALENDAR, "the company is asked whether it still needs help"),
    S.AGREED: Deadline(14, Clock.CALENDAR, "the coordinator asks about the first meeting"),
}


class Party(StrEnum):
    """Who can be told."""

    ASKER = "asker"
    MENTOR = "mentor"
    COORDINATORS = "coordinators"


#: who is told when a request arrives in a state; WITHDRAWN tells the mentor only who had it open, and not who withdrew it
TOLD: dict[RequestState, tuple[Party, ...]] = {
    S.SCREENING: (Party.ASKER, Party.COORDINATORS),
    S.OFFERED: (Party.ASKER, Party.MENTOR),
    S.MATCHING: (Party.ASKER, Party.COORDINATORS),
    S.AGREED: (Party.ASKER, Party.MENTOR, Party.COORDINATORS),
    S.REJECTED: (Party.ASKER,),
    S.WITHDRAWN: (Party.ASKER, Party.MENTOR, Party.COORDINATORS),
}
