"""Closed lists of the mentoring workflow. What leads from one state to the next stands in domain/workflow.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestState(TextChoices):
    """Where a mentoring request stands, in the words that the company reads."""

    DRAFT = "draft", pgettext_lazy("mentoring request", "Draft")
    SCREENING = "screening", pgettext_lazy("mentoring request", "Being checked")
    NEEDS_INFO = "needs_info", pgettext_lazy("mentoring request", "Question to you")
    OFFERED = "offered", pgettext_lazy("mentoring request", "Waiting for an answer")
    MATCHING = "matching", pgettext_lazy("mentoring request", "We are looking")
    WAITLISTED = "waitlisted", pgettext_lazy("mentoring request", "Waiting list")
    AGREED = "agreed", pgettext_lazy("mentoring request", "Accepted")
    REJECTED = "rejected", pgettext_lazy("mentoring request", "Not taken on")
    WITHDRAWN = "withdrawn", pgettext_lazy("mentoring request", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("mentoring request", "Expired")
    REFERRED = "referred", pgettext_lazy("mentoring request", "Referred")


class InvitationState(TextChoices):
    """Where the invitation of one mentor to one request stands."""

    PENDING = "pending", pgettext_lazy("invitation", "Waiting for an answer")
    SEEN = "seen", pgettext_lazy("invitation", "Seen")
    ASKED = "asked", pgettext_lazy("invitation", "Question asked")
    COUNTERED = "countered", pgettext_lazy("invitation", "One session offered")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    EXPIRED = "expired", pgettext_lazy("invitation", "Expired")
    SUPERSEDED = "superseded", pgettext_lazy("invitation", "Passed on")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")


class MentoringState(TextChoices):
    """Where a mentoring stands that was agreed on."""

    ACTIVE = "active", pgettext_lazy("mentoring", "Under way")
    PAUSED = "paused", pgettext_lazy("mentoring", "Paused")
    CLOSING = "closing", pgettext_lazy("mentoring", "Closing")
    COMPLETED = "completed", pgettext_lazy("mentoring", "Completed")
    ENDED_EARLY = "ended_early", pgettext_lazy("mentoring", "Ended early")


#: "Two open requests per company": an agreed one no longer counts, a draft not yet.
OPEN_REQUESTS = (
    RequestState.SCREENING,
    RequestState.NEEDS_INFO,
    RequestState.OFFERED,
    RequestState.MATCHING,
    RequestState.WAITLISTED,
)
FINAL_REQUESTS = (
    RequestState.REJECTED,
    RequestState.WITHDRAWN,
    RequestState.EXPIRED,
    RequestState.REFERRED,
)
#: The mentor has yet to answer, and a place is kept free for the company.
OPEN_INVITATIONS = (
    InvitationState.PENDING,
    InvitationState.SEEN,
    InvitationState.ASKED,
    InvitationState.COUNTERED,
)


class Event(TextChoices):
    """What happens to a request, and with it to its open invitation."""

    SUBMIT = "submit", _("Send the request")
    APPROVE = "approve", _("Approve")
    REJECT = "reject", _("Reject")
    ASK = "ask", _("Ask a question")
    ANSWER = "answer", _("Answer the question")
    SEE = "see", _("Decide later")
    ACCEPT = "accept", _("Accept")
    DECLINE = "decline", _("Decline")
    COUNTER = "counter", _("Offer one session")
    SUPERSEDE = "supersede", _("Pass on")
    EXPIRE = "expire", _("Let it expire")
    NAME = "name", _("Name another mentor")
    PROPOSE = "propose", _("Propose a mentor")
    WAITLIST = "waitlist", _("Put on the waiting list")
    REFER = "refer", _("Refer to somebody else")
    WITHDRAW = "withdraw", _("Withdraw the request")


class DeclineReason(TextChoices):
    """Why a mentor declines; the coordinator reads it, the company only the mentor's own words."""

    NO_TIME = "no_time", _("No time at present")
    OTHER_TOPIC = "other_topic", _("Not my topic")
    TOO_CLOSE = "too_close", _("Competitor or conflict of interest")
    LANGUAGE = "language", _("The languages do not fit")
    DISTANCE = "distance", _("Too far away")
    OTHER = "other", _("Another reason")


class RoundState(TextChoices):
    """Where a programme's round stands."""

    DRAFT = "draft", pgettext_lazy("round", "Being put together")
    COMPUTING = "computing", pgettext_lazy("round", "Being computed")
    PROPOSED = "proposed", pgettext_lazy("round", "Proposed")
    SENDING = "sending", pgettext_lazy("round", "Invitations go out")
    CONFIRMED = "confirmed", pgettext_lazy("round", "Confirmed")


#: a coordinator may change what is in the round
EDITABLE_ROUNDS = (RoundState.DRAFT, RoundState.PROPOSED)
#: the worker has something to do
WORKER_ROUNDS = (RoundState.COMPUTING, RoundState.SENDING)


class Alone(TextChoices):
    """Why a request of a round has no mentor in the proposal."""

    NOBODY = "nobody", _("None of these mentors knows anything about it, or may be asked.")
    TAKEN = "taken", _("The mentors who fit have no place left in this round.")
    GONE = "gone", _("The request no longer waits for a mentor.")
    DROPPED = "dropped", _("The pair was dropped. Compute again to look for another mentor.")
    MADE_ROOM = "made_room", _("Had to make room for a pair that was chosen by hand. Please compute again.")


class Outcome(TextChoices):
    """What became of a pair when the round was confirmed."""

    WAITING = "", pgettext_lazy("pair", "Not sent yet")
    INVITED = "invited", pgettext_lazy("pair", "Invited")
    REFUSED = "refused", pgettext_lazy("pair", "Not invited")
