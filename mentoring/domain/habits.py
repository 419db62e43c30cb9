"""How soon mentors usually answer: the median of their latest invitations."""

from math import ceil
from statistics import median_high

from mentoring.enums import InvitationState
from mentoring.models import AnsweringHabit, Invitation

#: what tells of a habit: an answer, or letting the time run out; what others ended says nothing
TELLING = (InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.EXPIRED)
#: of fewer invitations nobody can tell; of many, only the latest count, for habits change
LEAST, LATEST = 3, 12
SECONDS_PER_DAY = 24 * 60 * 60


def note_answer(invitation: Invitation) -> None:
    """Writes down how soon the mentor usually answers, now that `invitation` has been answered, or let expire.

    Part of the gate's transaction, which holds the mentor's lock. An expired invitation counts with all the time that
    there was, so that silence never looks prompt.
    """
    if invitation.state not in TELLING:
        return
    rows = Invitation.objects.filter(mentor=invitation.mentor_id, state__in=TELLING).order_by(
        "-closed_at", "-pk"
    )
    times = [
        closed - asked for asked, closed in rows.values_list("created_at", "closed_at")[:LATEST] if closed
    ]
    if len(times) >= LEAST:
        days = max(1, ceil(median_high(times).total_seconds() / SECONDS_PER_DAY))
        AnsweringHabit.objects.update_or_create(mentor_id=invitation.mentor_id, defaults={"days": days})
