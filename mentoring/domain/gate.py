"""The one gate of the mentoring workflow: nothing else writes a state of a request or an invitation.

Each step is one transaction: lock the mentors whose places may change, then the request; look the step up in the tables
of workflow.py; write the states, one audit entry and what people are told.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.domain.habits import note_answer
from mentoring.domain.places import Mentors, OthersNeeded, company_of, holding, reserve, why_unavailable
from mentoring.domain.telling import tell_parties
from mentoring.domain.workflow import DEADLINES, INVITATION, REQUEST, Step
from mentoring.enums import OPEN_INVITATIONS, Event, InvitationState, RequestState
from mentoring.models import Invitation, Mentoring, MentoringRequest, RankedMentor
from mentoring.rules import why_not
from portal.accounts.models import User
from portal.core.domain.audit import record
from portal.members.models import Person


class TransitionNotAllowed(Exception):
    """A step that the tables do not know here, or that the facts forbid; `reason` says why, to the reader."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


#: what a reader is told whose page shows a state that has passed
PASSED: dict[str, Any] = {
    RequestState.DRAFT: _("This request has not been sent yet."),
    RequestState.SCREENING: _("This request is still being checked."),
    RequestState.NEEDS_INFO: _("This request waits for an answer of the company."),
    RequestState.OFFERED: _("Meanwhile a mentor has been asked; this request waits for the answer."),
    RequestState.MATCHING: _("Meanwhile this request is with the coordinators, who look for a mentor."),
    RequestState.WAITLISTED: _("This request is on the waiting list."),
    RequestState.AGREED: _("This request has been accepted already."),
    RequestState.REJECTED: _("This request was not taken on."),
    RequestState.WITHDRAWN: _("The company has withdrawn this request."),
    RequestState.EXPIRED: _("This request has expired."),
    RequestState.REFERRED: _("This request was referred to somebody else."),
}
PASSED_BY = _("This request is no longer with you: it has been passed on.")
NOT_YET = _("This is not possible here yet.")


@dataclass
class Move:
    """One step while it is made."""

    request: MentoringRequest
    event: Event
    by: User | None
    mentors: Mentors
    step: Step
    #: the invitation that was open before, as the event leaves it
    answered: Invitation | None = None
    #: the one that is open afterwards
    opened: Invitation | None = None
    words: str = ""
    reason: str = ""
    #: named mentors who could not be asked, each with why
    passed_over: list[str] = field(default_factory=list)


def advance(
    request: int,
    event: Event,
    by: User | None,
    *,
    named: int | None = None,
    invitation: int | None = None,
    reason: str = "",
    words: str = "",
) -> MentoringRequest:
    """Makes one step and returns the request as it is then.

    `named` is the mentor (key) whom NAME and PROPOSE choose; `invitation` the one (key) that a mentor answers, so that
    nobody answers for somebody who was asked later. Raises TransitionNotAllowed or PermissionDenied, each with a sentence
    for the reader; then nothing has changed.
    """

    def act(mentors: Mentors) -> MentoringRequest:
        return move(
            request, event, by, mentors, named=named, invitation=invitation, reason=reason, words=words
        )

    return holding(lambda: involved(request, named), act)


def involved(request: int, named: int | None = None) -> set[int]:
    """The mentors whose places a step of `request` may take or give back."""
    ranked = RankedMentor.objects.filter(request=request).order_by()
    asked = Invitation.objects.filter(request=request).open().order_by()
    either = ranked.values_list("mentor", flat=True).union(asked.values_list("mentor", flat=True))
    return {*either, *([named] if named else [])}


def move(
    pk: int,
    event: Event,
    by: User | None,
    mentors: Mentors,
    *,
    named: int | None = None,
    invitation: int | None = None,
    reason: str = "",
    words: str = "",
) -> MentoringRequest:
    """`advance` for whoever holds the mentors' locks already."""
    rows = MentoringRequest.objects.select_related("asker", "company__home_partner__place")
    request = rows.select_for_update(of=("self",)).get(pk=pk)
    if not involved(pk) <= mentors.keys():
        raise OthersNeeded
    current = request.invitations.open().select_related("mentor__user").first()
    step = _step(request, event, by, current, invitation)
    this = Move(request, event, by, mentors, step, words=words, reason=reason)
    before = request.state
    if current:
        this.answered = _close(this, current)
    target = _target(this, named)
    _arrive(this, target)
    entry = record(
        f"request.{event}",
        f"request:{request.key}",
        by,
        from_state=before,
        to_state=target,
        **_details(this),
    )
    if event is not Event.SEE:
        tell_parties(this, entry)
    return request


def _step(
    request: MentoringRequest,
    event: Event,
    by: User | None,
    current: Invitation | None,
    addressed: int | None,
) -> Step:
    """The step, if the tables know it here and `by` may make it."""
    answered = Invitation.objects.filter(pk=addressed, request=request).first() if addressed else current
    step = REQUEST.get((RequestState(request.state), event))
    permission = step.who if step else ""
    if by is not None and permission:
        of = answered if permission == "mentoring.answer_invitation" else request
        if of is None or (refusal := why_not(permission, by, of)):
            raise PermissionDenied(refusal if of else PASSED_BY)
    if addressed and (current is None or current.pk != addressed):
        raise TransitionNotAllowed(why_closed(answered) if answered else PASSED_BY)
    if step is None:
        raise TransitionNotAllowed(PASSED[request.state])
    if not step.is_wired:
        raise TransitionNotAllowed(NOT_YET)
    if current and (InvitationState(current.state), event) not in INVITATION:
        raise TransitionNotAllowed(why_closed(current))
    return step


def why_closed(invitation: Invitation) -> str | Promise:
    """Why a mentor can no longer answer an invitation in this way."""
    return {
        InvitationState.SEEN: _("You have told the company already that you have seen the request."),
        InvitationState.ACCEPTED: _("You have accepted this request already."),
        InvitationState.DECLINED: _("You have declined this request already."),
        InvitationState.WITHDRAWN: PASSED[RequestState.WITHDRAWN],
        InvitationState.EXPIRED: PASSED[RequestState.EXPIRED],
    }.get(InvitationState(invitation.state), PASSED_BY)


def _close(this: Move, invitation: Invitation) -> Invitation:
    """Writes what the event makes of the open invitation; its place is free unless it was accepted."""
    now = timezone.now()
    invitation.state = INVITATION[InvitationState(invitation.state), this.event]
    if invitation.state == InvitationState.SEEN:
        invitation.seen_at = now
    if invitation.state not in OPEN_INVITATIONS:
        invitation.closed_at, invitation.reason = now, this.reason
        invitation.words = this.words if this.event is Event.DECLINE else ""
        if invitation.state != InvitationState.ACCEPTED:
            invitation.place = None
    invitation.save()
    note_answer(invitation)
    return invitation


def _target(this: Move, named: int | None) -> RequestState:
    """Where the step leads, with the invitation that it takes."""
    if this.event is Event.SEE:
        return RequestState.OFFERED
    to = this.step.to
    if RequestState.SCREENING in to and needs_screening(this.request):
        return RequestState.SCREENING
    if this.event in (Event.APPROVE, Event.PROPOSE) and (obstacle := why_not_ready(this.request)):
        raise TransitionNotAllowed(obstacle)
    if RequestState.OFFERED not in to:
        return to[0]
    candidates = [named] if named else list(this.request.ranked.values_list("mentor", flat=True))
    for key in candidates:
        mentor = this.mentors[key]
        if obstacle := _invite(this, mentor):
            if named:
                raise TransitionNotAllowed(obstacle)
            this.passed_over.append(mentor.full_name)
            continue
        return RequestState.OFFERED
    return RequestState.MATCHING


def _invite(this: Move, mentor: Person) -> str | Promise | None:
    """Asks `mentor`; what keeps him or her from being asked."""
    if obstacle := why_unavailable(mentor, this.request):
        return obstacle
    deadline = DEADLINES[RequestState.OFFERED].ends(mentor.country)
    proposed_by = this.by if this.event is Event.PROPOSE else None
    this.opened = reserve(this.request, mentor, deadline, proposed_by)
    if this.opened is None:
        return _("Has no free place at present: %(name)s") % {"name": mentor.full_name}
    return None


def needs_screening(request: MentoringRequest) -> bool:
    """Whether a coordinator looks at a request first: nobody vouches for company or asker yet, or no mentor is named."""
    return why_not_ready(request) is not None or not request.ranked.exists()


def why_not_ready(request: MentoringRequest) -> str | Promise | None:
    """What a coordinator has to settle before a mentor is asked; None if nothing."""
    if company_of(request).verified_on is None:
        return _("Please verify the company first.")
    members = company_of(request).memberships.filter(confirmed_on__isnull=False)
    if request.asker and not (
        members.filter(user=request.asker).exists()
        or request.asker.has_perm("mentoring.coordinate_request", request)
    ):
        return _("Please confirm first that whoever asks belongs to the company.")
    return None


def _arrive(this: Move, state: RequestState) -> None:
    """Writes the state of the request, with what is due in it."""
    request, now = this.request, timezone.now()
    if this.event is Event.SEE:
        return
    request.state, request.state_since = state, now
    if this.event is Event.SUBMIT:
        request.sent_at = now
    if state == RequestState.REJECTED:
        request.refusal = this.words
    deadline = DEADLINES.get(state)
    request.deadline = deadline.ends(company_of(request).home_partner.place.country) if deadline else None
    if this.opened:
        request.deadline = this.opened.deadline
    request.save()
    if state == RequestState.AGREED and this.answered and request.deadline:
        Mentoring.objects.create(
            request=request, invitation=this.answered, first_meeting_due=request.deadline
        )


def _details(this: Move) -> dict[str, Any]:
    """What the audit keeps besides the states: keys and codes."""
    found: dict[str, Any] = {}
    if this.answered:
        found |= {"answered": str(this.answered.key), "answer": this.answered.state}
    if this.opened:
        found["invited"] = str(this.opened.key)
    if this.reason:
        found["reason"] = this.reason
    return found
