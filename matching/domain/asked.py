"""The topics that are asked for, read as a need that people and companies can be measured against."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from django.db import connection, models

from matching.domain.needs import NeedFacts
from matching.domain.scoring import Need, rarity, worth_towards
from matching.domain.vocabulary import TERM, Term, Vocabulary, topic_rows

#: a piece of SQL and its parameters
Sql = tuple[str, list[Any]]

READ = """SELECT words.*, CASE WHEN {is_asked} THEN (SELECT COUNT(*) FROM {link} AS carrier WHERE carrier.tag_id = words.pk) END,
    (SELECT COUNT(*) FROM {among})
FROM ({words}) AS words ORDER BY words.pk
"""


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
    """The topics for which `is_asked` holds, weighed by how many rows of `among` carry them, and the vocabulary in the
    words of `language`. `among` is a model with topics (Person, Company). One query.
    """
    words, params = _words(language, connection.vendor)
    asked, asked_params = is_asked
    tables = {"link": link(among)._meta.db_table, "among": among._meta.db_table}
    with connection.cursor() as cursor:
        cursor.execute(READ.format(is_asked=asked, words=words, **tables), [*asked_params, *params])
        rows = cursor.fetchall()
    vocabulary = Vocabulary(Term(*row[:-2]) for row in rows)
    weights = {row[0]: rarity(row[-1], row[-2]) for row in rows if row[-2] is not None}
    return Need(weights, {topic: worth_towards(topic, vocabulary) for topic in weights}, facts), vocabulary


def read_carried(need: Need, among: type[models.Model], without: Iterable[int] = ()) -> dict[int, set[int]]:
    """The rows of `among` that carry topics which count for `need`, with these topics, except the rows `without`."""
    carried: dict[int, set[int]] = {}
    rows = link(among).objects.filter(tag__in=need.earned_by).exclude(content_object__in=list(without))
    for key, topic in rows.values_list("content_object_id", "tag_id") if need.earned_by else ():
        carried.setdefault(key, set()).add(topic)
    return carried


def link(model: type[models.Model]) -> Any:
    """The table that links rows of `model` with their topics."""
    field: Any = model._meta.get_field("topics")
    return field.remote_field.through


@cache
def _words(language: str, _vendor: str) -> Sql:
    """The vocabulary as a query; put together once, for it takes longer than the query itself."""
    sql, params = topic_rows(language).order_by().values(*TERM).query.sql_with_params()
    return sql, list(params)
