"""Who is told of a step, and what: one notification for each receiver of the table TOLD."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings

from mentoring.domain.places import company_of
from mentoring.domain.workflow import TOLD, Party
from mentoring.enums import RequestState
from mentoring.models import MentoringRequest
from portal.accounts.models import User
from portal.core.models import AuditEntry
from portal.members.domain.partners import coordinators_of
from portal.notifications.domain.telling import tell

if TYPE_CHECKING:
    from mentoring.domain.gate import Move


#: how many topics stand in a subject
TOPICS = 3


def tell_parties(this: "Move", entry: AuditEntry) -> None:
    """Tells everybody whom the state concerns that the request has arrived in, each once."""
    state = RequestState(this.request.state)
    params, told = _params(this) if state in TOLD else {}, set[int]()
    for party in TOLD.get(state, ()):
        receivers = [
            user
            for user in _receivers(this, party)
            if user.pk not in told and (user != this.by or _learns_more(party, state))
        ]
        told |= {user.pk for user in receivers}
        tell(
            entry,
            f"mentoring.{state}_{party}",
            receivers,
            reply_to=company_of(this.request).home_partner,
            **params,
        )


def _learns_more(party: Party, state: RequestState) -> bool:
    """Whether somebody is told of their own step: with what happens next and by when, or how to reach each other."""
    return party is not Party.COORDINATORS and state is not RequestState.WITHDRAWN


def _receivers(this: "Move", party: Party) -> Iterable[User]:
    request = this.request
    if party is Party.MENTOR:
        invitation = this.opened or this.answered
        return [invitation.mentor.user] if invitation and invitation.mentor.user else []
    if party is Party.ASKER and request.asker:
        return [request.asker]
    return coordinators_of(company_of(request).home_partner)


def _params(this: "Move") -> dict[str, Any]:
    """What subjects need, so that a long inbox reads no rows, and what the step alone knows; texts read the rest."""
    invitation = this.opened or this.answered
    answered = this.answered if this.answered and this.opened is not this.answered else None
    return {
        "request": str(this.request.key),
        "company_name": company_of(this.request).name,
        "topic_names": _topic_names(this.request),
        "invitation": str(invitation.key) if invitation else "",
        "because": str(this.event),
        "mentor": invitation.mentor.full_name if invitation else "",
        "former_mentor": answered.mentor.full_name if answered else "",
        "words": this.words,
        "passed_over": this.passed_over,
        "deadline": this.request.deadline.isoformat() if this.request.deadline else "",
    }


def _topic_names(request: MentoringRequest) -> dict[str, str]:
    """The first topics of a request, as one line for each language."""
    topics = list(request.topics.prefetch_related("labels").order_by("pk"))
    more = [] if len(topics) <= TOPICS else ["…"]
    return {
        code: ", ".join([*(topic.label_in(code) for topic in topics[:TOPICS]), *more])
        for code, _name in settings.LANGUAGES
    }
