"""A lexicon out of nothing but sentence pairs."""

from hypothesis import given
from hypothesis import strategies as st

from search.domain.learning import LEAST_WEIGHT, learn

PAIRS = [
    ("stroj propojit", "maschine vernetzen"),
    ("stroj udrzovat", "maschine warten"),
    ("site propojit", "netz vernetzen"),
    ("site udrzovat", "netz warten"),
]
STEMS = st.lists(st.sampled_from("abcdefgh"), max_size=5)


def split(pairs):
    return [(one.split(), other.split()) for one, other in pairs]


def test_what_goes_together_means_the_same():
    surest = {}
    for translation in learn(split(PAIRS)):
        surest.setdefault(translation.term, translation.other)
    assert surest == {"stroj": "maschine", "propojit": "vernetzen", "site": "netz", "udrzovat": "warten"}


def test_the_surest_stand_first():
    weights = [translation.weight for translation in learn(split(PAIRS))]
    assert weights == sorted(weights, reverse=True)


def test_a_single_sentence_teaches_nothing():
    assert learn(split([("stroj propojit", "maschine vernetzen"), ("dobry den", "guten tag")])) == []


def test_there_may_be_nothing_to_learn_from():
    assert learn([]) == []


@given(st.lists(st.tuples(STEMS, STEMS), max_size=20))
def test_every_weight_is_a_share_and_stems_were_seen_together(pairs):
    for term, other, weight in learn(pairs):
        assert LEAST_WEIGHT <= weight <= 1
        assert any(term in one and other in two for one, two in pairs)


@given(st.lists(st.tuples(STEMS, STEMS), max_size=20))
def test_both_directions_agree(pairs):
    there = {(term, other, weight) for term, other, weight in learn(pairs)}
    back = {(other, term, weight) for term, other, weight in learn([(two, one) for one, two in pairs])}
    assert {found[:2] for found in there} == {found[:2] for found in back}
