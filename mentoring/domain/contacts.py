"""How the two sides of a mentoring reach each other: disclosed on agreement, and nowhere before."""

from dataclasses import dataclass

from mentoring.enums import InvitationState, RequestState
from mentoring.models import Invitation, MentoringRequest
from portal.members.models import Person


@dataclass(frozen=True)
class Contact:
    """Whom to call or write to."""

    name: str
    email: str
    phone: str
    company: str = ""


def contact_of_mentor(mentor: Person) -> Contact:
    """How a company reaches its mentor."""
    return Contact(mentor.full_name, mentor.user.email if mentor.user else "", mentor.phone)


def contact_of_asker(request: MentoringRequest) -> Contact:
    """How a mentor reaches the company."""
    return Contact(
        request.contact_name or (request.asker.name if request.asker else ""),
        request.asker.email if request.asker else "",
        request.contact_phone,
        request.company.name if request.company else "",
    )


def mentor_contact(request: MentoringRequest) -> Contact | None:
    """How the company of `request` reaches its mentor; None as long as nobody has accepted."""
    if request.state != RequestState.AGREED:
        return None
    accepted = (row for row in request.invitations.all() if row.state == InvitationState.ACCEPTED)
    invitation = next(accepted, None)
    return contact_of_mentor(invitation.mentor) if invitation else None


def asker_contact(invitation: Invitation) -> Contact | None:
    """How the invited mentor reaches the company; None as long as the mentor has not accepted."""
    is_agreed = invitation.request.state == RequestState.AGREED
    if not is_agreed or invitation.state != InvitationState.ACCEPTED:
        return None
    return contact_of_asker(invitation.request)
