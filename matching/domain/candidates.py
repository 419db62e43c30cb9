"""Who can be matched: apps above register where their people are, so that matching need not know them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

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
    #: within how many days the mentor usually answers; None as long as that cannot be said
    answers_within: int | None = None

    @property
    def free_places(self) -> int:
        """How many companies could ask now; experts, and mentors without an account, have no places."""
        person = self.person
        return free_places(self.is_mentor, person.user_id, person.places, self.taken, person.is_paused())


def free_places(is_mentor: bool, account: int | None, places: int, taken: int, is_paused: bool) -> int:
    """How many of `places` are left, of which companies hold `taken`; none without an account or during a pause."""
    if not is_mentor or account is None or is_paused:
        return 0
    return max(0, places - taken)


class PublicPerson(NamedTuple):
    """A person with a public page, and that page, as the database gives them: what scores and cards are made of."""

    key: int
    is_mentor: bool
    is_expert: bool
    url_path: str
    headline: str
    #: the language of the headline, if it is another one than that of the tree
    written_in: str
    #: how many of the places companies hold already
    taken: int
    answers_within: int | None
    verified_on: date
    user: int | None
    name: str
    title: str
    photo: int | None
    company: int | None
    place: int
    #: JSON
    formats: str
    online: bool
    on_site_radius: int
    places: int
    paused_until: date | None
    #: of the place, JSON
    names: str
    country: str
    latitude: float
    longitude: float
    #: "de:2,en:1", with levels
    languages: str | None
    #: keys of companies they do not work for, "4,7"
    barred: str | None


class PeopleProvider(Protocol):
    """Where the people are who have a page that the public may see."""

    def shown(self, language: str) -> QuerySet[Any]:
        """Person rows with a public page in the tree of `language`, each with `is_mentor` and `taken` (places)."""

    def mentors(self, language: str) -> QuerySet[Any]:
        """Person rows with a public page as a mentor in the tree of `language`."""

    def kinds(self) -> list[str]:
        """The kinds of documents that search holds about people."""

    def of_object(self, key: str) -> int | None:
        """Whom an object of these kinds is about, by the key that search knows it under; None if it is about nobody."""

    def held_places(self) -> QuerySet[Any]:
        """A row {"person": key} for every place of a mentor that is taken."""

    def facts(self, people: Iterable[int], language: str) -> dict[int, PublicPerson]:
        """The facts of those of `people` (keys) who have a public page in the tree of `language`; one query, or none."""

    def profiles(self, people: Iterable[int], language: str) -> dict[int, Profile]:
        """Their profiles; no query for those whose facts have been read, but for one if any has a photo."""


_registered: list[PeopleProvider] = []


def register(provider: PeopleProvider) -> None:
    """Makes people known to matching; the app above calls it when it is ready."""
    _registered[:] = [provider]


def people() -> PeopleProvider:
    """Where the people are; raises LookupError while no app has said so."""
    if not _registered:
        raise LookupError("no app has registered its people with matching")
    return _registered[0]
