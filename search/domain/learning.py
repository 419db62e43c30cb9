"""A lexicon learned from sentences that exist in two languages: which stems mean the same, and how surely.

Model 1 of Brown et al. 1993 ("The Mathematics of Statistical Machine Translation", https://aclanthology.org/J93-2003/) learns by
expectation and maximisation how probably a stem becomes another in the translation, in both directions; rare stems are smoothed
as Moore 2004 proposes ("Improving IBM Word-Alignment Model 1", https://aclanthology.org/P04-1066/). A translation weighs the
geometric mean of both directions, for chance speaks in one of them only (Wang and Oard 2006, "Combining Bidirectional Translation
and Synonymy for Cross-Language Information Retrieval", https://doi.org/10.1145/1148170.1148208).

Pure functions. NumPy: for the worker and for commands, never for a request.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Rounds of expectation and maximisation.
ROUNDS = 5
#: Moore's smoothing: what a stem is added of every stem that it might become.
SMOOTHING = 0.001
#: Stems, and pairs of them, that fewer sentences hold are left out: they could mean anything.
LEAST_SENTENCES = 2
#: Stems of a longer sentence say little about each other, and cost most.
LONGEST = 60
#: Pairs of stems in sentences that are looked at in all: some 250 MB, and a portal of a million words.
BUDGET = 6_000_000
#: Translations kept of a stem, and what the weakest weighs at least.
MOST_TRANSLATIONS = 4
LEAST_WEIGHT = 0.05

Stems = list[str]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Translation(NamedTuple):
    """A stem, a stem of the other language that means the same, and how surely: 0 to 1."""

    term: str
    other: str
    weight: float


def learn(pairs: Iterable[tuple[Stems, Stems]]) -> list[Translation]:
    """Translations from the first language of `pairs` into the second, the surest first; read backwards, they hold as well."""
    known = list(pairs)
    left, right = _numbered([pair[0] for pair in known]), _numbered([pair[1] for pair in known])
    sentence, source, target = _together(left, right)
    together = source * len(right.terms) + target
    met, which, often = np.unique(together, return_inverse=True, return_counts=True)
    kept = (often >= LEAST_SENTENCES)[which]
    met, which = np.unique(together[kept], return_inverse=True)
    sources, targets = np.divmod(met, len(right.terms))
    there = _model(sentence[kept], target[kept], which, sources, len(right.terms))
    back = _model(sentence[kept], source[kept], which, targets, len(left.terms))
    weights = np.sqrt(there * back)
    order = np.argsort(-weights, kind="stable")
    return [
        Translation(left.terms[sources[at]], right.terms[targets[at]], round(float(weights[at]), 3))
        for at in order
        if weights[at] >= LEAST_WEIGHT
    ]


class _Numbered(NamedTuple):
    terms: list[str]
    lines: list[list[int]]


def _numbered(lines: list[Stems]) -> _Numbered:
    """The stems that enough sentences hold, each once per sentence, as numbers."""
    held = Counter(chain.from_iterable(set(line) for line in lines))
    terms = [term for term, count in held.items() if count >= LEAST_SENTENCES]
    numbers = {term: number for number, term in enumerate(terms)}
    return _Numbered(terms, [[numbers[t] for t in dict.fromkeys(line) if t in numbers] for line in lines])


def _together(left: _Numbered, right: _Numbered) -> tuple[Ints, Ints, Ints]:
    """Every pair of stems of every sentence: the sentence, the stem of the left, the stem of the right."""
    found: list[tuple[Ints, Ints, Ints]] = []
    spent = 0
    for number, (ones, others) in enumerate(zip(left.lines, right.lines, strict=True)):
        size = len(ones) * len(others)
        if not size or max(len(ones), len(others)) > LONGEST:
            continue
        spent += size
        if spent > BUDGET:
            break
        found.append((np.full(size, number), np.repeat(ones, len(others)), np.tile(others, len(ones))))
    if not found:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty
    sentence, source, target = (np.concatenate(part) for part in zip(*found, strict=True))
    return sentence, source, target


def _model(sentence: Ints, word: Ints, which: Ints, sources: Ints, size: int) -> Floats:
    """p(word | source) of Model 1 for every pair that was met, without the empty word; `word` counts to `size`."""
    _places, place = np.unique(sentence * size + word, return_inverse=True)
    p = np.ones(len(sources))
    for _round in range(ROUNDS):
        share = p[which]
        share /= np.bincount(place, share)[place]
        counts = np.bincount(which, share, len(sources))
        totals = np.bincount(sources, counts)
        p = (counts + SMOOTHING) / (totals[sources] + SMOOTHING * size)
    return p
