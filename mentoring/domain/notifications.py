"""What the texts about requests need to know, and where they lead."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from mentoring.domain.contacts import Contact, contact_of_asker, contact_of_mentor
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
    request = _request(notification)
    invitation = _invitation(notification)
    deadline = notification.params["deadline"]
    is_agreed = request.state == RequestState.AGREED and invitation is not None
    contacts: dict[str, Contact] = {}
    if is_agreed and invitation:
        contacts = {
            "mentor_contact": contact_of_mentor(invitation.mentor),
            "asker_contact": contact_of_asker(request),
        }
    return {
        "need": request,
        "topics": ", ".join(topic.label for topic in request.topics.all()),
        "company": company_line(request),
        "partner": request.company.home_partner.label if request.company else "",
        "deadline": datetime.fromisoformat(deadline) if deadline else None,
        "passed_over": ", ".join(notification.params["passed_over"]),
        **contacts,
    }


def _request(notification: Notification) -> MentoringRequest:
    rows = MentoringRequest.objects.select_related("asker", "company__place__region", "company__home_partner")
    return rows.prefetch_related("topics__labels").get(key=notification.params["request"])


def _invitation(notification: Notification) -> Invitation | None:
    key = notification.params["invitation"]
    rows = Invitation.objects.select_related("mentor__user")
    return rows.filter(key=key).first() if key else None


def _to_request(notification: Notification) -> str:
    return reverse("mentoring:request", args=[notification.params["request"]])


def _to_invitation(notification: Notification) -> str:
    return reverse("mentoring:invitation", args=[notification.params["invitation"]])


def _to_invitation_by_mail(notification: Notification) -> str:
    return reverse("mentoring:invitation_by_mail", args=[token_for(notification.params["invitation"])])


def _to_desk(notification: Notification) -> str:
    return reverse("mentoring_requests:detail", args=[notification.params["request"]])
