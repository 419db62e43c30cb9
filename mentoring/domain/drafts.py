"""New drafts from old requests."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mentoring.domain.gate import TransitionNotAllowed
from mentoring.domain.requests import begin
from mentoring.enums import FINAL_REQUESTS, RequestState
from mentoring.models import MentoringRequest
from mentoring.rules import why_not
from portal.accounts.models import User

#: what a copy takes over; whom to call only if the same person asks again
WORDS = (
    *("problem", "tried", "goal", "format", "meeting", "languages", "interpreting"),
    *("across_the_border", "shows_company"),
)
CONTACT = ("contact_name", "contact_phone")


def can_be_copied(request: MentoringRequest) -> bool:
    """Whether the request is over, or agreed: what is open is withdrawn first."""
    return request.state in (*FINAL_REQUESTS, RequestState.AGREED)


@transaction.atomic
def copy(request: MentoringRequest, by: User) -> MentoringRequest:
    """A new draft of `by` with the need of `request`, without the mentors whom it named.

    Raises PermissionDenied or TransitionNotAllowed, each with a sentence for the reader.
    """
    if refusal := why_not("mentoring.act_for_company", by, request):
        raise PermissionDenied(refusal)
    if not can_be_copied(request):
        raise TransitionNotAllowed(_("This request is still open; there is nothing to copy yet."))
    draft = begin(request.language, by)
    kept: dict[str, Any] = {
        name: getattr(request, name) for name in (*WORDS, *(CONTACT if request.asker_id == by.pk else ()))
    }
    for name, value in kept.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(kept))
    draft.topics.set(request.topics.all())
    draft.excluded.set(request.excluded.all())
    return draft
