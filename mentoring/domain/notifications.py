"""The texts about requests: where each leads, and what it says beyond what was kept when it happened.

The words stand in templates/mentoring/notifications. Rows are read only if a text asks for them: an inbox shows many.
"""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from mentoring.domain.contacts import contact_of_asker, contact_of_mentor
from mentoring.domain.invitations import token_for
from mentoring.domain.needs import company_line
from mentoring.domain.workflow import TOLD, Party
from mentoring.enums import RequestState
from mentoring.models import Invitation, MentoringRequest
from portal.notifications.models import Notification
from portal.notifications.registry import Kind


def kinds() -> list[Kind]:
    """One kind for each state and party of the table TOLD."""
    return [_kind(state, party) for state, parties in TOLD.items() for party in parties]


def _kind(state: RequestState, party: Party) -> Kind:
    name = f"mentoring.{state}_{party}"
    match party:
        case Party.ASKER:
            return Kind(name, link=_to_request, context=_context)
        case Party.COORDINATORS:
            return Kind(name, link=_to_desk, context=_context)
        case Party.MENTOR:
            # whoever has to answer needs no password: the link in the mail is enough
            by_mail = _to_invitation_by_mail if state == RequestState.OFFERED else None
            return Kind(name, link=_to_invitation, context=_context, mail_link=by_mail)


def _context(notification: Notification) -> dict[str, Any]:
    params = notification.params
    deadline = params["deadline"]
    need: Any = SimpleLazyObject(lambda: _request(notification))
    return {
        "need": need,
        "topics": params["topic_names"].get(get_language(), ""),
        "problem": SimpleLazyObject(lambda: _one_paragraph(need.problem)),
        "goal": SimpleLazyObject(lambda: _one_paragraph(need.goal)),
        "company": SimpleLazyObject(lambda: company_line(need)),
        "partner": SimpleLazyObject(lambda: need.company.home_partner.label),
        "deadline": datetime.fromisoformat(deadline) if deadline else None,
        "words": _one_paragraph(params["words"]),
        "passed_over": SimpleLazyObject(lambda: ", ".join(_passed_over(notification))),
        "answered": SimpleLazyObject(lambda: _answered(notification)),
        # only the texts about an agreement ask for them
        "mentor_contact": SimpleLazyObject(lambda: contact_of_mentor(_invitation(notification).mentor)),
        "asker_contact": SimpleLazyObject(lambda: contact_of_asker(need)),
    }


def _one_paragraph(text: str) -> str:
    """What somebody wrote, on one line: in a mail, an address on a line of its own would become a link of the portal's."""
    return " ".join(text.split())


def _passed_over(notification: Notification) -> list[str]:
    """The named mentors who could not be asked; whoever had been asked before was, and has answered."""
    names = notification.params["passed_over"]
    if not names:
        return []
    asked = Invitation.objects.filter(
        request__key=notification.params["request"], created_at__lte=notification.created_at
    )
    known = {invitation.mentor.full_name for invitation in asked.select_related("mentor")}
    return [name for name in names if name not in known]


def _request(notification: Notification) -> MentoringRequest:
    rows = MentoringRequest.objects.select_related("asker", "company__place__region", "company__home_partner")
    return rows.get(key=notification.params["request"])


def _invitation(notification: Notification) -> Invitation:
    return Invitation.objects.select_related("mentor__user").get(key=notification.params["invitation"])


def _answered(notification: Notification) -> Invitation | None:
    """The invitation that the event has ended."""
    key = notification.event.details.get("answered")
    return Invitation.objects.select_related("mentor").filter(key=key).first() if key else None


def _to_request(notification: Notification) -> str:
    return reverse("mentoring:request", args=[notification.params["request"]])


def _to_invitation(notification: Notification) -> str:
    return reverse("mentoring:invitation", args=[notification.params["invitation"]])


def _to_invitation_by_mail(notification: Notification) -> str:
    return reverse("mentoring:invitation_by_mail", args=[token_for(notification.params["invitation"])])


def _to_desk(notification: Notification) -> str:
    return reverse("mentoring_requests:detail", args=[notification.params["request"]])
