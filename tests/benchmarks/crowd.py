"""People with profiles by the thousand, written past forms and signals: for measuring only."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.scratch import index_all, settled

BATCH = 500


@dataclass(frozen=True)
class Someone:
    """A mentor with an account, as far as matching and search look at them; `words` by language, in that tree."""

    name: str
    words: dict[str, str]
    #: keys of topics
    topics: list[int]
    #: language -> LanguageLevel
    languages: dict[str, int] = field(default_factory=dict)
    place: int | None = None
    places: int = 2
    facts: dict[str, Any] = field(default_factory=dict)
    answers_within: int | None = None
    #: what of the words is a headline
    headline: str = ""


def settle(crowd: Iterable[Someone]) -> list[int]:
    """Writes people, their profiles below the directory of each language, and their documents; their keys in that order."""
    from django.db import transaction

    from search.domain.indexing import batches

    keys: list[int] = []
    with settled():
        for batch in batches(crowd, BATCH):
            with transaction.atomic():
                keys += _write(batch)
    return keys


def _write(crowd: list[Someone]) -> list[int]:
    from mentoring.models import AnsweringHabit
    from portal.accounts.models import User
    from portal.members.models import Organisation, Person, PersonLanguage, PersonTopic
    from portal.topics.models import Place

    anywhere = Place.objects.order_by("-population").values_list("pk", flat=True)[0]
    partner, _created = Organisation.objects.get_or_create(
        slug="bench", defaults={"short_name": "Bench", "names": {}, "place_id": anywhere}
    )
    users = User.objects.bulk_create(
        User(email=f"{uuid.uuid4().hex}@example.org", name=someone.name) for someone in crowd
    )
    people = Person.objects.bulk_create(
        Person(
            name=someone.name[:150],
            user=user,
            home_partner=partner,
            place_id=someone.place or anywhere,
            places=someone.places,
            **{"verified_on": "2026-01-01", **someone.facts},
        )
        for someone, user in zip(crowd, users, strict=True)
    )
    both = list(zip(people, crowd, strict=True))
    PersonTopic.objects.bulk_create(
        PersonTopic(content_object=person, tag_id=topic) for person, one in both for topic in one.topics
    )
    PersonLanguage.objects.bulk_create(
        PersonLanguage(person=person, language=language, level=level)
        for person, one in both
        for language, level in one.languages.items()
    )
    AnsweringHabit.objects.bulk_create(
        AnsweringHabit(mentor=person, days=one.answers_within) for person, one in both if one.answers_within
    )
    _write_pages(both)
    return [person.pk for person in people]


def _write_pages(both: list[tuple[Any, Someone]]) -> None:
    """Page rows and the rows of MentorPage, which Django writes one by one only, and their documents."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from wagtail.models import Page

    from mentoring.models import DirectoryPage, MentorPage

    kind = ContentType.objects.get_for_model(MentorPage)
    parents = {page.language: page for page in DirectoryPage.objects.select_related("locale")}
    pages, rows = [], []
    for person, someone in both:
        key = uuid.uuid4()
        for language, words in someone.words.items():
            pages.append(_page(parents[language], person.pk, someone.name[:255], key, kind))
            rows.append((person, someone, language, words))
    pages = Page.objects.bulk_create(pages)
    columns = ["page_ptr_id", "person_id", "written_in", "headline", "about", "help_with", '"references"']
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {MentorPage._meta.db_table} ({', '.join(columns)}) VALUES (%s, %s, %s, %s, %s, '', '')",
            [
                (page.pk, person.pk, language, someone.headline[:120], words)
                for page, (person, someone, language, words) in zip(pages, rows, strict=True)
            ],
        )
    index_all(_documents(zip(pages, rows, strict=True)))


def _page(parent: Any, number: int, title: str, key: uuid.UUID, kind: Any) -> Any:
    """The row of a published page, the `number`th below `parent`."""
    from wagtail.models import Page

    return Page(
        path=Page._get_path(parent.path, parent.depth + 1, number),
        depth=parent.depth + 1,
        title=title,
        draft_title=title,
        slug=f"p{number}",
        url_path=f"{parent.url_path}p{number}/",
        locale=parent.locale,
        translation_key=key,
        content_type=kind,
        live=True,
    )


def _documents(rows: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    """As the mapper of the app above makes them."""
    from portal.topics.models import Topic
    from search.registry import DocumentData

    slugs = dict(Topic.objects.values_list("pk", "slug"))
    for page, (person, someone, language, words) in rows:
        yield (
            f"mentoring.mentorpage:{page.pk}",
            DocumentData(
                kind="mentor",
                object_key=str(person.pk),
                locale=language,
                language=language,
                url=page.url_path,
                title=page.title,
                summary=someone.headline,
                text=words,
                topics=sorted(slugs[topic] for topic in someone.topics),
            ),
        )
