"""The topics that are asked for, read as a need that people and companies can be measured against."""

import json
from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import QuerySet
from wagtail.models import Page

from matching.domain.needs import NeedFacts
from matching.domain.scoring import Need, rarity, worth_towards
from matching.domain.vocabulary import TERM, Term, Vocabulary, topic_rows
from matching.models import WHOLE, MatchingWeights
from matching.rules import Weights
from portal.core.domain.kept import at_one_time, kept, kept_rows
from portal.core.domain.prepared import joined, keys_table, prepared
from portal.topics.models import PageTopic

#: the vocabulary, how many there are in all, and what coordinators have set
READ = """SELECT words.*, (SELECT COUNT(*) FROM {among}), {weights}
FROM ({words}) AS words
LEFT JOIN {settings} AS setting ON setting.site_id = (SELECT id FROM wagtailcore_site WHERE is_default_site)
ORDER BY words.pk"""

#: who carries each topic
CARRIERS = "SELECT asked.key, (SELECT {carriers} FROM {link} WHERE tag_id = asked.key) FROM {asked} AS asked"

#: more topics than a vocabulary has
MOST_TOPICS = 10_000

#: the parts of Weights, in the order of their columns
PARTS = [part.name for part in fields(Weights)]


class Basis:
    """What all needs are measured by: the vocabulary in the words of a language, the weights, and how many `among` are."""

    def __init__(self, language: str, among: type[models.Model]) -> None:
        words = _words(language)
        sql = READ.format(
            words=words.sql,
            among=among._meta.db_table,
            settings=MatchingWeights._meta.db_table,
            weights=", ".join(f'setting."{name}"' for name in PARTS),
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, words.params)
            rows = cursor.fetchall()
        self.vocabulary = Vocabulary(Term(*row[: len(TERM)]) for row in rows)
        self.number: int = rows[0][len(TERM)] if rows else 0
        self.weights = _weights(rows[0][-len(PARTS) :] if rows else [])


_basis_of = kept(Basis)


@kept_rows(MOST_TOPICS)
def _carriers(among: type[models.Model], topics: list[int]) -> dict[int, str]:
    """Who of `among` carries each of `topics`: keys behind commas; one query."""
    sql = CARRIERS.format(
        carriers=joined("content_object_id"), link=link(among)._meta.db_table, asked=keys_table()
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(topics)])
        return dict(cursor.fetchall())


class Asked(NamedTuple):
    """A need, the vocabulary in the words of a language, and who carries each topic that counts: keys behind commas."""

    need: Need
    vocabulary: Vocabulary
    carriers: dict[int, str]

    def carried(self, without: Collection[int] = ()) -> dict[int, set[int]]:
        """Everybody who carries topics that count, with these topics, except `without`."""
        found: dict[int, set[int]] = {}
        for topic, listed in self.carriers.items():
            for key in map(int, listed.split(",")):
                if key not in without:
                    found.setdefault(key, set()).add(topic)
        return found


@at_one_time()
def read_need(facts: NeedFacts, topics: Collection[int], language: str, among: type[models.Model]) -> Asked:
    """A need for `topics`, by how rare they are among the rows of `among`, a model with topics (Person, Company, Page).

    Two queries; a short one as long as nothing has changed and others have asked for the same topics.
    """
    basis = _basis_of(language, among)
    vocabulary = basis.vocabulary
    worth = {topic: worth_towards(topic, vocabulary) for topic in sorted(topics) if topic in vocabulary.terms}
    carriers = _carriers(among, {topic for towards in worth.values() for topic in towards})
    rarities = {
        topic: rarity(basis.number, carriers[topic].count(",") + 1 if topic in carriers else 0)
        for topic in worth
    }
    return Asked(Need(rarities, worth, facts, basis.weights), vocabulary, carriers)


def _weights(percents: Sequence[int | None]) -> Weights:
    """What stands in the settings; the usual weights as long as nothing does."""
    known = zip(PARTS, percents, strict=False)
    return Weights(**{name: value / WHOLE for name, value in known if value is not None})


def link(model: type[models.Model]) -> Any:
    """The table that links rows of `model` with their topics; pages of all kinds share one."""
    if issubclass(model, Page):
        return PageTopic
    field: Any = model._meta.get_field("topics")
    return field.remote_field.through


@prepared
def _words(language: str) -> QuerySet[Any]:
    """The vocabulary as a query."""
    return topic_rows(language).order_by().values(*TERM)
