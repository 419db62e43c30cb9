"""Who knows how much: groups of people, divided as the formula would judge each of them alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain.knowledge import FEW, Group, bits, divided, known_by, members, wisest
from matching.domain.scoring import Need, topic_share

keys = st.sets(st.integers(0, 300))
#: two topics that are asked for, and what carrying each of four counts towards them
NEED = Need({1: 2.0, 2: 0.5}, {1: {1: 1.0, 3: 0.6, 4: 0.25}, 2: {2: 1.0, 3: 0.25}})
carriers = st.fixed_dictionaries({}, optional=dict.fromkeys((1, 2, 3, 4), keys))


def listed(people: set[int]) -> str:
    return ",".join(map(str, sorted(people, reverse=True)))


@given(keys)
def test_a_set_comes_back_in_ascending_order(people):
    assert members(bits(listed(people))) == sorted(people)


@pytest.mark.parametrize("number", [FEW - 1, FEW, 10 * FEW])
def test_a_large_set_does_as_well_as_a_small_one(number):
    people = {3 * key for key in range(number)}
    assert members(bits(listed(people))) == sorted(people)


@given(carriers, st.dictionaries(st.integers(0, 300), st.sampled_from([0.25, 1.0]), max_size=5))
def test_everybody_who_knows_anything_is_in_one_group_with_those_who_know_as_much(carrying, texts):
    groups = divided(NEED, {topic: listed(people) for topic, people in carrying.items()}, texts)
    found = {person: group.knowledge for group in groups for person in members(group.people)}
    by_formula = {
        person: topic_share(NEED, [topic for topic in carrying if person in carrying[topic]])
        + texts.get(person, 0.0)
        for person in set().union(*carrying.values(), texts)
    }
    assert found == pytest.approx(by_formula)
    assert sum(group.people.bit_count() for group in groups) == len(found)
    assert groups == sorted(groups, reverse=True)


@given(carriers, st.integers(1, 400))
def test_the_wisest_are_so_many_and_nobody_is_lost(carrying, number):
    groups = divided(NEED, {topic: listed(people) for topic, people in carrying.items()}, {})
    first, rest = wisest(groups, number)
    everybody = set().union(*carrying.values())
    chosen = {person for group in first for person in members(group.people)}
    others = {person for group in rest for person in members(group.people)}
    assert len(chosen) == min(number, len(everybody))
    assert (chosen | others, chosen & others) == (everybody, set())
    assert not (first and rest) or first[-1].knowledge >= rest[0].knowledge


@given(carriers, st.frozensets(st.integers(0, 300)))
def test_of_everybody_it_is_told_what_they_know(carrying, people):
    told = known_by(people, {topic: listed(carrying[topic]) for topic in carrying})
    assert told == {key: {topic for topic in carrying if key in carrying[topic]} for key in people}


def test_of_a_group_that_is_divided_the_lower_keys_come_first():
    assert wisest([Group(1.0, bits("4,2,9"))], 2) == ([Group(1.0, bits("2,4"))], [Group(1.0, bits("9"))])


def test_nobody_is_in_no_list():
    assert (bits(""), members(0), divided(NEED, {}, {})) == (0, [], [])
