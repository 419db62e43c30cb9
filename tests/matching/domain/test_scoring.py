"""The order of people is a matter of shared topics first, and of nothing that a database happens to return."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain.needs import NeedFacts
from matching.domain.scoring import (
    BROADER,
    NARROWER,
    Candidate,
    Need,
    rank,
    rarity,
    score,
    topic_share,
    worth_towards,
)
from matching.domain.vocabulary import Term, Vocabulary
from portal.members.enums import LanguageLevel

SECURITY, NIS2, PHISHING, ENERGY = 1, 2, 3, 4
VOCABULARY = Vocabulary(
    [
        Term(SECURITY, "security", "Sicherheit", "sicherheit", None),
        Term(NIS2, "nis2", "NIS2", "nis2", SECURITY),
        Term(PHISHING, "phishing", "Phishing", "phishing", SECURITY),
        Term(ENERGY, "energy", "Energie", "energie", None),
    ]
)


def need(seed: str = "guide:1", **weights: float) -> Need:
    asked = {term.pk: weights[term.slug] for term in VOCABULARY.terms.values() if term.slug in weights}
    facts = NeedFacts(spoken=["de"], country="DE", seed=seed)
    return Need(asked, {topic: worth_towards(topic, VOCABULARY) for topic in asked}, facts)


def someone(key: int, *topics: int, **facts) -> Candidate:
    return Candidate(key, frozenset(topics), **facts)


people = st.lists(
    st.builds(
        Candidate,
        key=st.integers(1, 60),
        topics=st.frozensets(st.sampled_from(list(VOCABULARY.terms))),
        country=st.sampled_from(["DE", "CZ"]),
        free_places=st.integers(0, 4),
        languages=st.dictionaries(st.sampled_from(["de", "cs"]), st.sampled_from(LanguageLevel.values)),
    ),
    unique_by=lambda candidate: candidate.key,
)
weights = st.dictionaries(
    st.sampled_from(["security", "nis2", "phishing", "energy"]), st.floats(0.1, 5), min_size=1
)


@given(people, weights, st.randoms())
def test_the_order_does_not_depend_on_the_order_in_which_people_come(candidates, asked, random):
    shuffled = list(candidates)
    random.shuffle(shuffled)
    assert rank(need(**asked), candidates, 3) == rank(need(**asked), shuffled, 3)


@given(people, weights, st.sampled_from(list(VOCABULARY.terms)))
def test_whoever_learns_one_more_topic_never_scores_less(candidates, asked, topic):
    for candidate in candidates:
        wiser = Candidate(**{**vars(candidate), "topics": candidate.topics | {topic}})
        assert score(need(**asked), wiser).total >= score(need(**asked), candidate).total


@given(people, weights)
def test_the_topics_are_a_share_of_what_was_asked(candidates, asked):
    assert all(0 <= score(need(**asked), candidate).topics <= 1 + 1e-9 for candidate in candidates)


def test_a_rare_topic_weighs_more_than_a_common_one_and_every_topic_weighs_something():
    assert (
        rarity(people=100, carriers=2)
        > rarity(people=100, carriers=50)
        > rarity(people=100, carriers=100)
        > 0
    )


def test_a_topic_counts_in_full_below_it_in_part_and_above_it_less():
    assert worth_towards(SECURITY, VOCABULARY) == {SECURITY: 1, NIS2: NARROWER, PHISHING: NARROWER}
    assert worth_towards(NIS2, VOCABULARY) == {NIS2: 1, SECURITY: BROADER}


def test_two_narrower_topics_count_no_more_than_one():
    assert (
        topic_share(need(security=1), {NIS2, PHISHING}) == topic_share(need(security=1), {NIS2}) == NARROWER
    )


def test_a_broad_profile_is_not_punished():
    assert topic_share(need(nis2=1), {NIS2, ENERGY, PHISHING}) == topic_share(need(nis2=1), {NIS2}) == 1


def test_knowledge_comes_before_everything_else():
    knows_both = someone(1, NIS2, ENERGY)
    knows_one = someone(2, NIS2, country="CZ", free_places=4, languages={"de": LanguageLevel.WORKS_IN})
    assert keys(rank(need(nis2=1, energy=1), [knows_one, knows_both], 2)) == [1, 2]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"free_places": 1}, {"free_places": 0}),
        ({"free_places": 3}, {"free_places": 2}),
        ({"languages": {"de": LanguageLevel.WORKS_IN}}, {"languages": {"de": LanguageLevel.UNDERSTANDS}}),
        ({"languages": {"de": LanguageLevel.UNDERSTANDS}}, {"languages": {"cs": LanguageLevel.WORKS_IN}}),
        ({"country": "CZ"}, {"country": "DE"}),
    ],
    ids=["free place", "more places", "works in it", "understands", "other side"],
)
def test_among_those_who_know_equally_much_one_thing_decides(better, worse):
    for first, second in [(1, 2), (2, 1)]:
        candidates = [someone(first, NIS2, **better), someone(second, NIS2, **worse)]
        assert keys(rank(need(nis2=1), candidates, 2)) == [first, second]


def test_who_shares_nothing_is_not_shown():
    assert rank(need(nis2=1), [someone(1, ENERGY, free_places=3)], 3) == []


def test_equals_are_not_the_same_three_on_every_page():
    equals = [someone(key, NIS2) for key in range(1, 31)]
    shown = {tuple(keys(rank(need(seed=f"guide:{n}", nis2=1), equals, 3))) for n in range(20)}
    assert len(shown) > 15


def keys(ranked) -> list[int]:
    return [candidate.key for candidate, _score in ranked]
