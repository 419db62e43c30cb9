"""How well somebody fits what is asked for: pure functions, without a database.

    score = topics + free + language + border

`topics` is the share of the asked topics that a person covers, each topic a weighted by its rarity:

    topics = Σ idf(a) · credit(a) / Σ idf(a)        0 <= topics <= 1
    idf(a) = ln(1 + N / (1 + n(a)))

N people in all, of whom n(a) carry a: the inverse document frequency of Spärck Jones (A statistical interpretation of
term specificity, Journal of Documentation 28, 1972), smoothed so that a topic nobody carries has a weight too. credit(a)
is 1 if the person carries a itself, NARROWER ** steps for a topic below it, BROADER ** steps for one above it, and the
best of these counts. What a person carries beyond the asked topics costs nothing: the Jaccard index, which punishes broad
profiles, was the worst of all measures of shared topics in our trials.

The other parts are small, so that they order people who know equally much and do not outweigh knowledge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log
from zlib import crc32

from matching.domain.vocabulary import Vocabulary
from portal.members.enums import LanguageLevel

NARROWER = 0.6
BROADER = 0.25
FREE = 0.06
LANGUAGE = {LanguageLevel.WORKS_IN: 0.05, LanguageLevel.UNDERSTANDS: 0.03}
BORDER = 0.03
#: the most that everything beside the topics can add
OTHER_PARTS = FREE + max(LANGUAGE.values()) + BORDER


@dataclass(frozen=True)
class Need:
    """What is asked for. `weights` is the rarity of each asked topic, `worth` what carrying each topic counts towards it."""

    weights: Mapping[int, float]
    worth: Mapping[int, Mapping[int, float]]
    #: the reader's side of the border
    side: str = ""
    #: where ties fall; a word that stays the same for the same page
    seed: str = ""

    @cached_property
    def earned_by(self) -> dict[int, list[tuple[int, float]]]:
        """`worth` turned round: which asked topics each topic counts towards, and how much."""
        found: dict[int, list[tuple[int, float]]] = {}
        for asked, worth in self.worth.items():
            for topic, credit in worth.items():
                found.setdefault(topic, []).append((asked, credit))
        return found


@dataclass(frozen=True)
class Candidate:
    """The facts of somebody who may help, as far as the score needs them."""

    key: int
    topics: frozenset[int]
    country: str = ""
    free_places: int = 0
    #: how well the person knows the reader's language; 0 not at all
    language_level: int = 0


@dataclass(frozen=True)
class Score:
    """The parts of a score, which also explain it."""

    topics: float
    free: float
    language: float
    border: float

    @property
    def total(self) -> float:
        return self.topics + self.free + self.language + self.border


def rarity(people: int, carriers: int) -> float:
    """The weight of a topic that `carriers` of `people` carry; always positive, the greater the fewer carry it."""
    return log(1 + people / (1 + carriers))


def worth_towards(topic: int, vocabulary: Vocabulary) -> dict[int, float]:
    """What carrying each topic counts when `topic` is asked for; topics that count nothing are left out."""
    found = {above: BROADER**steps for steps, above in enumerate(vocabulary.above(topic), start=1)}
    layer, steps = {topic}, 0
    while layer:
        found |= dict.fromkeys(layer, NARROWER**steps)
        layer = {below for pk in layer for below in vocabulary.narrower.get(pk, [])} - found.keys()
        steps += 1
    return found


def covered(need: Need, topics: Iterable[int]) -> dict[int, float]:
    """The best credit that `topics` earn for each asked topic; those without any are left out."""
    best: dict[int, float] = {}
    for topic in topics:
        for asked, credit in need.earned_by.get(topic, ()):
            best[asked] = max(credit, best.get(asked, 0.0))
    return best


def topic_share(need: Need, topics: Iterable[int]) -> float:
    """The share of what is asked for that `topics` cover, by rarity; 0 to 1."""
    whole = sum(need.weights.values())
    earned = sum(need.weights[asked] * credit for asked, credit in covered(need, topics).items())
    return earned / whole if whole else 0.0


def topic_shares(need: Need, carried: Mapping[int, Iterable[int]]) -> dict[int, float]:
    """The topic share of many people at once; most carry one of a few combinations, each of which is computed once."""
    known: dict[frozenset[int], float] = {}
    shares = {}
    for person, topics in carried.items():
        combination = frozenset(topics)
        if combination not in known:
            known[combination] = topic_share(need, combination)
        shares[person] = known[combination]
    return shares


def score(need: Need, candidate: Candidate) -> Score:
    """How well `candidate` fits `need`; the formula stands at the top of this module."""
    return Score(
        topics=topic_share(need, candidate.topics),
        free=FREE if candidate.free_places else 0.0,
        language=LANGUAGE.get(LanguageLevel(candidate.language_level), 0.0)
        if candidate.language_level
        else 0.0,
        border=BORDER if need.side and candidate.country and candidate.country != need.side else 0.0,
    )


def hopeful(shares: Mapping[int, float], at_least: int) -> list[int]:
    """Who can still be among the best, by their topic shares alone, the best first.

    Whoever lies further behind the `at_least`th best than all other parts of the score together make up cannot reach
    that place, whatever the facts, so nobody has to read them.
    """
    ranked = sorted(shares, key=lambda key: (-shares[key], key))
    if len(ranked) <= at_least:
        return ranked
    threshold = shares[ranked[at_least - 1]] - OTHER_PARTS
    return [key for key in ranked if shares[key] >= threshold]


def rank(need: Need, candidates: Iterable[Candidate], limit: int) -> list[tuple[Candidate, Score]]:
    """The `limit` best candidates that share anything with `need`, the best first.

    Of equals those with more free places come first. What is still equal falls in an order that differs from page to
    page, so that not always the same people are shown, and stays the same for the same page.
    """
    scored = [(candidate, score(need, candidate)) for candidate in candidates]
    scored = [(candidate, parts) for candidate, parts in scored if parts.topics > 0]
    scored.sort(
        key=lambda pair: (
            -round(pair[1].total, 9),
            -pair[0].free_places,
            crc32(f"{need.seed}:{pair[0].key}".encode()),
            pair[0].key,
        )
    )
    return scored[:limit]
