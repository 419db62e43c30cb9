"""Elasticsearch: holds the lists of lexemes in a cluster of its own, beside the rows in the database.

What is known of a document stays a row, with the full-text index of the database over it. An index in Elasticsearch is made of
the rows and follows them (`mirror`); a search asks there which documents score best, and everything else is done with their
rows as on every engine. So the ranking is the same one, what is deleted is not shown even if the mirror lags behind, and while
the cluster is away the lists of the database stand in for it.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from search.engines.base import EngineAway, Found, Query, Wanted
from search.engines.elasticsearch.connection import IndexMissing, server
from search.engines.elasticsearch.mirror import Mirror, Row, version_at
from search.engines.postgresql import PostgresqlEngine
from search.engines.relational import RelationalEngine
from search.engines.scoring import Posting
from search.engines.sqlite import SqliteEngine
from search.models import SearchDocument, Unmirrored
from search.schema import LANGUAGES

#: Changes that are brought over in one round.
ROUND = 200


class Mirrored(RelationalEngine):
    """An engine in the database whose lists are read elsewhere. Lives for one call: see `engines.engine`."""

    def __init__(self) -> None:
        options = settings.PORTAL_ELASTICSEARCH
        self.mirror = Mirror(server(), options["PREFIX"], LANGUAGES)
        self.seconds = options["SECONDS"]
        self.is_away = False

    def scores(self, postings: list[Posting], share: float, most: int) -> dict[int, float]:
        """See RelationalEngine: what Elasticsearch has added up, or the lists of the database in its stead."""
        try:
            return self.mirror.scored(postings, share, most, self.seconds)
        except EngineAway:
            self.is_away = True
            return super().scores(postings, share, most)

    def search(self, query: Query, wanted: list[Wanted]) -> Found:
        """See Engine."""
        found = super().search(query, wanted)
        return replace(found, is_fallback=self.is_away)

    def changed(self, written: Collection[SearchDocument], removed: Collection[SearchDocument]) -> None:
        """See RelationalEngine: remembers what the mirror has to be told once the transaction is committed."""
        Unmirrored.objects.bulk_create(
            [Unmirrored(document=row.pk, language=row.language) for row in (*removed, *written)],
            batch_size=500,
        )

    def catch_up(self) -> bool:
        """See Engine. Nothing is lost while the cluster is away: what waits goes on waiting."""
        waiting = list(Unmirrored.objects.order_by("pk")[:ROUND])
        if not waiting:
            return False
        try:
            self._bring_over(waiting)
        except IndexMissing:
            self._build()
        except EngineAway:
            return False
        return len(waiting) == ROUND

    def stand_by(self) -> None:
        """See Engine. A cluster that lost its indices, or never had any, gets them."""
        try:
            if self.mirror.missing():
                self._build()
        except EngineAway:
            return

    def clear(self) -> None:
        """See Engine."""
        with transaction.atomic():
            super().clear()
            Unmirrored.objects.all().delete()
        try:
            self.mirror.write([], self.mirror.versions(), timezone.now())
        except IndexMissing:
            self.mirror.build([])

    def settle(self) -> None:
        """See Engine. Builds the index anew beside the one that is read."""
        super().settle()
        self._build()

    def problems(self) -> list[str]:
        """See Engine. Compares keys and versions, too."""
        found = super().problems()
        try:
            extra, lacking = self._differences()
        except EngineAway as error:
            return [*found, f"Elasticsearch does not answer: {error}"]
        for part in _parts(lacking):
            sources = (
                SearchDocument.objects.filter(pk__in=part).order_by("pk").values_list("source", flat=True)
            )
            found += [f"{source} is missing in Elasticsearch, or outdated" for source in sources]
        found += [f"Elasticsearch holds {key} ({language}), which is gone" for key, language in extra]
        return found

    def state(self) -> list[str]:
        """See Engine."""
        waiting = f"{Unmirrored.objects.count()} changes wait for Elasticsearch"
        try:
            missing = self.mirror.missing()
            held = len(self.mirror.versions()) if not missing else 0
        except EngineAway as error:
            return [f"Elasticsearch does not answer, the database does instead: {error}", waiting]
        lacks = [f"Elasticsearch lacks {name}" for name in missing]
        return [f"Elasticsearch answers and holds {held} documents", *lacks, waiting]

    def _bring_over(self, waiting: list[Unmirrored]) -> None:
        wanted = {each.document: each.language for each in waiting}
        rows = list(_rows(wanted))
        shown = {row.key for row in rows}
        gone = [(key, language) for key, language in wanted.items() if key not in shown]
        self.mirror.write(rows, gone, timezone.now())
        Unmirrored.objects.filter(pk__in=[each.pk for each in waiting]).delete()

    def _build(self) -> None:
        """All rows into new indices, then whatever changed while they were read: a writer may still have told the old ones."""
        waiting = list(Unmirrored.objects.values_list("pk", flat=True))
        self.mirror.build(_rows())
        extra, lacking = self._differences()
        self.mirror.write([], extra, timezone.now())
        for part in _parts(lacking):
            self.mirror.write(_rows(part), [], timezone.now())
        for part in _parts(waiting):
            Unmirrored.objects.filter(pk__in=part).delete()

    def _differences(self) -> tuple[list[tuple[int, str]], list[int]]:
        """(key, language) of what only the mirror holds, and the keys of rows that it lacks or holds in another version."""
        held = self.mirror.versions()
        rows = SearchDocument.objects.order_by("pk").values_list("pk", "language", "indexed_at")
        lacking = [key for key, code, at in rows.iterator() if held.pop((key, code), None) != version_at(at)]
        return sorted(held), lacking


class OverSqlite(Mirrored, SqliteEngine):
    """Over the rows of SQLite."""


class OverPostgresql(Mirrored, PostgresqlEngine):
    """Over the rows of PostgreSQL."""


def _rows(keys: Collection[int] | None = None) -> Iterator[Row]:
    """The rows of these keys, of which there are few, or all; some at a time."""
    rows = SearchDocument.objects.order_by("pk").values_list("pk", "language", "terms", "indexed_at")
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    return (Row(*values) for values in rows.iterator(chunk_size=ROUND))


def _parts(keys: list[int]) -> Iterator[list[int]]:
    """`keys`, ROUND at a time."""
    return (keys[at : at + ROUND] for at in range(0, len(keys), ROUND))
