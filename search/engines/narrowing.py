"""From ranked documents to a page of objects: filters, one hit per object, and facets."""

from collections import Counter, defaultdict
from collections.abc import Iterable
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
    allowed = {facet: frozenset(getattr(query, facet)) for facet in FACETS}
    versions: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        versions[candidate.kind, candidate.object_key].append(candidate)
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    hits: list[Match] = []
    for group in versions.values():
        values = _values(group)
        barred = [facet for facet, wanted in allowed.items() if wanted and wanted.isdisjoint(values[facet])]
        for facet in FACETS:
            if not barred or barred == [facet]:
                counts[facet].update(values[facet])
        if not barred:
            hits.append(_match(group, query, allowed["languages"]))
    start = (query.page - 1) * query.size
    page = hits[start : start + query.size] if start >= 0 else []
    return Found(page, len(hits), {facet: dict(found) for facet, found in counts.items()})


def _values(group: list[Candidate]) -> dict[str, set[str]]:
    """What an object offers to each facet: all its versions together."""
    first = group[0]
    return {
        "kinds": {first.kind},
        "topics": set(first.topics),
        "languages": {candidate.language for candidate in group},
        "regions": {first.region} - {""},
        "countries": {first.country} - {""},
    }


def _match(group: Iterable[Candidate], query: Query, languages: frozenset[str]) -> Match:
    """The version to show: in a language that was asked for, then in the reader's tree, then in the reader's language."""
    best = max(candidate.score for candidate in group)
    shown = max(
        group,
        key=lambda c: (
            not languages or c.language in languages,
            c.locale == query.language,
            c.language == query.language,
            c.score,
        ),
    )
    return Match(shown.source, shown.object_key, shown.kind, best)
