"""What a mentor does with an invitation."""

from django.core.signing import BadSignature, Signer

from mentoring.domain.gate import advance
from mentoring.enums import DeclineReason, Event
from mentoring.models import Invitation, MentoringRequest
from portal.accounts.models import User

SALT = "mentoring.invitation"


def see(invitation: Invitation, by: User) -> MentoringRequest:
    """Tells the company that the mentor has read the request and will decide later."""
    return advance(invitation.request_id, Event.SEE, by, invitation=invitation.pk)


def accept(invitation: Invitation, by: User) -> MentoringRequest:
    """The mentoring begins: both sides learn how to reach each other."""
    return advance(invitation.request_id, Event.ACCEPT, by, invitation=invitation.pk)


def decline(invitation: Invitation, by: User, reason: DeclineReason, words: str = "") -> MentoringRequest:
    """The request goes on to the next mentor: `reason` is for the coordinator, `words` for the company."""
    return advance(
        invitation.request_id,
        Event.DECLINE,
        by,
        invitation=invitation.pk,
        reason=reason,
        words=words.strip(),
    )


def token_for(key: str) -> str:
    """What the link in a mail carries: whoever holds it may answer the one invitation `key` for the mentor."""
    return Signer(salt=SALT).sign(str(key))


def key_from(token: str) -> str | None:
    """The key of the invitation that `token` was made for; None if it was not made here."""
    try:
        return Signer(salt=SALT).unsign(token)
    except BadSignature:
        return None
