"""What the processes do in the tests of races: steps of the domain, by keys, as views make them."""

from django.core.exceptions import PermissionDenied
from django.test import Client

from mentoring.domain import invitations, requests, rounds
from mentoring.domain.gate import TransitionNotAllowed
from mentoring.domain.round_work import send_all
from mentoring.enums import DeclineReason
from mentoring.models import Invitation, MentoringRequest, Round
from portal.accounts.models import User
from portal.members.domain import verification
from portal.members.models import Company, Membership, Person
from portal.members.registry import write_facts

#: what a job returns: the step was made, or refused with a sentence; everything else is an error that a reader would see
DONE, REFUSED = "done", "refused"


def outcome(name: str, *args: object) -> str:
    """What comes of the job `name`."""
    try:
        globals()[name](*args)
    except (TransitionNotAllowed, PermissionDenied):
        return REFUSED
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return DONE


def submit(request: int, by: int, company: int) -> None:
    row = MentoringRequest.objects.get(pk=request)
    requests.submit(row, User.objects.get(pk=by), Company.objects.get(pk=company))


def withdraw(request: int) -> None:
    row = MentoringRequest.objects.select_related("asker").get(pk=request)
    requests.withdraw(row, row.asker)


def see(invitation: int) -> None:
    row = _invitation(invitation)
    invitations.see(row, row.mentor.user)


def accept(invitation: int) -> None:
    row = _invitation(invitation)
    invitations.accept(row, row.mentor.user)


def decline(invitation: int) -> None:
    row = _invitation(invitation)
    invitations.decline(row, row.mentor.user, DeclineReason.NO_TIME)


def change(person: int, **facts: object) -> None:
    row = Person.objects.select_related("user").get(pk=person)
    write_facts(row, row.user, lambda: Person.objects.filter(pk=person).update(**facts))


def pause(person: int) -> None:
    change(person, paused_until="2099-01-01")


def resume(person: int) -> None:
    change(person, paused_until=None)


def set_places(person: int, places: int) -> None:
    change(person, places=places)


def unverify(person: int, by: int) -> None:
    verification.withdraw(Person.objects.get(pk=person), User.objects.get(pk=by))


def verify(company: int, by: int) -> None:
    verification.verify(Company.objects.get(pk=company), User.objects.get(pk=by))


def confirm(membership: int, by: int) -> None:
    verification.confirm(Membership.objects.get(pk=membership), User.objects.get(pk=by))


def confirm_round(row: int, by: int, version: int) -> None:
    rounds.confirm(Round.objects.get(pk=row), User.objects.get(pk=by), version)


def send_rounds() -> None:
    send_all()


def post(path: str, by: int, data: dict[str, str]) -> None:
    """What a browser sends; whatever is neither a page nor a redirect is an error."""
    client = Client()
    client.force_login(User.objects.get(pk=by))
    answer = client.post(path, data)
    if answer.status_code != 302:
        raise ValueError(f"{path} answered {answer.status_code}")


def _invitation(key: int) -> Invitation:
    return Invitation.objects.select_related("mentor__user").get(pk=key)
