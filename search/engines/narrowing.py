"""From ranked documents to a page of objects: filters, one hit per object, facets, and the order in time."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from search import registry
from search.engines.base import AVAILABLE, FACETS, YES, Found, Match, Query
from search.engines.lists import Document

#: An event that is over is worth this share of a hit that answers as well.
PAST = 0.5
#: So many coming events stand before everything else, if they answer this well compared with the best hit.
MOST_LEADING = 3
LEADING_SHARE = 0.5


class Candidate(NamedTuple):
    """A document that answers, and how well."""

    document: Document
    #: -1 an event that is over, 1 one that is not, 0 anything else
    time: int
    score: float


Object = list[Candidate]


def available(candidates: Iterable[Candidate]) -> frozenset[tuple[str, str]]:
    """(kind, object key) of those that have a free place now; one query for each kind among them that can have any."""
    keys: dict[str, set[str]] = defaultdict(set)
    for document, *_how_well in candidates:
        if document.kind in registry.available:
            keys[document.kind].add(document.object_key)
    return frozenset((kind, key) for kind, known in keys.items() for key in registry.available[kind](known))


def narrow(
    candidates: list[Candidate], query: Query, free: Collection[tuple[str, str]] = frozenset()
) -> Found:
    """The page of matches among `candidates` (best first), and the facets over all of them; `free` is from `available`."""
    facets = (*FACETS, AVAILABLE)
    wanted = {at: frozenset(values) for at, name in enumerate(FACETS) if (values := getattr(query, name))}
    if query.only_available:
        wanted[len(FACETS)] = frozenset({YES})
    versions: dict[tuple[str, str], Object] = defaultdict(list)
    for candidate in candidates:
        versions[candidate.document.kind, candidate.document.object_key].append(candidate)
    counts: list[dict[str, int]] = [{} for _facet in facets]
    missed = dict.fromkeys(wanted, 0)
    hits = []
    for key, group in versions.items():
        values = (*_values(group), (YES,) if key in free else ())
        barred = [at for at, allowed in wanted.items() if allowed.isdisjoint(values[at])]
        if not barred:
            hits.append(group)
        if len(barred) <= 1:
            for at in barred or range(len(facets)):
                count = counts[at]
                for value in values[at]:
                    count[value] = count.get(value, 0) + 1
            for at in barred:
                missed[at] += 1
    without = {facets[at]: len(hits) + number for at, number in missed.items()}
    page, matches = _page(hits, query)
    return Found(
        matches,
        len(hits),
        dict(zip(facets, counts, strict=True)),
        page,
        without=without,
        unfiltered=len(versions),
    )


def in_order(hits: list[Object], query: Query) -> tuple[list[Object], list[Object]]:
    """The coming events that stand before everything else, and the rest in its order; `hits` come best first.

    Who looks among everything wants the best answer, but an event only as long as one can go there. So up to MOST_LEADING
    coming events lead, best first, if they answer at least half as well as the best hit; and an event that is over sinks
    below what answers half as well. Who has chosen a kind looks through a list: there nothing leads, and what is over
    stands behind all that is not, however well it answers. Where all are coming events, none stands out.
    """
    if query.kinds:
        return [], sorted(hits, key=lambda group: group[0].time < 0)
    ranked = sorted(hits, key=lambda group: -group[0].score * (PAST if group[0].time < 0 else 1))
    least = LEADING_SHARE * max((group[0].score for group in hits), default=0.0)
    leading = [group for group in ranked if group[0].time > 0 and group[0].score >= least][:MOST_LEADING]
    if all(group[0].time > 0 for group in ranked):
        return [], ranked
    return leading, [group for group in ranked if group not in leading]


def _page(hits: list[Object], query: Query) -> tuple[int, list[Match]]:
    page = max(1, min(query.page, math.ceil(len(hits) / query.size)))
    leading, others = in_order(hits, query)
    first, last = (page - 1) * query.size, page * query.size
    shown = [*leading, *others][first:last]
    return page, [_match(group, query, first + at < len(leading)) for at, group in enumerate(shown)]


def _values(group: Object) -> tuple[Collection[str], ...]:
    """What an object offers to each of FACETS: all its versions together."""
    first = group[0].document
    languages = (first.language,) if len(group) == 1 else {version.document.language for version in group}
    region = (first.region,) if first.region else ()
    country = (first.country,) if first.country else ()
    level = (first.level,) if first.level else ()
    return (first.kind,), first.topics, languages, region, country, level


def _match(group: Object, query: Query, leads: bool) -> Match:
    """The version to show: in a language that was asked for, then in the reader's tree, then in the reader's language."""
    shown = max(
        group,
        key=lambda version: (
            not query.languages or version.document.language in query.languages,
            version.document.locale == query.language,
            version.document.language == query.language,
            version.score,
        ),
    ).document
    return Match(shown.source, shown.object_key, shown.kind, group[0].score, leads)
