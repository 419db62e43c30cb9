"""What the index inside the database holds: how often terms stand in it, which documents hold a lexeme, and the documents themselves.

All of it is read once and kept until the index changes (`portal.core.domain.kept`), for most searches ask for terms that others
have asked for. Written by hand: a long query asks for hundreds of terms, on which the ORM spends more time than the database.
"""

import json
from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from django.db import connection
from django.utils import timezone

from portal.core.domain.kept import kept, kept_rows
from portal.core.domain.prepared import Sql, keys_table
from search.engines.base import Frequencies

#: So many terms are kept with how often they stand in the index, so many entries of lists (4 bytes each), and so many documents.
MOST_TERMS = 20_000
MOST_ENTRIES = 3_000_000
MOST_DOCUMENTS = 20_000

DOCUMENTS = """SELECT d.id, d.source, d.object_key, d.kind, d.locale, d.language, d.topics, d.region, d.country, d.level,
        d.ends_at, d.published_on
    FROM {keys} AS asked CROSS JOIN search_searchdocument AS d WHERE d.id = asked.key"""

#: (language, key or lexeme)
Term = tuple[str, str]


class Index(Protocol):
    """How the full-text index of a database is read."""

    @staticmethod
    def known(language: str, keys: list[str]) -> Sql:
        """SQL that gives the rows (language, key, *LEVEL_COLUMNS) of those of `keys` that are counted."""

    @staticmethod
    def holding(language: str, lexemes: list[str]) -> Sql:
        """SQL that gives (language, lexeme, keys of the documents that hold it, with commas between them)."""


class Document(NamedTuple):
    """What results are narrowed and sorted by."""

    source: str
    object_key: str
    kind: str
    locale: str
    language: str
    topics: tuple[str, ...]
    region: str
    country: str
    level: str
    ends_at: datetime | None
    #: as a number, 20261129; 0: not known
    published_on: int


@kept
def index_version() -> str | None:
    """Another one after each change of the index; None before the first one.

    Asked for only after a change of anything: whoever needs the vocabulary as well, as every search does, knows already of none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(version AS text) FROM search_indexversion")
        row = cursor.fetchone()
    return row and row[0]


@kept_rows(MOST_TERMS, state=index_version)
def frequencies(index: type[Index], terms: list[Term]) -> Frequencies:
    """How many documents hold each of the keys `terms`; see `base.Frequencies`."""
    return {(language, key): held for language, key, *held in _read(index.known, terms)}


@kept_rows(MOST_ENTRIES, size=len, state=index_version)
def lists(index: type[Index], lexemes: list[Term]) -> dict[Term, Sequence[int]]:
    """The keys of the documents that hold each of `lexemes`."""
    return {
        (language, lexeme): array("I", map(int, held.split(",")))
        for language, lexeme, held in _read(index.holding, lexemes)
        if held
    }


@kept_rows(MOST_DOCUMENTS, state=index_version)
def documents(keys: Collection[int]) -> dict[int, Document]:
    """The documents `keys`."""
    with connection.cursor() as cursor:
        cursor.execute(DOCUMENTS.format(keys=keys_table()), [json.dumps(list(keys))])
        return {row[0]: _document(*row[1:]) for row in cursor.fetchall()}


def _document(
    source: str,
    object_key: str,
    kind: str,
    locale: str,
    language: str,
    topics: str,
    region: str,
    country: str,
    level: str,
    ends_at: datetime | None,
    published_on: date | None,
) -> Document:
    if ends_at and timezone.is_naive(ends_at):  # so says a plain cursor on SQLite
        ends_at = timezone.make_aware(ends_at, UTC)
    day = int(published_on.strftime("%Y%m%d")) if published_on else 0
    return Document(
        source, object_key, kind, locale, language, _slugs(topics), region, country, level, ends_at, day
    )


def _read(asking: Callable[[str, list[str]], Sql], terms: Iterable[Term]) -> list[tuple[Any, ...]]:
    """The rows of one query for the terms of all languages."""
    by_language: dict[str, list[str]] = {}
    for language, term in terms:
        by_language.setdefault(language, []).append(term)
    asked = [asking(language, found) for language, found in by_language.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sql for sql, _params in asked),
            [value for _sql, params in asked for value in params],
        )
        return cursor.fetchall()


@lru_cache(maxsize=10_000)
def _slugs(topics: str) -> tuple[str, ...]:
    """Both databases give JSON to a plain cursor as text; many documents carry the same topics."""
    return tuple(json.loads(topics))
