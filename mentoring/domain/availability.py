"""What follows when the facts of a mentor change: open invitations that no longer hold are passed on, at once."""

from collections.abc import Callable

from mentoring.domain.gate import move
from mentoring.domain.places import Mentors, holding, takes_requests
from mentoring.enums import Event
from mentoring.models import Invitation, RankedMentor
from portal.accounts.models import User
from portal.members.models import Person


def change(person: Person, by: User | None, write: Callable[[], None]) -> int:
    """Calls `write`, which saves new facts of `person`, and passes on the open invitations that these no longer allow.

    All in one transaction that holds the mentor's lock, so that nobody is asked meanwhile. Returns how many were passed
    on: all if the mentor is paused, no longer verified or without a profile; else those of the mentor's own and of
    excluded companies, and those beyond the number of places, the latest first. What was accepted stays.
    """

    def act(mentors: Mentors) -> int:
        write()
        current = mentors[person.pk]
        current.refresh_from_db()
        leaving = _beyond(current)
        for invitation in leaving:
            move(invitation.request_id, Event.SUPERSEDE, by, mentors)
        return len(leaving)

    return holding(lambda: _involved(person), act)


def _beyond(mentor: Person) -> list[Invitation]:
    """The open invitations that `mentor` can no longer keep, the latest first."""
    latest = list(Invitation.objects.filter(mentor=mentor).open().order_by("-created_at", "-pk"))
    if not takes_requests(mentor):
        return latest
    unwanted = {mentor.company_id, *mentor.excluded_companies.values_list("pk", flat=True)}
    leaving = [invitation for invitation in latest if invitation.company_id in unwanted]
    staying = [invitation for invitation in latest if invitation.company_id not in unwanted]
    taken = Invitation.objects.filter(mentor=mentor).holding_a_place().count() - len(leaving)
    return leaving + staying[: max(0, taken - mentor.places)]


def _involved(person: Person) -> set[int]:
    """The mentor, and everybody whom the companies that wait for an answer have named as well."""
    waiting = Invitation.objects.filter(mentor=person).open()
    named = RankedMentor.objects.filter(request__in=waiting.values("request"))
    return {person.pk, *named.values_list("mentor", flat=True)}
