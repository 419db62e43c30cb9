"""How the two sides of a mentoring reach each other: disclosed on agreement, and nowhere before."""

from dataclasses import dataclass

from mentoring.models import MentoringRequest
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
