"""What a need would find if it asked for a little less."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain.needs import NeedFacts
from matching.domain.relaxing import (
    WAYS,
    Situation,
    bit,
    fits,
    fitting,
    relaxed,
    situations,
    way_of,
    ways_for,
)
from portal.core.enums import SpokenLanguage
from portal.members.enums import Meeting

LANGUAGES = ["de", "cs", "en", "pl"]

needs = st.builds(
    NeedFacts,
    spoken=st.lists(st.sampled_from(LANGUAGES), unique=True),
    interpreting=st.booleans(),
    meeting=st.sampled_from(Meeting.values),
)
crowds = st.dictionaries(
    st.builds(
        Situation,
        languages=st.frozensets(st.sampled_from(LANGUAGES)),
        online=st.booleans(),
        comes=st.booleans(),
    ),
    st.integers(1, 9),
    max_size=6,
)


def somebody(*languages: str, online: bool = True, comes: bool = True) -> Situation:
    return Situation(frozenset(languages), online, comes)


def told(facts: NeedFacts, crowd) -> dict[str, int]:
    return {way.code: way.more for way in fitting(facts, crowd).ways}


def test_with_english_there_are_four_more():
    crowd = {somebody("de"): 2, somebody("en", "cs"): 3, somebody("en"): 1}
    found = fitting(NeedFacts(spoken=["de"]), crowd)
    assert found.count == 2
    assert {way.code: way.more for way in found.ways} == {
        "languages:en": 4,
        "interpreting:": 4,
        "languages:cs": 3,
    }


@pytest.mark.parametrize("asked", [Meeting.ONLINE, Meeting.ON_SITE])
def test_who_meets_in_the_other_way_is_found_by_taking_either(asked):
    crowd = {somebody("de", comes=False): 1, somebody("de", online=False): 2}
    other = {Meeting.ONLINE: 2, Meeting.ON_SITE: 1}[asked]
    assert told(NeedFacts(spoken=["de"], meeting=asked), crowd) == {"meeting:either": other}


def test_who_lacks_two_things_is_found_by_neither():
    crowd = {somebody("cs", online=False): 5}
    assert told(NeedFacts(spoken=["de"], meeting=Meeting.ONLINE), crowd) == {}


def test_whoever_takes_an_interpreter_is_offered_no_language():
    crowd = {somebody("cs"): 5}
    found = fitting(NeedFacts(spoken=["de"], interpreting=True), crowd)
    assert (found.count, found.ways) == (5, [])


@given(needs, crowds)
def test_asking_for_less_never_loses_anybody_and_counts_who_is_there(facts, crowd):
    found = fitting(facts, crowd)
    assert found.count == sum(n for someone, n in crowd.items() if fits(facts, someone))
    assert len(found.ways) <= WAYS
    assert [way.more for way in found.ways] == sorted((way.more for way in found.ways), reverse=True)
    for way in found.ways:
        less = fitting(relaxed(facts, way), crowd).count
        assert less == found.count + way.more > found.count


@given(needs)
def test_a_way_is_found_again_by_its_code_and_nothing_else_is(facts):
    assert [way_of(way.code, facts) for way in ways_for(facts)] == list(ways_for(facts))
    assert way_of("languages:tlh", facts) is None
    assert way_of("\x00", facts) is None


@given(st.frozensets(st.sampled_from(SpokenLanguage.values)))
def test_a_sum_of_languages_is_read_as_what_it_was_made_of(languages):
    ((situation, number),) = situations(iter([(sum(map(bit, languages)), True, False, 3)])).items()
    assert (situation, number) == (Situation(languages, True, False), 3)
