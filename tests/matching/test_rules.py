"""However coordinators set the weights, knowledge comes first."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from matching.domain.scoring import Candidate, Need, score
from matching.models import MatchingWeights
from matching.rules import HALF, Weights
from portal.members.enums import LanguageLevel
from tests.matching.domain.weights import sound_weights

ASKED = Need({1: 1.0, 2: 1.0}, {1: {1: 1.0}, 2: {2: 1.0}})
candidates = st.builds(
    Candidate,
    key=st.just(1),
    languages=st.dictionaries(st.just("de"), st.sampled_from(LanguageLevel.values)),
    free_places=st.integers(0, 3),
    answers_within=st.none() | st.integers(1, 30),
)


def need(weights: Weights) -> Need:
    return Need(ASKED.rarities, ASKED.worth, ASKED.facts, weights)


def test_the_usual_weights_are_sound():
    assert Weights().are_sound
    assert Weights().others < HALF


@given(sound_weights, candidates, candidates)
def test_half_of_the_topics_more_is_never_made_up_for_but_by_words(weights, one, other):
    wiser = Candidate(**{**vars(one), "topics": frozenset([1])})
    assert score(need(weights), wiser).total > score(need(weights), other).total


@given(sound_weights, candidates)
def test_no_part_is_ever_negative_nor_counts_more_than_its_weight(weights, someone):
    parts = score(need(weights), someone)
    assert 0 <= parts.language <= weights.works_in
    assert 0 <= parts.habit <= weights.habit
    assert parts.total <= 1 + weights.text + weights.others


@given(sound_weights, st.integers(1, 40), st.integers(1, 40))
def test_who_answers_sooner_never_counts_less_and_the_unknown_stand_between(weights, days, more):
    def habit(answers_within: int | None) -> float:
        return score(need(weights), Candidate(1, answers_within=answers_within)).habit

    assert habit(days) >= habit(days + more)
    assert habit(1) >= habit(None) >= habit(7)


@pytest.mark.parametrize(
    "changes",
    [{"works_in": 14}, {"border": 11}, {"understands": 13}, {"interpreted": 8}, {"text": 101}],
    ids=["half", "half too", "less for more", "less for an interpreter", "more than topics"],
)
@pytest.mark.django_db
def test_neither_the_form_nor_the_database_takes_weights_that_are_not_sound(changes):
    site = Site.objects.get()
    row = MatchingWeights(site=site, **changes)
    assert not row.weights.are_sound
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.django_db
def test_sound_weights_are_taken_and_the_usual_ones_are_those_of_the_score():
    row = MatchingWeights(site=Site.objects.get())
    row.full_clean()
    row.save()
    assert row.weights == Weights()
