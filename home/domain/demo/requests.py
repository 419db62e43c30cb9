"""Needs of the demo's companies, and what came of them: told through the same steps that people make."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from home.domain.demo.files import FILES, read_yaml
from home.domain.demo.people import person_of
from mentoring.domain.invitations import accept, decline, see
from mentoring.domain.requests import begin, reject, submit, withdraw
from mentoring.enums import DeclineReason, RequestState
from mentoring.models import Invitation, MentoringRequest, RankedMentor
from portal.accounts.models import User
from portal.core.domain.publishing import key_of
from portal.topics.models import Topic

#: what a file says of a need in the words of its columns
WORDS = ("problem", "tried", "goal", "format", "meeting", "contact_phone")
ANSWERS = ("languages", "interpreting", "shows_company")


def load_requests() -> Iterator[str]:
    """The needs that are missing, each led to its state; a draft that was thrown away comes back."""
    for row in read_yaml(FILES / "requests.yaml"):
        key = key_of("request", row["key"])
        asker = User.objects.filter(email=row["asker"]).first()
        if asker and not MentoringRequest.objects.filter(key=key).exists():
            with transaction.atomic():
                _tell(_draft(row, asker), row, asker)
            yield f"requests/{row['key']}"


def _draft(row: Mapping[str, Any], asker: User) -> MentoringRequest:
    request = begin(row["language"], asker)
    request.key = key_of("request", row["key"])
    request.contact_name = asker.name
    for name in WORDS:
        setattr(request, name, (row.get(name) or getattr(request, name)).strip())
    for name in ANSWERS:
        setattr(request, name, row.get(name) or getattr(request, name))
    request.save()
    request.topics.set(Topic.objects.filter(slug__in=row["topics"]))
    RankedMentor.objects.bulk_create(
        RankedMentor(request=request, mentor=person_of(key), rank=rank)
        for rank, key in enumerate(row.get("mentors", []), start=1)
    )
    return request


def _tell(request: MentoringRequest, row: Mapping[str, Any], asker: User) -> None:
    """Sends the request and makes the steps that follow."""
    if row["state"] == RequestState.DRAFT:
        return
    membership = asker.memberships.select_related("company").get()
    submit(request, asker, membership.company)
    for step in row.get("then", []):
        _step(request, step, asker)


def _step(request: MentoringRequest, step: Mapping[str, Any], asker: User) -> None:
    match step["step"]:
        case "withdraw":
            withdraw(request, asker)
        case "reject":
            reject(request, User.objects.get(email=step["by"]), step["words"])
        case "see":
            see(*_asked(request))
        case "accept":
            accept(*_asked(request))
        case "decline":
            decline(*_asked(request), DeclineReason(step["reason"]), step["words"])


def _asked(request: MentoringRequest) -> tuple[Invitation, User]:
    """The open invitation, and who answers it."""
    invitation = Invitation.objects.open().select_related("mentor__user").get(request=request)
    if invitation.mentor.user is None:
        raise ValueError(f"nobody can answer for {invitation.mentor}")
    return invitation, invitation.mentor.user
