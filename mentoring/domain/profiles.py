"""Mentors and experts for those who look for people: this app's side of `matching.domain.candidates`."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Concat

from matching.domain.candidates import Profile, PublicPerson
from mentoring.models import ExpertPage, Invitation, MentorPage, ProfilePage
from portal.core.addresses import address_of
from portal.core.domain.kept import at_one_time, kept_rows
from portal.core.domain.prepared import PreparedQuery, joined, prepared
from portal.members.models import Person
from portal.topics.models import Place

KINDS: tuple[type[ProfilePage], ...] = (MentorPage, ExpertPage)
#: so many people and profiles are kept in each language
MOST_PEOPLE = 10_000
MOST_KEPT = 5_000
#: what a card and its reasons need, in the order in which Person has its fields
PERSON = [
    *("id", "verified_on", "user_id", "name", "title", "photo_id", "company_id", "place_id", "formats"),
    *("online", "on_site_radius", "places", "paused_until"),
]
FORMATS = PERSON.index("formats")
#: and of where the person is at home
PLACE = ["id", "names", "country", "latitude", "longitude"]

#: everybody who has a page that the public may see: a row for each page
PUBLIC = """SELECT page.*, {facts},
    (SELECT {spoken} FROM members_personlanguage AS spoken WHERE spoken.person_id = page.whom),
    (SELECT {barred} FROM members_person_excluded_companies AS barred WHERE barred.person_id = page.whom)
FROM ({pages}) AS page JOIN ({people}) AS someone ON someone.id = page.whom"""
FACTS = ["taken", "days", *PERSON[1:], *(f"place__{name}" for name in PLACE[1:])]

#: where PERSON begins and ends in a PublicPerson
OF_PERSON = slice(PublicPerson._fields.index("verified_on"), PublicPerson._fields.index("names"))


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

    def of_object(self, key: str) -> int | None:
        """Whom an object is about, by the key that search knows it under; None if it is about nobody."""
        return person_of(key)

    def held_places(self) -> QuerySet[Any]:
        """A row {"person": key} for every place of a mentor that an invitation holds."""
        return Invitation.objects.order_by().holding_a_place().values(person=F("mentor"))

    def facts(self, people: Iterable[int], language: str) -> dict[int, PublicPerson]:
        """Those of `people` (keys) who have a profile in the tree of `language`, in one query, or none."""
        return _public(language, list(people))

    @at_one_time()
    def profiles(self, people: Iterable[int], language: str) -> dict[int, Profile]:
        """Their profiles, in one query (two with photos), or none."""
        return _profiles(language, list(people))


@kept_rows(MOST_PEOPLE)
def _public(language: str, people: list[int]) -> dict[int, PublicPerson]:
    found: dict[int, PublicPerson] = {}
    for row in map(PublicPerson._make, _pages_with_people(language).rows("whom", people)):
        other = found.get(row.key)
        # who is both is shown as a mentor
        both = (row if row.is_mentor else other)._replace(is_mentor=True, is_expert=True) if other else None
        found[row.key] = both or row
    return found


@kept_rows(MOST_KEPT)
def _profiles(language: str, people: list[int]) -> dict[int, Profile]:
    found = {key: _profile(row, language) for key, row in _public(language, people).items()}
    with_photo = [profile.person for profile in found.values() if profile.person.photo_id]
    prefetch_related_objects(with_photo, "photo")
    return found


def _profile(row: PublicPerson, language: str) -> Profile:
    return Profile(
        person=_person(row),
        url=address_of(row.url_path) or "",
        headline=row.headline,
        language=row.written_in or language,
        is_mentor=bool(row.is_mentor),
        is_expert=bool(row.is_expert),
        taken=row.taken,
        answers_within=row.answers_within,
    )


def _person(row: PublicPerson) -> Person:
    """The person as the ORM would give it, with PERSON and PLACE."""
    facts = [row.key, *tuple(row)[OF_PERSON]]
    facts[FORMATS] = json.loads(row.formats)
    person = Person.from_db(connection.alias, PERSON, facts)
    person.place = _place(row.place, row.names, row.country, row.latitude, row.longitude)
    return person


def _pages_with_people(language: str) -> PreparedQuery:
    """PublicPerson, a row for each page."""
    pages, people = _pages_in(language), _people()
    sql = PUBLIC.format(
        facts=", ".join(f"someone.{name}" for name in FACTS),
        spoken=joined("spoken.language || ':' || spoken.level"),
        barred=joined("barred.company_id"),
        pages=pages.sql,
        people=people.sql,
    )
    return PreparedQuery(sql, pages.params + people.params)


@lru_cache(maxsize=1_000)
def _place(key: int, names: str, *facts: Any) -> Place:
    """The place with these PLACE: many people live in the same one."""
    return Place.from_db(connection.alias, PLACE, [key, json.loads(names), *facts])


@prepared
def _pages_in(language: str) -> QuerySet[Any]:
    """The first columns of PublicPerson: a row for each published page in the tree of `language`."""
    rows = [
        _in_tree(kind, language)
        .order_by()
        .annotate(whom=F("person"), is_mentor=Value(kind is MentorPage), is_expert=Value(kind is ExpertPage))
        .values_list("whom", "is_mentor", "is_expert", "url_path", "headline", "written_in")
        for kind in KINDS
    ]
    return rows[0].union(*rows[1:], all=True)


@prepared
def _people() -> QuerySet[Any]:
    """`id` and FACTS of every verified person."""
    rows = Person.objects.verified().order_by()
    rows = rows.annotate(
        taken=Invitation.objects.all().held_by(OuterRef("pk")), days=F("answering_habit__days")
    )
    return rows.values_list("id", *FACTS)


def person_of(key: str) -> int | None:
    """Whom the documents with an object key are about: search knows profiles by the keys of people. None for any other key."""
    return int(key) if key.isdecimal() else None


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
