"""The topics that are asked for, read as a need that people and companies can be measured against."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from django.db import connection, models
from wagtail.models import Page

from matching.domain.needs import NeedFacts
from matching.domain.scoring import Need, rarity, worth_towards
from matching.domain.vocabulary import TERM, Term, Vocabulary, topic_rows
from matching.models import WHOLE, MatchingWeights
from matching.rules import Weights
from portal.topics.models import PageTopic

#: a piece of SQL and its parameters
Sql = tuple[str, list[Any]]

READ = """SELECT words.*, CASE WHEN {is_asked} THEN (SELECT COUNT(*) FROM {link} AS carrier WHERE carrier.tag_id = words.pk) END,
    (SELECT COUNT(*) FROM {among}), {weights}
FROM ({words}) AS words
LEFT JOIN {settings} AS setting ON setting.site_id = (SELECT id FROM wagtailcore_site WHERE is_default_site)
ORDER BY words.pk
"""

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


def read_need(
    facts: NeedFacts, is_asked: Sql, language: str, among: type[models.Model]
) -> tuple[Need, Vocabulary]:
    """The topics for which `is_asked` holds, by how rare they are among the rows of `among`, and the vocabulary in the
    words of `language`. `among` is a model with topics (Person, Company, Page).

    One query, which brings along what coordinators have set: the weights cost no query of their own.
    """
    words, params = _words(language, connection.vendor)
    asked, asked_params = is_asked
    tables = {
        "link": link(among)._meta.db_table,
        "among": among._meta.db_table,
        "settings": MatchingWeights._meta.db_table,
        "weights": ", ".join(f'setting."{name}"' for name in PARTS),
    }
    with connection.cursor() as cursor:
        cursor.execute(READ.format(is_asked=asked, words=words, **tables), [*asked_params, *params])
        rows = cursor.fetchall()
    vocabulary = Vocabulary(Term(*row[: len(TERM)]) for row in rows)
    counts = {row[0]: row[len(TERM) : len(TERM) + 2] for row in rows}
    rarities = {
        topic: rarity(people, carriers)
        for topic, (carriers, people) in counts.items()
        if carriers is not None
    }
    worth = {topic: worth_towards(topic, vocabulary) for topic in rarities}
    return Need(rarities, worth, facts, _weights(rows[0][-len(PARTS) :] if rows else [])), vocabulary


def _weights(percents: Sequence[int | None]) -> Weights:
    """What stands in the settings; the usual weights as long as nothing does."""
    known = zip(PARTS, percents, strict=False)
    return Weights(**{name: value / WHOLE for name, value in known if value is not None})


def read_carried(need: Need, among: type[models.Model], without: Iterable[int] = ()) -> dict[int, set[int]]:
    """The rows of `among` that carry topics which count for `need`, with these topics, except the rows `without`."""
    carried: dict[int, set[int]] = {}
    rows = link(among).objects.filter(tag__in=need.earned_by).exclude(content_object__in=list(without))
    for key, topic in rows.values_list("content_object_id", "tag_id") if need.earned_by else ():
        carried.setdefault(key, set()).add(topic)
    return carried


def link(model: type[models.Model]) -> Any:
    """The table that links rows of `model` with their topics; pages of all kinds share one."""
    if issubclass(model, Page):
        return PageTopic
    field: Any = model._meta.get_field("topics")
    return field.remote_field.through


@cache
def _words(language: str, _vendor: str) -> Sql:
    """The vocabulary as a query; put together once, for it takes longer than the query itself."""
    sql, params = topic_rows(language).order_by().values(*TERM).query.sql_with_params()
    return sql, list(params)
