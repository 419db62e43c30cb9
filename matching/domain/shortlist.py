"""The best people for a need, without a look at the rows of all who know something.

Everybody is divided into groups that know equally much, and the groups that know most are measured first. Who knows so much
less than the last of the best that all other parts together could not make up for it is left out unseen: the threshold
algorithm of Fagin, Lotem and Naor (Optimal aggregation algorithms for middleware, 2003).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from matching.domain.candidate_facts import candidates
from matching.domain.knowledge import Group, divided, known_by, members, wisest
from matching.domain.needs import NeedFacts
from matching.domain.scoring import (
    DIGITS,
    Candidate,
    Need,
    beside_knowledge,
    most_beside_knowledge,
    place_among_equals,
    shuffle,
)

#: what rounding a score may add to it
ROUNDED = 10**-DIGITS
#: so many more of the wisest than are wanted are measured first, to learn what the others would have to reach
FIRST = 80
#: so many of the next for each that is wanted, as long as too few may be shown
WIDER = 8


#: where somebody stands: what a list is sorted by
Standing = tuple[float, int, int, int]


def shortlist(
    need: Need,
    carriers: Mapping[int, str],
    texts: Mapping[int, float],
    language: str,
    limit: int,
    mentors_only: bool,
) -> list[Candidate]:
    """The `limit` best people who may be shown in the tree of `language`, the best first.

    `carriers` and `texts` as `knowledge.divided` takes them. One query for few people, two for any number, more if hardly
    any of the wisest may be shown; none if all who are measured have been before, and nothing has changed.
    """
    most, factor = most_beside_knowledge(need) + ROUNDED, shuffle(need.facts.seed)
    rest, best = divided(need, carriers, texts), list[tuple[Standing, Candidate]]()
    hopeful, rest = wisest(rest, FIRST + limit)
    while hopeful:
        measured = _measured(need, hopeful, language, factor, mentors_only)
        best = sorted([*best, *measured])[:limit]
        if len(best) == limit:
            least = -best[-1][0][0] - most
            hopeful, rest = [group for group in rest if group.knowledge >= least], []
        else:
            hopeful, rest = wisest(rest, WIDER * limit)
    return _knowing([someone for _standing, someone in best], carriers, texts)


def given(
    facts: NeedFacts,
    carriers: Mapping[int, str],
    texts: Mapping[int, float],
    language: str,
    keys: Collection[int],
) -> list[Candidate]:
    """The people `keys` in the order of their keys, those left out who must not be shown; one query, or none."""
    known = candidates(language, sorted(keys)) if keys else {}
    return _knowing([someone for someone in known.values() if may_be_shown(facts, someone)], carriers, texts)


def may_be_shown(facts: NeedFacts, someone: Candidate) -> bool:
    """Neither excluded by name, nor of the company that asks, nor unwilling to work for it."""
    if someone.key in facts.excluded:
        return False
    return facts.company is None or (someone.company != facts.company and facts.company not in someone.barred)


def _measured(
    need: Need, groups: list[Group], language: str, factor: int, mentors_only: bool
) -> Iterator[tuple[Standing, Candidate]]:
    """Where everybody in `groups` who may be shown stands."""
    knowledge = {key: group.knowledge for group in groups for key in members(group.people)}
    for key, someone in candidates(language, knowledge).items():
        if (someone.is_mentor or not mentors_only) and may_be_shown(need.facts, someone):
            total = round(knowledge[key] + sum(beside_knowledge(need, someone)), DIGITS)
            yield (-total, -someone.free_places, place_among_equals(key, factor), key), someone


def _knowing(
    people: list[Candidate], carriers: Mapping[int, str], texts: Mapping[int, float]
) -> list[Candidate]:
    """`people` with what they know of the need."""
    topics = known_by([someone.key for someone in people], carriers)
    return [
        replace(someone, topics=topics[someone.key], text=texts.get(someone.key, 0.0)) for someone in people
    ]
