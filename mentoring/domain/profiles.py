"""Mentors and experts for those who look for people: this app's side of `matching.domain.candidates`."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Concat

from matching.domain.candidates import Profile
from mentoring.models import AnsweringHabit, ExpertPage, Invitation, MentorPage, ProfilePage
from portal.core.addresses import address_of
from portal.core.domain.kept import kept_rows
from portal.core.domain.prepared import prepared
from portal.members.models import Person
from portal.topics.models import Place

KINDS: tuple[type[ProfilePage], ...] = (MentorPage, ExpertPage)
#: so many profiles are kept in each language, and so many sources
MOST_KEPT = 5_000
#: what a card and its reasons need, in the order in which Person has its fields
PERSON = [
    *("id", "verified_on", "user_id", "name", "title", "photo_id", "company_id", "place_id", "formats"),
    *("online", "on_site_radius", "places", "paused_until"),
]
FORMATS = PERSON.index("formats")
#: and of where the person is at home
PLACE = ["id", "names", "country", "latitude", "longitude"]


class Profiles:
    """The people who have a profile that the public may see."""

    def shown(self, language: str) -> QuerySet[Person]:
        """Verified people with a published profile in the tree of `language`, with `is_mentor`, `is_expert`, `taken`."""
        return (
            Person.objects.verified()
            .annotate(is_mentor=_has(MentorPage, language), is_expert=_has(ExpertPage, language))
            .annotate(taken=Invitation.objects.all().held_by(OuterRef("pk")))
            .filter(Q(is_mentor=True) | Q(is_expert=True))
        )

    def mentors(self, language: str) -> QuerySet[Person]:
        """Verified people with a published profile as a mentor in the tree of `language`."""
        return Person.objects.verified().filter(_has(MentorPage, language))

    def kinds(self) -> list[str]:
        """The kinds of documents that search holds about people."""
        return [kind.kind for kind in KINDS]

    def of_documents(self, sources: Iterable[str]) -> dict[str, int]:
        """Whom the documents `sources` are about (keys of people), as search names them; in one query."""
        return _of_documents(list(sources))

    def held_places(self) -> QuerySet[Any]:
        """A row {"person": key} for every place of a mentor that an invitation holds."""
        return Invitation.objects.order_by().holding_a_place().values(person=F("mentor"))

    def habits(self) -> QuerySet[Any]:
        """A row {"person": key, "days": within how many they usually answer} for every mentor of whom that can be said."""
        return AnsweringHabit.objects.order_by().values("days", person=F("mentor"))

    def profiles(self, people: Iterable[int], language: str) -> dict[int, Profile]:
        """The profiles of `people` (keys) in the tree of `language`, in two queries (three with photos), or none; who has none
        is left out."""
        return _profiles(language, list(people))


@kept_rows(MOST_KEPT)
def _of_documents(sources: list[str]) -> dict[str, int]:
    pages = {int(source.rpartition(":")[2]): source for source in sources}
    return {pages[page]: person for page, person in _pages().rows("page", pages)}


@kept_rows(MOST_KEPT)
def _profiles(language: str, people: list[int]) -> dict[int, Profile]:
    known = _persons(people)
    if not known:
        return {}
    found: dict[int, dict[str, Words]] = {}
    for kind, person, *words in _words(language).rows("whom", known):
        found.setdefault(person, {})[kind] = Words(*words)
    return {
        key: Profile(
            person=known[key],
            url=address_of(words.url_path) or "",
            headline=words.headline,
            language=words.written_in or language,
            is_mentor=MentorPage.kind in pages,
            is_expert=ExpertPage.kind in pages,
            taken=known[key].taken,
            answers_within=known[key].answers_within,
        )
        for key, pages in found.items()
        for words in [pages.get(MentorPage.kind) or pages[ExpertPage.kind]]
    }


class Words(NamedTuple):
    """What the card of a person needs of a page."""

    url_path: str
    headline: str
    written_in: str


def _persons(keys: Iterable[int]) -> dict[int, Any]:
    """Those of the people `keys` who are verified, with `taken`, `answers_within`, place and photo; a query more if any has a photo."""
    persons: dict[int, Any] = {}
    for row in _facts().rows("id", keys):
        *facts, names, country, latitude, longitude, taken, answers_within = row
        facts[FORMATS] = json.loads(facts[FORMATS])
        person: Any = Person.from_db(connection.alias, PERSON, facts)
        person.place = _place(person.place_id, names, country, latitude, longitude)
        person.taken, person.answers_within = taken, answers_within
        persons[person.pk] = person
    prefetch_related_objects([person for person in persons.values() if person.photo_id], "photo")
    return persons


@prepared
def _facts() -> QuerySet[Any]:
    """PERSON, PLACE, how many of their places are taken and how soon they answer, of all verified people."""
    taken = Invitation.objects.all().held_by(OuterRef("pk"))
    place = [f"place__{column}" for column in PLACE[1:]]
    rows = Person.objects.verified().order_by().annotate(taken=taken)
    return rows.values_list(*PERSON, *place, "taken", "answering_habit__days")


@lru_cache(maxsize=1_000)
def _place(key: int, names: str, *facts: Any) -> Place:
    """The place with these PLACE: many people live in the same one."""
    return Place.from_db(connection.alias, PLACE, [key, json.loads(names), *facts])


@prepared
def _words(language: str) -> QuerySet[Any]:
    """(kind, person, url_path, headline, written_in) of the published pages in the tree of `language`."""
    rows = [
        _in_tree(kind, language)
        .order_by()
        .annotate(role=Value(kind.kind), whom=F("person"))
        .values_list("role", "whom", "url_path", "headline", "written_in")
        for kind in KINDS
    ]
    return rows[0].union(*rows[1:], all=True)


@prepared
def _pages() -> QuerySet[Any]:
    """(page, person) of every profile."""
    rows = [
        kind.objects.order_by().annotate(page=F("pk"), whom=F("person")).values_list("page", "whom")
        for kind in KINDS
    ]
    return rows[0].union(*rows[1:], all=True)


def profile_of(page: ProfilePage, taken: int) -> Profile:
    """The profile that one page shows, of a person of whose places so many are `taken`."""
    return Profile(
        person=page.person,
        url=page.url,
        headline=page.headline,
        language=page.words_language,
        is_mentor=isinstance(page, MentorPage),
        is_expert=isinstance(page, ExpertPage),
        taken=taken,
    )


def _has(page_class: type[ProfilePage], language: str) -> Exists:
    """Whether a person has a published page of that type in the tree of `language`."""
    return Exists(_in_tree(page_class, language).filter(person=OuterRef("pk")))


def _in_tree(page_class: type[ProfilePage], language: str) -> QuerySet[Any]:
    """The published pages of that type in the tree of `language`, for whoever asks for certain people.

    The language is compared as an expression, which no index serves: SQLite would else walk through all pages of the
    language for each person, at 10,000 people for minutes.
    """
    return (
        page_class.objects.live().alias(tree=Concat("locale__language_code", Value(""))).filter(tree=language)
    )
