"""From ranked documents to a page of objects: filters, one hit per object, and facets."""

import math
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from search.engines.base import FACETS, Found, Match, Query


class Candidate(NamedTuple):
    """A document that answers, with all that results can be narrowed by."""

    source: str
    object_key: str
    kind: str
    locale: str
    language: str
    topics: tuple[str, ...]
    region: str
    country: str
    score: float


def narrow(candidates: list[Candidate], query: Query) -> Found:
    """The page of matches among `candidates` (best first), and the facets over all of them."""
    wanted = {at: frozenset(values) for at, name in enumerate(FACETS) if (values := getattr(query, name))}
    versions: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        versions[candidate.kind, candidate.object_key].append(candidate)
    counts: list[dict[str, int]] = [{} for _facet in FACETS]
    hits = []
    for group in versions.values():
        values = _values(group)
        barred = [at for at, allowed in wanted.items() if allowed.isdisjoint(values[at])]
        if not barred:
            hits.append(group)
        if len(barred) <= 1:
            for at in barred or range(len(FACETS)):
                count = counts[at]
                for value in values[at]:
                    count[value] = count.get(value, 0) + 1
    page = max(1, min(query.page, math.ceil(len(hits) / query.size)))
    shown = hits[(page - 1) * query.size : page * query.size]
    matches = [_match(group, query) for group in shown]
    return Found(matches, len(hits), dict(zip(FACETS, counts, strict=True)), page)


def _values(group: list[Candidate]) -> tuple[Collection[str], ...]:
    """What an object offers to each of FACETS: all its versions together."""
    first = group[0]
    languages = (first.language,) if len(group) == 1 else {candidate.language for candidate in group}
    region = (first.region,) if first.region else ()
    country = (first.country,) if first.country else ()
    return (first.kind,), first.topics, languages, region, country


def _match(group: list[Candidate], query: Query) -> Match:
    """The version to show: in a language that was asked for, then in the reader's tree, then in the reader's language."""
    shown = max(
        group,
        key=lambda c: (
            not query.languages or c.language in query.languages,
            c.locale == query.language,
            c.language == query.language,
            c.score,
        ),
    )
    return Match(shown.source, shown.object_key, shown.kind, group[0].score)
