"""How requests and invitations stand, in the reader's words."""

from django import template
from django.utils.translation import get_language

from mentoring.domain import contacts, needs, progress
from mentoring.domain.contacts import Contact
from mentoring.models import Invitation, MentoringRequest

register = template.Library()


@register.simple_tag
def next_step(request: MentoringRequest) -> str:
    """What happens next, by whom and until when."""
    return progress.next_step(request)


@register.simple_tag
def days_left(invitation: Invitation) -> int:
    """Days from today until the mentor should have answered."""
    return progress.days_left(invitation)


@register.simple_tag
def need_lang(request: MentoringRequest) -> str:
    """The language of the words of a request, if it is not the reader's."""
    return "" if request.language == get_language() else request.language


@register.simple_tag
def company_line(request: MentoringRequest) -> str:
    """The company as a mentor may know it before accepting."""
    return needs.company_line(request)


@register.simple_tag
def mentor_contact(request: MentoringRequest) -> Contact | None:
    """How the company reaches its mentor; None before agreement."""
    return contacts.mentor_contact(request)


@register.simple_tag
def asker_contact(invitation: Invitation) -> Contact | None:
    """How the mentor reaches the company; None before agreement."""
    return contacts.asker_contact(invitation)
