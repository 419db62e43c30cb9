"""Who can be matched: apps above register where their people are, so that matching need not know them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from portal.members.models import Person


@dataclass(frozen=True)
class Profile:
    """A person as a reader of one language finds them; `person` comes with place and photo."""

    person: Person
    url: str
    headline: str
    #: the language of the headline
    language: str
    is_mentor: bool
    is_expert: bool
    #: how many of the mentor's places companies hold already
    taken: int = 0

    @property
    def free_places(self) -> int:
        """How many companies could ask now; experts, and mentors without an account, have no places."""
        person = self.person
        if not self.is_mentor or person.user_id is None or person.is_paused():
            return 0
        return max(0, person.places - self.taken)


class PeopleProvider(Protocol):
    """Where the people are who have a page that the public may see."""

    def shown(self, language: str) -> QuerySet[Any]:
        """Person rows with a public page in the tree of `language`, each with `is_mentor`."""

    def profiles(self, people: Iterable[int], language: str) -> dict[int, Profile]:
        """The profiles of `people` (keys) in one query; whoever has no public page is left out."""


_registered: list[PeopleProvider] = []


def register(provider: PeopleProvider) -> None:
    """Makes people known to matching; the app above calls it when it is ready."""
    _registered[:] = [provider]


def people() -> PeopleProvider:
    """Where the people are; raises LookupError while no app has said so."""
    if not _registered:
        raise LookupError("no app has registered its people with matching")
    return _registered[0]
