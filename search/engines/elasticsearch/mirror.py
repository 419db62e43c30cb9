"""The index in Elasticsearch: for each language one, behind an alias, made of the rows of SearchDocument.

A document there is the row's key and its lexemes, which nothing but whitespace separates. A row that changes is a new row with
a new key, so documents never change: they come and go. When a row was written is the version of its document, so that of two
writers who meet, the later one wins, whoever arrives first.
"""

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from elasticsearch import Elasticsearch

from search.engines.base import EngineAway
from search.engines.elasticsearch.connection import IndexMissing, Server
from search.engines.scoring import Posting

MAPPING = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": {
        "row": {"type": "long", "index": False},
        # A lexeme holds its weight itself: neither places nor lengths are stored.
        "terms": {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"},
    },
}
SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}

#: Rows of one request, some 2 MB.
BATCH = 200
#: Documents of one answer when all are compared.
PAGE = 5_000
#: Seconds that a request waits which looks, writes or builds; no reader waits for it.
LOOKING = 2.0
WRITING = 10.0
BUILDING = 60.0
#: Documents of each language that a search asks for first: mostly, the last of them is not good enough any more.
FIRST = 250
#: What a second request of a search may still take, whatever the first one took.
LEAST_WAIT = 0.05
#: The last word on which documents are good enough is the database's, which counts in double precision.
MARGIN = 0.999

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Row(NamedTuple):
    """A row of SearchDocument, as far as the mirror shows it."""

    key: int
    language: str
    terms: str
    written_at: datetime

    @property
    def version(self) -> int:
        return version_at(self.written_at)


def version_at(moment: datetime) -> int:
    """The version of what happened at `moment`: microseconds since 1970."""
    return (moment - EPOCH) // timedelta(microseconds=1)


class Mirror:
    """The indices of the portal on one server."""

    def __init__(self, server: Server, prefix: str, languages: Iterable[str]) -> None:
        self.server = server
        self.aliases = {language: f"{prefix}-{language}" for language in languages}

    def scored(self, postings: list[Posting], share: float, most: int, seconds: float) -> dict[int, float]:
        """{key: score} of the `most` best documents of each language that have `share` of the best one's score.

        One request for all languages together; one more if that brings too few of them.
        """
        queries = _queries(postings)
        started = time.monotonic()
        size = min(FIRST, most) if share else most
        hits = self._search(queries, {"size": size}, seconds)
        least = share * MARGIN * max((score for found in hits.values() for _key, score in found), default=0.0)
        if more := [
            language
            for language, found in hits.items()
            if len(found) == size < most and found[-1][1] >= least
        ]:
            seconds = max(LEAST_WAIT, seconds - (time.monotonic() - started))
            rest = {language: queries[language] for language in more}
            hits |= self._search(rest, {"size": most, "min_score": least}, seconds)
        return {key: score for found in hits.values() for key, score in found if score >= least}

    def write(self, rows: Iterable[Row], gone: Iterable[tuple[int, str]], now: datetime) -> None:
        """Shows `rows` and forgets what is `gone`, (key, language); readers see it at once. Older versions give way silently."""
        forgotten = [
            {"delete": {"_index": self.aliases[language], "_id": str(key), **_version(version_at(now))}}
            for key, language in gone
        ]
        operations = [*forgotten, *_operations(rows, self.aliases)]
        self.server.ask(lambda client: _bulk(client, operations, refresh=True, require_alias=True), WRITING)

    def build(self, rows: Iterable[Row]) -> None:
        """Builds new indices beside the ones that are read, switches over in one moment, and removes the old ones."""
        new = {language: f"{alias}-{_stamp(datetime.now(UTC))}" for language, alias in self.aliases.items()}
        self.server.ask(lambda client: self._build(client, new, rows), BUILDING)

    def versions(self) -> dict[tuple[int, str], int]:
        """{(key, language): version} of all documents."""
        return self.server.ask(lambda client: dict(self._versions(client)), BUILDING)

    def missing(self) -> list[str]:
        """The aliases that do not exist."""
        return self.server.ask(
            lambda client: [
                name for name in self.aliases.values() if not client.indices.exists_alias(name=name)
            ],
            LOOKING,
        )

    def remove(self) -> None:
        """Takes every index away."""
        self.server.ask(self._remove, BUILDING)

    def _search(
        self, queries: dict[str, dict[str, Any]], body: dict[str, Any], seconds: float
    ) -> dict[str, list[tuple[int, float]]]:
        """(key, score) of the best documents of each language, the best first."""
        common = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["row"]}
        searches: list[dict[str, Any]] = []
        for language, query in queries.items():
            searches += [
                {"index": self.aliases[language]},
                {**common, "track_total_hits": False, **body, "query": query},
            ]
        answer = self.server.ask(lambda client: client.msearch(searches=searches), seconds)
        for each in answer["responses"]:
            if "error" in each:
                _raise(each["error"])
        return {
            language: [(hit["fields"]["row"][0], hit["_score"]) for hit in each["hits"]["hits"]]
            for language, each in zip(queries, answer["responses"], strict=True)
        }

    def _build(self, client: Elasticsearch, new: dict[str, str], rows: Iterable[Row]) -> None:
        try:
            for name in new.values():
                client.indices.create(index=name, mappings=MAPPING, settings=SETTINGS)
            rest = iter(rows)
            while batch := list(islice(rest, BATCH)):
                _bulk(client, _operations(batch, new))
            # One segment for each language: a question looks into every one.
            client.indices.forcemerge(index=list(new.values()), max_num_segments=1)
            client.indices.refresh(index=list(new.values()))
        except BaseException:
            client.indices.delete(index=list(new.values()), ignore_unavailable=True)
            raise
        old = self._indices(client)
        actions = [{"remove": {"index": name, "alias": alias}} for name, alias in old.items() if alias]
        actions += [{"add": {"index": new[code], "alias": alias}} for code, alias in self.aliases.items()]
        client.indices.update_aliases(actions=actions)
        # Without an alias, an index is being built by somebody else, or was, a day ago.
        yesterday = _stamp(datetime.now(UTC) - timedelta(days=1))
        former = [name for name, alias in old.items() if alias or name.rpartition("-")[2] < yesterday]
        if former:
            client.indices.delete(index=former, ignore_unavailable=True)

    def _indices(self, client: Elasticsearch) -> dict[str, str]:
        """{index: its alias, if it has one} of all that were ever built here and not removed."""
        patterns = [f"{alias}-*" for alias in self.aliases.values()]
        found = client.indices.get_alias(index=patterns, ignore_unavailable=True)
        return {name: next(iter(each["aliases"]), "") for name, each in found.items()}

    def _remove(self, client: Elasticsearch) -> None:
        if names := list(self._indices(client)):
            client.indices.delete(index=names, ignore_unavailable=True)

    def _versions(self, client: Elasticsearch) -> Iterator[tuple[tuple[int, str], int]]:
        """Page by page in the order of the keys, which no change disturbs."""
        options: dict[str, Any] = {
            "version": True,
            "source": False,
            "sort": "row",
            "size": PAGE,
            "track_total_hits": False,
        }
        for language, alias in self.aliases.items():
            page: list[Any] = [{"sort": [0]}]
            while page:
                page = client.search(index=alias, search_after=page[-1]["sort"], **options)["hits"]["hits"]
                yield from (((int(hit["_id"]), language), hit["_version"]) for hit in page)
                page = page if len(page) == PAGE else []


def _stamp(moment: datetime) -> str:
    """The last part of an index's name: when it was built."""
    return moment.strftime("%Y%m%d%H%M%S%f")


def _queries(postings: list[Posting]) -> dict[str, dict[str, Any]]:
    """For each language a query that adds up the weights of the lexemes that a document holds."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for posting in postings:
        term = {"constant_score": {"filter": {"term": {"terms": posting.lexeme}}, "boost": posting.weight}}
        parts.setdefault(posting.language, []).append(term)
    return {language: {"bool": {"should": terms}} for language, terms in parts.items()}


def _operations(rows: Iterable[Row], targets: dict[str, str]) -> list[dict[str, Any]]:
    operations: list[dict[str, Any]] = []
    for row in rows:
        action = {"_index": targets[row.language], "_id": str(row.key), **_version(row.version)}
        operations += [{"index": action}, {"row": row.key, "terms": row.terms}]
    return operations


def _version(version: int) -> dict[str, Any]:
    return {"version": version, "version_type": "external_gte"}


def _bulk(client: Elasticsearch, operations: list[dict[str, Any]], **options: Any) -> None:
    if not operations:
        return
    for item in client.bulk(operations=operations, **options)["items"]:
        ((kind, result),) = item.items()
        is_known = result["status"] == 409 or (kind == "delete" and result.get("result") == "not_found")
        if "error" in result and not is_known:
            _raise(result["error"])


def _raise(error: dict[str, Any]) -> None:
    """Raises what is wrong with one part of an answer."""
    reason = f"{error['type']}: {error.get('reason')}"
    raise (IndexMissing if error["type"] == "index_not_found_exception" else EngineAway)(reason)
