"""What SQLite and PostgreSQL share: the index stands beside the rows of SearchDocument, in the portal's own database."""

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from portal.core.domain.prepared import Sql
from search.engines.base import Entry, Found, Frequencies, Match, Query, Wanted
from search.engines.lists import documents, frequencies, lists
from search.engines.narrowing import Candidate, available, narrow
from search.engines.scoring import (
    LEVELS,
    SHARE_OF_BEST,
    Posting,
    key_and_level,
    lexemes,
    plan,
    wanted_keys,
)
from search.models import LEVEL_COLUMNS, IndexVersion, SearchDocument
from search.schema import LANGUAGES

#: Documents that are looked at in one search: the best ones of a query that half of a large portal answers.
MOST_CANDIDATES = 5_000

#: A comparison with many documents looks at so many for each that is wanted.
SIMILAR_CANDIDATES = 5

COUNTING = f"INSERT INTO search_documentfrequency (language, key, {', '.join(LEVEL_COLUMNS)})"
ADDING = "ON CONFLICT (language, key) DO UPDATE SET " + ", ".join(
    f"{column} = search_documentfrequency.{column} + excluded.{column}" for column in LEVEL_COLUMNS
)
#: from (lexeme, documents) to a row for each key
BY_LEVELS = (
    "SELECT substr(lexeme, 1, 1) || substr(lexeme, 3) AS key, "
    + ", ".join(
        f"CAST(SUM(CASE WHEN substr(lexeme, 2, 1) = '{level}' THEN documents ELSE 0 END) AS integer) AS {column}"
        for level, column in enumerate(LEVEL_COLUMNS)
    )
    + " FROM ({counted}) AS counted GROUP BY 1"
)
KNOWN = f"""SELECT key, {", ".join(LEVEL_COLUMNS)} FROM search_documentfrequency
    WHERE language = %s AND NOT ({" AND ".join(f"{column} = 0" for column in LEVEL_COLUMNS)})"""

#: (language, key, by how much each level changes)
Change = tuple[str, str, list[int]]


class Inside:
    """What an engine inside the database has to do outside of it: nothing."""

    def changed(self, written: Collection[SearchDocument], removed: Collection[SearchDocument]) -> None:
        """Called in the transaction that wrote and removed these rows."""

    def catch_up(self) -> bool:
        """See Engine."""
        return False

    def stand_by(self) -> None:
        """See Engine."""

    def state(self) -> list[str]:
        """See Engine."""
        return []


class RelationalEngine(Inside, ABC):
    """An engine inside the portal's database. A subclass knows how its index reads lists."""

    @staticmethod
    @abstractmethod
    def known(language: str, keys: list[str]) -> Sql:
        """See `lists.Index`."""

    @staticmethod
    @abstractmethod
    def holding(language: str, lexemes: list[str]) -> Sql:
        """See `lists.Index`."""

    @abstractmethod
    def counted(self, language: str) -> tuple[str, list[Any]]:
        """SQL that gives (lexeme, documents) of a language as the index holds them, and its parameters."""

    def compact(self) -> None:
        """See Engine. Nothing, for an index that the database keeps compact itself."""

    @abstractmethod
    def add_counts(self, cursor: Any, changes: list[Change]) -> None:
        """Adds to the frequencies; `changes` is not empty."""

    def index(self, entries: Iterable[Entry], *, counting: bool = True) -> None:
        """See Engine. One transaction; the counts change by the difference only."""
        # of what should be but once in a tree, the last one is
        of_each = {_place(row): row for row in map(_row, entries)}
        rows = list(of_each.values())
        former = Q(source__in=[row.source for row in rows]) | Q(
            object_key__in={row.object_key for row in rows}
        )
        sources = {row.source for row in rows}
        with transaction.atomic():
            known = SearchDocument.objects.filter(former).only(
                "source", "object_key", "kind", "locale", "language", "terms"
            )
            replaced = [row for row in known if row.source in sources or _place(row) in of_each]
            SearchDocument.objects.filter(pk__in=[row.pk for row in replaced]).delete()
            SearchDocument.objects.bulk_create(rows, batch_size=100)
            if counting:
                self._count(rows, replaced)
            IndexVersion.renew()
            self.changed(rows, replaced)

    def delete(self, sources: Iterable[str]) -> None:
        """See Engine."""
        with transaction.atomic():
            rows = list(SearchDocument.objects.filter(source__in=list(sources)).only("language", "terms"))
            SearchDocument.objects.filter(pk__in=[row.pk for row in rows]).delete()
            self._count([], rows)
            IndexVersion.renew()
            self.changed([], rows)

    def search(self, query: Query, wanted: list[Wanted]) -> Found:
        """See Engine. Three queries, however many documents answer, and none for what is kept; one more if some of them are of
        people with places.
        """
        planned = plan(wanted, self.frequencies(wanted))
        scores = self.scores(planned.postings, SHARE_OF_BEST, MOST_CANDIDATES) if planned.postings else {}
        least = max(planned.least_score, SHARE_OF_BEST * max(scores.values(), default=0.0))
        candidates = _candidates({key: score for key, score in scores.items() if score >= least})
        return replace(narrow(candidates, query, available(candidates)), common=planned.common)

    def similar(self, wanted: list[Wanted], kinds: Collection[str], limit: int, budget: int) -> list[Match]:
        """See Engine. Three queries, one more each time that less than `limit` of so many are of `kinds`, and none for what is
        kept; the common words of a long text are left out first.
        """
        known = self.frequencies(wanted)
        postings = [posting for each in wanted for posting in plan([each], known, budget).postings]
        if not postings:
            return []
        most = SIMILAR_CANDIDATES * limit
        scores = self.scores(postings, 0.0, most)
        ranked = sorted(sorted(scores), key=scores.__getitem__, reverse=True)[:most]
        found: list[Match] = []
        for at in range(0, len(ranked), limit):
            found += [
                Match(document.source, document.object_key, document.kind, scores[key])
                for key, document in documents(ranked[at : at + limit]).items()
                # what is shown in another tree for want of a translation counts where it was written
                if document.locale == document.language and document.kind in kinds
            ]
            if len(found) >= limit:
                break
        return found[:limit]

    def scores(self, postings: list[Posting], share: float, most: int) -> dict[int, float]:
        """What the lists add up to for each document, by its key; `postings` is not empty.

        Documents that have less than `share` of the best one's score may be left out, and so may those of each language that
        are not among the `most` best.
        """
        held = lists(type(self), [(posting.language, posting.lexeme) for posting in postings])
        scores: dict[int, float] = {}
        for posting in postings:
            weight = posting.weight
            for key in held.get((posting.language, posting.lexeme), ()):
                scores[key] = scores.get(key, 0.0) + weight
        return scores

    def frequencies(self, wanted: list[Wanted]) -> Frequencies:
        """See Engine. One query, or none for terms that others have asked for."""
        asked = wanted_keys(wanted).items()
        return frequencies(type(self), [(language, key) for language, keys in asked for key in keys])

    def count(self) -> int:
        """See Engine."""
        return SearchDocument.objects.count()

    def clear(self) -> None:
        """See Engine."""
        with transaction.atomic(), connection.cursor() as cursor:
            SearchDocument.objects.all().delete()
            _forget_counts(cursor)
            IndexVersion.renew()

    def settle(self) -> None:
        """See Engine. Counts the frequencies anew from the index."""
        self.compact()
        with transaction.atomic(), connection.cursor() as cursor:
            _forget_counts(cursor)
            for language in LANGUAGES:
                sql, params = self.counted(language)
                by_levels = BY_LEVELS.format(counted=sql)
                cursor.execute(
                    f"{COUNTING} SELECT %s, found.* FROM ({by_levels}) AS found", [language, *params]
                )
            IndexVersion.renew()

    def problems(self) -> list[str]:
        """See Engine. Compares the counts of the index with those that the ranking uses."""
        found = []
        for language in LANGUAGES:
            sql, params = self.counted(language)
            counted = BY_LEVELS.format(counted=sql)
            for different, values, problem in (
                (
                    f"{counted} EXCEPT {KNOWN}",
                    [*params, language],
                    "are missing from the counts or counted wrongly",
                ),
                (f"{KNOWN} EXCEPT {counted}", [language, *params], "are counted, but not so in the index"),
            ):
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT count(*) FROM ({different}) AS different", values)
                    if number := cursor.fetchone()[0]:
                        found.append(f"{language}: {number} terms {problem}")
        return found

    def _count(self, more: Iterable[SearchDocument], fewer: Iterable[SearchDocument]) -> None:
        """Adds to the frequencies, always in the same order, so that two workers never wait for each other in a circle."""
        added, taken = _lexemes_of(more), _lexemes_of(fewer)
        changes: list[Change] = []
        for language in sorted(added.keys() | taken.keys()):
            difference = added[language]
            difference.subtract(taken[language])
            sums: dict[str, list[int]] = {}
            for lexeme, change in difference.items():
                key, level = key_and_level(lexeme)
                sums.setdefault(key, [0] * LEVELS)[level] = change
            changes += [(language, key, levels) for key, levels in sorted(sums.items()) if any(levels)]
        if changes:
            with connection.cursor() as cursor:
                self.add_counts(cursor, changes)


def _forget_counts(cursor: Any) -> None:
    """By hand: the ORM would first read every count, for somebody might want to hear that it goes."""
    cursor.execute("DELETE FROM search_documentfrequency")


def places(values: Collection[Any]) -> str:
    """Placeholders for `values`, as they stand in IN (...)."""
    return ", ".join(["%s"] * len(values))


def _row(entry: Entry) -> SearchDocument:
    terms = " ".join(lexemes(entry.document, entry.labels))
    return SearchDocument(source=entry.source, terms=terms, **vars(entry.document))


def _place(row: SearchDocument) -> tuple[str, str, str]:
    """What no two documents have in common."""
    return row.object_key, row.kind, row.locale


def _lexemes_of(rows: Iterable[SearchDocument]) -> dict[str, Counter[str]]:
    """In how many of the rows each lexeme stands, by language."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row.language].update(row.terms.split())
    return found


def _candidates(scores: dict[int, float]) -> list[Candidate]:
    """The documents with these scores, the best first; of equals, what was published last."""
    now = timezone.now()
    ranked = sorted(
        (-scores[key], -document.published_on, document.object_key, document.locale, document)
        for key, document in documents(scores).items()
    )
    return [
        Candidate(document, _time(document.ends_at, now), -score)
        for score, *_equals, document in ranked[:MOST_CANDIDATES]
    ]


def _time(ends_at: datetime | None, now: datetime) -> int:
    """See Candidate."""
    if ends_at is None:
        return 0
    return -1 if ends_at < now else 1
