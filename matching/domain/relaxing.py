"""What a need would find if it asked for a little less: "with English: 4 more".

Somebody fits who

- knows: carries a topic that is asked for or one below it, or has a profile that fits the description as cards say it
  (`SIMILAR`), at least half as alike to the need's words as the most similar one;
- can talk with the asker, in a language that both know or through an interpreter if that is fine;
- can meet as wished, which on site is a matter of how far the person travels;
- has a free place, may be asked, and has a page in the reader's tree.

What only orders people (formats, the other side of the border, habits) keeps nobody out, so leaving it away finds nobody more.
One query counts those who know and have a place by how they can talk and meet; what each way of asking for less adds is
arithmetic.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from matching.domain.needs import NeedFacts
from portal.core.enums import SpokenLanguage
from portal.members.enums import Meeting

#: from this share of the most similar profile on, a profile fits what was described
SIMILAR = 0.5
#: how many ways are offered
WAYS = 3


@dataclass(frozen=True)
class Situation:
    """How somebody can talk and meet."""

    languages: frozenset[str]
    online: bool
    #: whether they come to where the asker is; True as long as nobody knows where that is
    comes: bool


@dataclass(frozen=True)
class Way:
    """One thing that a need could ask less of: `field` of the need becomes, or is widened by, `value`."""

    field: str
    value: str = ""
    #: how many more people fit then
    more: int = 0

    @property
    def code(self) -> str:
        """How addresses and forms name it; `way_of` reads it."""
        return f"{self.field}:{self.value}"


@dataclass(frozen=True)
class Fitting:
    """How many people fit a need, and what it could ask less of to have more, the most promising first."""

    count: int
    ways: list[Way]


def fits(facts: NeedFacts, situation: Situation) -> bool:
    """Whether somebody in `situation` can talk with the asker and meet as wished."""
    talks = facts.interpreting or not facts.spoken or not situation.languages.isdisjoint(facts.spoken)
    if facts.meeting == Meeting.ONLINE:
        return talks and situation.online
    return talks and (situation.comes or (situation.online and facts.meeting == Meeting.EITHER))


def fitting(facts: NeedFacts, people: Mapping[Situation, int]) -> Fitting:
    """Counts those of `people` (how many there are in each situation) who fit, now and with one thing less."""

    def count(asked: NeedFacts) -> int:
        return sum(number for situation, number in people.items() if fits(asked, situation))

    now = count(facts)
    ways = [replace(way, more=count(relaxed(facts, way)) - now) for way in ways_for(facts)]
    return Fitting(now, sorted((way for way in ways if way.more), key=lambda way: -way.more)[:WAYS])


def ways_for(facts: NeedFacts) -> Iterator[Way]:
    """Everything that a need could ask less of, one at a time; what is offered first comes first among equals."""
    if facts.spoken and not facts.interpreting:
        for language in SpokenLanguage.values:
            if language not in facts.spoken:
                yield Way("languages", language)
        yield Way("interpreting")
    if facts.meeting != Meeting.EITHER:
        yield Way("meeting", Meeting.EITHER)


def relaxed(facts: NeedFacts, way: Way) -> NeedFacts:
    """`facts`, asking less in that way."""
    if way.field == "languages":
        return replace(facts, spoken=[*facts.spoken, way.value])
    if way.field == "interpreting":
        return replace(facts, interpreting=True)
    return replace(facts, meeting=way.value)


def way_of(code: str, facts: NeedFacts) -> Way | None:
    """The way that `code` names, if it is one for `facts`."""
    return next((way for way in ways_for(facts) if way.code == code), None)


def situations(rows: Iterator[tuple[int, bool, bool, int]]) -> Counter[Situation]:
    """Rows of (languages as a sum of `bit`, online, comes, how many people) as situations."""
    found: Counter[Situation] = Counter()
    for tongues, online, comes, number in rows:
        languages = frozenset(code for code in SpokenLanguage.values if int(tongues) & bit(code))
        found[Situation(languages, bool(online), bool(comes))] += number
    return found


def bit(language: str) -> int:
    """What a language adds to a sum in which each has a place of its own."""
    return 1 << SpokenLanguage.values.index(language)
