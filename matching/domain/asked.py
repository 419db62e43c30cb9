"""The topics that are asked for, read as a need that people and companies can be measured against."""

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
from portal.core.domain.prepared import Sql, prepared
from portal.topics.models import PageTopic

#: the vocabulary; of the topics that are asked for, and those above and below them, who carries them
READ = """SELECT * FROM (
WITH RECURSIVE asked(pk) AS (SELECT words.pk FROM (SELECT id AS pk FROM topics_topic) AS words WHERE {is_asked}),
below(pk) AS (
    SELECT pk FROM asked
    UNION SELECT topic.id FROM below JOIN topics_topic AS topic ON topic.broader_id = below.pk
),
above(pk) AS (
    SELECT pk FROM asked
    UNION SELECT topic.broader_id FROM above JOIN topics_topic AS topic ON topic.id = above.pk
    WHERE topic.broader_id IS NOT NULL
)
SELECT words.*, words.pk IN (SELECT pk FROM asked),
    CASE WHEN words.pk IN (SELECT pk FROM below UNION SELECT pk FROM above) THEN
        (SELECT {listing}(CAST(carrier.content_object_id AS text), ',') FROM {link} AS carrier
            WHERE carrier.tag_id = words.pk) END,
    (SELECT COUNT(*) FROM {among}), {weights}
FROM ({words}) AS words
LEFT JOIN {settings} AS setting ON setting.site_id = (SELECT id FROM wagtailcore_site WHERE is_default_site)
) AS vocabulary ORDER BY pk
"""

#: how each database writes values behind each other
LISTING = {"sqlite": "group_concat", "postgresql": "string_agg"}

#: the parts of Weights, in the order of their columns
PARTS = [part.name for part in fields(Weights)]


def topics_of_row(about: models.Model) -> Sql:
    """Whether a topic is one of those that `about` carries: a page, a company, a person."""
    carried = f"SELECT tag_id FROM {link(type(about))._meta.db_table} WHERE content_object_id = %s"
    return f"words.pk IN ({carried})", [about.pk]


def topics_among(keys: Collection[int]) -> Sql:
    """Whether the key of a topic is one of `keys`."""
    keys = list(keys) or [-1]
    return f"words.pk IN ({', '.join(['%s'] * len(keys))})", keys


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


def read_need(facts: NeedFacts, is_asked: Sql, language: str, among: type[models.Model]) -> Asked:
    """The topics for which `is_asked` holds, by how rare they are among the rows of `among`, a model with topics (Person,
    Company, Page).

    One query, which brings along what coordinators have set: the weights cost no query of their own.
    """
    words = _words(language)
    asked, asked_params = is_asked
    tables = {
        "link": link(among)._meta.db_table,
        "among": among._meta.db_table,
        "settings": MatchingWeights._meta.db_table,
        "weights": ", ".join(f'setting."{name}"' for name in PARTS),
        "listing": LISTING[connection.vendor],
    }
    with connection.cursor() as cursor:
        cursor.execute(READ.format(is_asked=asked, words=words.sql, **tables), [*asked_params, *words.params])
        rows = cursor.fetchall()
    vocabulary = Vocabulary(Term(*row[: len(TERM)]) for row in rows)
    topics = {row[0]: row[len(TERM) : len(TERM) + 3] for row in rows}
    carriers = {topic: listed for topic, (_is_asked, listed, _all) in topics.items() if listed}
    rarities = {
        topic: rarity(people, listed.count(",") + 1 if listed else 0)
        for topic, (is_asked, listed, people) in topics.items()
        if is_asked
    }
    worth = {topic: worth_towards(topic, vocabulary) for topic in rarities}
    need = Need(rarities, worth, facts, _weights(rows[0][-len(PARTS) :] if rows else []))
    return Asked(need, vocabulary, carriers)


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
