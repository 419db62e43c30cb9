"""Which sentences of a text and of its translation correspond, told by their lengths alone.

Gale and Church 1993, "A Program for Aligning Sentences in Bilingual Corpora", https://aclanthology.org/J93-1004/: long sentences
become long ones; of all ways through both texts that keep the order, the most probable one is found by dynamic programming.
Pure functions, of strings only.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

SENTENCE = re.compile(r"(?<=[.!?])\s+|\s*\n\s*")
#: How many sentences may become how many, and what each way costs: -log of its probability (their table 5).
MOVES = {(1, 1): 0.12, (1, 0): 4.6, (0, 1): 4.6, (2, 1): 2.4, (1, 2): 2.4}
#: Variance of the length of a translation, per character (their s²).
VARIANCE = 6.8
#: Sentences further than this from the diagonal are not compared.
BAND = 8

Steps = dict[tuple[int, int], tuple[float, tuple[int, int]]]


def aligned(text: str, translation: str) -> list[tuple[str, str]]:
    """The sentences that correspond, in their order; two may stand for one, and what has no counterpart is left out."""
    left, right = sentences(text), sentences(translation)
    steps = _steps([len(sentence) for sentence in left], [len(sentence) for sentence in right])
    pairs = []
    for (i, j), (a, b) in _way(steps, len(left), len(right)):
        if a and b:
            pairs.append((" ".join(left[i - a : i]), " ".join(right[j - b : j])))
    return pairs[::-1]


def sentences(text: str) -> list[str]:
    """Sentences and lines of a text."""
    return [part for part in SENTENCE.split(text) if part.strip()]


def _steps(left: Sequence[int], right: Sequence[int]) -> Steps:
    """{sentences done on both sides: (cost so far, the last move)}, for lengths in characters."""
    best: Steps = {(0, 0): (0.0, (0, 0))}
    ones, others = [0, *accumulate(left)], [0, *accumulate(right)]
    reach = BAND + abs(len(right) - len(left))
    for i in range(len(left) + 1):
        middle = round(i * len(right) / max(1, len(left)))
        for j in range(max(0, middle - reach), min(len(right), middle + reach) + 1):
            ways = [
                (before[0] + cost + _surprise(ones[i] - ones[i - a], others[j] - others[j - b]), (a, b))
                for (a, b), cost in MOVES.items()
                if (before := best.get((i - a, j - b)))
            ]
            if ways:
                best[i, j] = min(ways)
    return best


def _way(steps: Steps, i: int, j: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The moves of the cheapest way, from its end to its beginning."""
    while (i, j) != (0, 0):
        move = steps[i, j][1]
        yield (i, j), move
        i, j = i - move[0], j - move[1]


def _surprise(one: int, other: int) -> float:
    """How badly a text of `one` characters goes with one of `other`: -log of the density of the difference, without constants."""
    return (other - one) ** 2 / (VARIANCE * (one + other)) if one and other else 0.0
