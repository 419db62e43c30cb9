"""Who knows how much of what is asked for: thousands of people, divided into groups that know equally much.

Everybody who carries a topic is one long number with a bit for each of them. To divide all people by what they know is
then a few hundred operations on such numbers, however many people there are: a bitmap index (O'Neil and Quass, Improved query
performance with variant indexes, SIGMOD 1997). A process remembers only which number it has made of a list, so what it knows
cannot be old.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from matching.domain.scoring import Need

#: twice the lists of a usual vocabulary; at 100,000 people, some 10 MB
REMEMBERED = 256

#: of a set so small, the bits are taken one by one; of a larger one, its bytes are looked through
FEW = 200

NOT_EMPTY = re.compile(rb"[^\0]")
#: which bits of a byte are set
BITS = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]


class Group(NamedTuple):
    """People who know equally much: the share of the need that they cover, and a number with a bit for each of them."""

    knowledge: float
    people: int


@lru_cache(maxsize=REMEMBERED)
def bits(listed: str) -> int:
    """The set of the keys in `listed` ("3,17,4"; "" for none) as one number."""
    keys = [int(key) for key in listed.split(",")] if listed else []
    found = bytearray(max(keys, default=0) // 8 + 1)
    for key in keys:
        found[key >> 3] |= 1 << (key & 7)
    return int.from_bytes(found, "little")


def _set(keys: Iterable[int]) -> int:
    return sum(1 << key for key in keys)


def members(people: int) -> list[int]:
    """The keys in a set, in ascending order."""
    if people.bit_count() < FEW:
        keys = []
        while people:
            keys.append(people.bit_length() - 1)
            people ^= 1 << keys[-1]
        return keys[::-1]
    written = people.to_bytes((people.bit_length() + 7) // 8, "little")
    return [8 * found.start() + bit for found in NOT_EMPTY.finditer(written) for bit in BITS[found[0][0]]]


def divided(need: Need, carriers: Mapping[int, str], texts: Mapping[int, float]) -> list[Group]:
    """Everybody who knows anything of the need, in groups, those who know most first.

    `carriers` lists who carries each topic that counts, as `bits` reads it. `texts` says how alike the profiles of some are
    to the need's words (0 to 1); each of them is a group alone.
    """
    groups = _by_topics(need, {topic: bits(listed) for topic, listed in carriers.items()})
    similar = _set(texts)
    topics, found = dict.fromkeys(texts, 0.0), []
    for knowledge, people in groups:
        if alone := people & similar:
            topics |= dict.fromkeys(members(alone), knowledge)
        found.append(Group(knowledge, people ^ alone))
    found += [Group(topics[key] + need.weights.text * text, 1 << key) for key, text in texts.items()]
    return sorted((group for group in found if group.knowledge and group.people), reverse=True)


def known_by(people: Collection[int], carriers: Mapping[int, str]) -> dict[int, frozenset[int]]:
    """Which of the topics in `carriers` each of `people` carries."""
    asked, found = _set(people), {key: set[int]() for key in people}
    for topic, listed in carriers.items():
        for key in members(bits(listed) & asked):
            found[key].add(topic)
    return {key: frozenset(topics) for key, topics in found.items()}


def wisest(groups: list[Group], number: int) -> tuple[list[Group], list[Group]]:
    """Those of the first `number` people, and all others; of a group that is divided, the lower keys come first."""
    for at, group in enumerate(groups):
        size = group.people.bit_count()
        if size >= number:
            last = _set(members(group.people)[:number])
            rest = Group(group.knowledge, group.people ^ last)
            more = groups[at + 1 :]
            return [*groups[:at], Group(group.knowledge, last)], [rest, *more] if rest.people else more
        number -= size
    return groups, []


def _by_topics(need: Need, carriers: Mapping[int, int]) -> list[Group]:
    """Divides all who carry anything by one asked topic after the other; the best credit counts first."""
    everybody = 0
    for carrying in carriers.values():
        everybody |= carrying
    groups = [Group(0.0, everybody)]
    for asked, worth in sorted(need.worth.items()):
        earning: dict[float, int] = {}
        for topic, credit in worth.items():
            earning[credit] = earning.get(credit, 0) | carriers.get(topic, 0)
        steps = [(need.rarities[asked] * credit / need.whole, earning[credit]) for credit in sorted(earning)]
        groups = list(_divided(groups, steps[::-1]))
    return groups


def _divided(groups: list[Group], steps: list[tuple[float, int]]) -> Iterator[Group]:
    for knowledge, people in groups:
        rest = people
        for share, earning in steps:
            if found := rest & earning:
                yield Group(knowledge + share, found)
                rest ^= found
        if rest:
            yield Group(knowledge, rest)
