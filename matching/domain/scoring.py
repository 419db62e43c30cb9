"""How well somebody fits what is asked for: pure functions, without a database.

    score = topics + text + language + free + reach + format + border + habit

`topics` is the share of the asked topics that a person covers, each topic a weighted by its rarity:

    topics = Σ idf(a) · credit(a) / Σ idf(a)        0 <= topics <= 1
    idf(a) = ln(1 + N / (1 + n(a)))

N people in all, of whom n(a) carry a: the inverse document frequency of Spärck Jones (A statistical interpretation of
term specificity, Journal of Documentation 28, 1972), smoothed so that a topic nobody carries has a weight too. credit(a)
is 1 if the person carries a itself, NARROWER ** steps for a topic below it, BROADER ** steps for one above it, and the
best of these counts. What a person carries beyond the asked topics costs nothing: the Jaccard index, which punishes broad
profiles, was the worst of all measures of shared topics in our trials.

`text` is how alike the need's words and the profile are, 0 to 1: BM25 (search.engines.scoring) as a share of the most
similar profile's. Topics and text see different things, so they are added with equal weights, each on a scale up to 1:
CombSUM of Fox and Shaw (Combination of multiple searches, TREC-2, 1994), normalised by the maximum as Lee found best
(Analyses of multiple evidence combination, SIGIR 1997).

The other parts say whether the two can work together. All of them are less than half of the topics: they order people who
know about equally much, and never outweigh knowledge. How much each counts stands in `matching.rules.Weights`.

`habit` is the share of the time for an answer that somebody usually leaves unused: the sooner, the more. Whoever has not
answered often enough to have a habit counts as one who takes half of the time: new mentors are neither favoured nor punished.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import cos, hypot, log, radians
from typing import NamedTuple
from zlib import crc32

from matching.domain.needs import NeedFacts
from matching.domain.vocabulary import Vocabulary
from matching.rules import Weights
from portal.members.enums import Meeting

NARROWER = 0.6
BROADER = 0.25
#: at this distance, a meeting on site is worth half of one next door
HALF_AS_NEAR_KM = 50
#: what meeting online is worth to whoever takes either
ONLINE_AS_WELL = 0.5
KM_PER_DEGREE = 111.2
#: how long mentors have to answer; who usually takes so long, or longer, has no habit that would help anybody
DAYS_TO_ANSWER = 7
#: how prompt somebody counts of whom nobody knows it
UNKNOWN_HABIT = 0.5

#: scores that agree in so many digits are equal
DIGITS = 9
#: a prime, so that every seed shuffles all keys
EQUALS = 2_147_483_647


@dataclass(frozen=True)
class Need:
    """What is asked for. `rarities` weigh the asked topics, `worth` is what carrying each topic counts towards each of them."""

    rarities: Mapping[int, float]
    worth: Mapping[int, Mapping[int, float]]
    facts: NeedFacts = field(default_factory=NeedFacts)
    weights: Weights = field(default_factory=Weights)

    @cached_property
    def earned_by(self) -> dict[int, list[tuple[int, float]]]:
        """`worth` turned round: which asked topics each topic counts towards, and how much."""
        found: dict[int, list[tuple[int, float]]] = {}
        for asked, worth in self.worth.items():
            for topic, credit in worth.items():
                found.setdefault(topic, []).append((asked, credit))
        return found

    @cached_property
    def whole(self) -> float:
        """What somebody earns who covers every asked topic."""
        return sum(self.rarities.values())


@dataclass(frozen=True)
class Candidate:
    """The facts of somebody who may help, as far as the score needs them."""

    key: int
    topics: frozenset[int] = frozenset()
    #: how alike the need's words and the profile are, 0 to 1
    text: float = 0.0
    #: language -> LanguageLevel
    languages: Mapping[str, int] = field(default_factory=dict)
    free_places: int = 0
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    online: bool = True
    #: 0: never on site
    radius_km: int = 0
    formats: frozenset[str] = frozenset()
    #: within how many days somebody usually answers; None: not known
    answers_within: int | None = None
    #: experts alone take nobody on
    is_mentor: bool = True
    #: keys of the company they are of, and of those they do not work for
    company: int | None = None
    barred: frozenset[int] = frozenset()


class Score(NamedTuple):
    """The parts of a score, which also explain it."""

    topics: float
    text: float = 0.0
    language: float = 0.0
    free: float = 0.0
    reach: float = 0.0
    format: float = 0.0
    border: float = 0.0
    habit: float = 0.0

    @property
    def total(self) -> float:
        return sum(self)


def rarity(people: int, carriers: int) -> float:
    """The weight of a topic that `carriers` of `people` carry; always positive, the greater the fewer carry it."""
    return log(1 + max(people, 1) / (1 + carriers))


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
    # in one order, so that the sum is the same to the last digit however the topics come
    earned = sum(need.rarities[asked] * credit for asked, credit in sorted(covered(need, topics).items()))
    return earned / need.whole if need.whole else 0.0


def best_language(facts: NeedFacts, languages: Mapping[str, int]) -> tuple[str, int]:
    """The language that the asker and somebody know best together, with that person's level; ("", 0) if there is none."""
    best, level = "", 0
    for code in facts.spoken:
        if languages.get(code, 0) > level:
            best, level = code, languages[code]
    return best, level


def distance_km(facts: NeedFacts, latitude: float | None, longitude: float | None) -> float | None:
    """How far away somebody is, as the crow flies; None if either place is not known.

    Equirectangular approximation, which is within one per cent over the few hundred kilometres of the region.
    """
    if facts.latitude is None or facts.longitude is None or latitude is None or longitude is None:
        return None
    east = (longitude - facts.longitude) * _narrowing(facts.latitude)
    return KM_PER_DEGREE * hypot(latitude - facts.latitude, east)


@lru_cache
def _narrowing(latitude: float) -> float:
    """How much shorter a degree to the east is than one to the north."""
    return cos(radians(latitude))


def reach(facts: NeedFacts, candidate: Candidate) -> float:
    """How well the two can meet in the way that is asked for, 0 to 1; 0 for everybody if it does not matter or is not known.

    On site it is 1 next door and 1/2 at HALF_AS_NEAR_KM, and 0 where the person does not go; online, distance is nothing.
    """
    if facts.meeting == Meeting.ONLINE:
        return float(candidate.online)
    km = distance_km(facts, candidate.latitude, candidate.longitude)
    if km is None:
        return 0.0
    near = 1 / (1 + (km / HALF_AS_NEAR_KM) ** 2) if goes_there(candidate.radius_km, km) else 0.0
    return max(near, ONLINE_AS_WELL if candidate.online and facts.meeting == Meeting.EITHER else 0.0)


def goes_there(radius_km: int, km: float | None) -> bool:
    """Whether somebody with that radius meets on site at that distance; nobody does who works online only (0)."""
    return km is not None and 0 < radius_km >= km


def promptness(answers_within: int | None) -> float:
    """The share of the time for an answer that somebody usually leaves unused, 0 to 1."""
    if answers_within is None:
        return UNKNOWN_HABIT
    return max(0.0, 1 - answers_within / DAYS_TO_ANSWER)


def score(need: Need, candidate: Candidate) -> Score:
    """How well `candidate` fits `need`; the formula stands at the top of this module."""
    return Score(
        topic_share(need, candidate.topics),
        need.weights.text * candidate.text,
        *beside_knowledge(need, candidate),
    )


def beside_knowledge(need: Need, candidate: Candidate) -> tuple[float, float, float, float, float, float]:
    """The parts of a score from `language` on, in their order: what does not depend on topics and text."""
    facts, weights = need.facts, need.weights
    _code, level = best_language(facts, candidate.languages)
    is_across = facts.country and candidate.country and candidate.country != facts.country
    return (
        weights.language(level, facts.interpreting),
        weights.free if candidate.free_places else 0.0,
        weights.reach * reach(facts, candidate),
        weights.format if facts.format and facts.format in candidate.formats else 0.0,
        weights.border if facts.across_the_border and is_across else 0.0,
        weights.habit * promptness(candidate.answers_within),
    )


def most_beside_knowledge(need: Need) -> float:
    """What the parts of `beside_knowledge` can add at most, for this need."""
    facts, weights = need.facts, need.weights
    spoken = weights.works_in if facts.spoken else weights.language(0, facts.interpreting)
    can_be_reached = facts.meeting == Meeting.ONLINE or facts.latitude is not None
    return (
        spoken
        + weights.free
        + (weights.reach if can_be_reached else 0.0)
        + (weights.format if facts.format else 0.0)
        + (weights.border if facts.across_the_border and facts.country else 0.0)
        + weights.habit
    )


def shuffle(seed: str) -> int:
    """What `place_among_equals` multiplies keys with: another order for another seed."""
    return 1 + crc32(seed.encode()) % (EQUALS - 1)


def place_among_equals(key: int, factor: int) -> int:
    """Where `key` stands among those who are equal in everything; plain arithmetic, so that databases can say it too."""
    return key * factor % EQUALS


def rank(need: Need, candidates: Iterable[Candidate], limit: int) -> list[tuple[Candidate, Score]]:
    """The `limit` best candidates who know anything of what `need` asks for, the best first.

    Of equals those with more free places come first. What is still equal falls in an order that differs from need to
    need, so that not always the same people are shown, and stays the same for the same need.
    """
    scored = [(candidate, score(need, candidate)) for candidate in candidates]
    scored = [(candidate, parts) for candidate, parts in scored if parts.topics > 0 or parts.text > 0]
    factor = shuffle(need.facts.seed)
    scored.sort(
        key=lambda pair: (
            -round(pair[1].total, DIGITS),
            -pair[0].free_places,
            place_among_equals(pair[0].key, factor),
            pair[0].key,
        )
    )
    return scored[:limit]
