"""How a request stands, in words: what has happened, what comes next, by whom and until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.enums import FINAL_REQUESTS, InvitationState, RequestState
from mentoring.models import Invitation, MentoringRequest
from portal.core.templatetags.portal_dates import day
from portal.members.models import Person

#: how an invitation ended; that it was withdrawn the state of the request says
CLOSED: dict[InvitationState, Any] = {
    InvitationState.ACCEPTED: gettext_lazy("Accepted: %(name)s"),
    InvitationState.DECLINED: gettext_lazy("Declined: %(name)s"),
    InvitationState.EXPIRED: gettext_lazy("Did not answer in time: %(name)s"),
    InvitationState.SUPERSEDED: gettext_lazy("Has no free place any more: %(name)s"),
}


@dataclass(frozen=True)
class Asked:
    """A mentor of a request, and how that stands; `words` are the mentor's own to the company, in `language`."""

    person: Person
    standing: str
    words: str = ""
    language: str = ""


def days_left(invitation: Invitation) -> int:
    """Full days from today to the day of the deadline; none on that day, and once it has passed."""
    return max(0, (timezone.localdate(invitation.deadline) - timezone.localdate()).days)


def next_step(request: MentoringRequest) -> str:
    """What happens next, by whom and until when, to the company; one sentence."""
    partner = request.company.home_partner.short_name if request.company else ""
    until = {"partner": partner, "date": day(request.deadline) if request.deadline else ""}
    match request.state:
        case RequestState.DRAFT:
            return _("Not sent yet. We keep the draft until %(date)s.") % until
        case RequestState.SCREENING:
            return _("%(partner)s checks the request until %(date)s, and lets it go on.") % until
        case RequestState.OFFERED:
            return _answer_expected(request)
        case RequestState.MATCHING:
            return (
                _("%(partner)s proposes a mentor until %(date)s. You can choose somebody yourself as well.")
                % until
            )
        case RequestState.AGREED:
            return _("Please arrange your first meeting until %(date)s.") % until
    return _("This request is closed. You can copy it as a new draft and change it.")


def timeline(request: MentoringRequest) -> list[dict[str, Any]]:
    """What happened and what comes, as `{% ui "timeline" %}` takes it."""
    events: list[tuple[datetime, str]] = []
    for invitation in request.invitations.all():
        name = {"name": invitation.mentor.full_name}
        events.append((invitation.created_at, _("Asked: %(name)s") % name))
        if invitation.seen_at:
            events.append((invitation.seen_at, _("Has seen the request and decides later: %(name)s") % name))
        if invitation.closed_at and invitation.state in CLOSED:
            events.append((invitation.closed_at, str(CLOSED[InvitationState(invitation.state)] % name)))
    if request.state in FINAL_REQUESTS:
        events.append((request.state_since, request.get_state_display()))
    events.sort(key=lambda event: event[0])
    if request.sent_at:
        # whoever is asked at once is asked a moment before the request counts as sent
        events.insert(0, (request.sent_at, _("The request was sent.")))
    items: list[dict[str, Any]] = [{"when": day(at), "text": text} for at, text in events]
    if request.state not in FINAL_REQUESTS:
        items.append({"when": _("Next step"), "text": next_step(request), "now": True})
    return items


def asked(request: MentoringRequest) -> list[Asked]:
    """The mentors of a request (from `with_mentors`) in the order in which they were or will be asked."""
    invitations = sorted(request.invitations.all(), key=lambda invitation: invitation.created_at)
    invited = {invitation.mentor_id for invitation in invitations}
    rows = [Asked(row.mentor, _standing(row), row.words, _language(row.mentor)) for row in invitations]
    following = _following(request)
    named: Any = request.ranked.all()
    for row in named:
        if row.mentor_id in invited:
            continue
        if not request.is_open:
            standing = _("Was not asked")
        elif not row.is_free:
            standing = _("No free place at present")
        else:
            standing = _("Is asked next") if row.mentor == following else _("Afterwards, if need be")
        rows.append(Asked(row.mentor, standing))
    return rows


def _following(request: MentoringRequest) -> Person | None:
    """The named mentor who is asked next, as things stand."""
    known = {row.mentor_id for row in request.invitations.all()}
    named: Any = request.ranked.all()
    return next((row.mentor for row in named if row.is_free and row.mentor_id not in known), None)


def _language(mentor: Person) -> str:
    """The language in which a mentor reads the portal, and so most likely answers."""
    return mentor.user.language if mentor.user else ""


def _answer_expected(request: MentoringRequest) -> str:
    invitation = next(row for row in request.invitations.all() if row.is_open)
    until = {"mentor": invitation.mentor.full_name, "date": day(invitation.deadline)}
    if following := _following(request):
        return _("%(mentor)s answers until %(date)s – otherwise we ask: %(next)s.") % {
            **until,
            "next": following.full_name,
        }
    return _("%(mentor)s answers until %(date)s – otherwise we look for somebody else.") % until


def _standing(invitation: Invitation) -> str:
    if invitation.is_open:
        return _("%(state)s, until %(date)s") % {
            "state": invitation.get_state_display(),
            "date": day(invitation.deadline),
        }
    return str(invitation.get_state_display())
