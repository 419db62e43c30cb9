"""How documents are ranked, apart from any database."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Wanted
from search.engines.scoring import (
    BUDGET,
    EVERY_DOCUMENT,
    K1,
    LEVELS,
    MOST_LISTS,
    TITLE_WEIGHT,
    key_and_level,
    lexemes,
    plan,
    rarity,
    shares,
    wanted_keys,
)
from tests.search.library import document

DOCUMENTS = 10_000


def counted(documents: int = DOCUMENTS, **held: int) -> dict[tuple[str, str], list[int]]:
    """Frequencies as an index has them that holds so many `documents`, and lexemes so often."""
    found: dict[tuple[str, str], list[int]] = {}
    for lexeme, count in {EVERY_DOCUMENT: documents, **held}.items():
        key, level = key_and_level(lexeme)
        found.setdefault(("de", key), [0] * LEVELS)[level] = count
    return found


def asked(*words: str) -> list[Wanted]:
    return [Wanted("de", dict.fromkeys(words, 1.0), {}, is_measure=True)]


def test_every_lexeme_of_a_document_stands_once_and_in_order():
    found = lexemes(document("Sensor Sensor", "Sensor und Gateway", topics=["opc-ua"]), ["OPC UA"])
    assert found == sorted(set(found))
    assert {EVERY_DOCUMENT, "k7opc-ua"} <= set(found)
    assert [lexeme for lexeme in found if lexeme.endswith("gateway")] == ["w6gateway"]


def test_a_word_that_comes_back_and_a_short_text_raise_the_level():
    def level(text: str) -> str:
        return next(
            lexeme[1]
            for lexeme in lexemes(document("", text))
            if lexeme.endswith("sensor") and lexeme[0] == "w"
        )

    long_text = " ".join(f"wort{n}" for n in range(600))
    assert level("Sensor") > level(f"Sensor {long_text}")
    assert level("Sensor " * 20 + long_text) > level(f"Sensor {long_text}")


def test_only_lists_that_exist_are_read_each_with_its_share():
    postings = plan(asked("sensor"), counted(w2sensor=10, w5sensor=30, t7sensor=5)).postings
    words, titles = rarity(40, DOCUMENTS), rarity(5, DOCUMENTS) * TITLE_WEIGHT
    assert {(p.lexeme, round(p.weight, 6)) for p in postings} == {
        ("w2sensor", round(words * 2.5 / LEVELS, 6)),
        ("w5sensor", round(words * 5.5 / LEVELS, 6)),
        ("t7sensor", round(titles * 7.5 / LEVELS, 6)),
    }


def test_what_a_text_says_weighs_in_it_as_it_does_in_the_documents():
    """The share in the text, times the rarity on both sides: rare words decide, however often it says the others."""
    text = Wanted("de", shares({"sensor": 1, "und": 10}, 300), {}, titles_count=False, is_document=True)
    postings = plan([text], counted(w2sensor=10, w2und=DOCUMENTS // 2)).postings
    assert [round(p.weight, 6) for p in postings] == [
        round(share * rarity(holding, DOCUMENTS) ** 2 * 2.5 / LEVELS, 6)
        for share, holding in ((1 / (1 + K1), 10), (10 / (10 + K1), DOCUMENTS // 2))
    ]
    assert postings[0].weight > 10 * postings[1].weight


def test_common_terms_are_left_out_when_the_budget_is_spent():
    counts = counted(10 * BUDGET, w2rare=10, w2usual=BUDGET - 100, w2common=BUDGET - 50)
    assert [p.lexeme for p in plan(asked("common", "usual", "rare"), counts).postings] == [
        "w2rare",
        "w2usual",
    ]


def test_a_term_alone_is_read_whatever_it_costs():
    counts = counted(10 * BUDGET, w2common=9 * BUDGET)
    assert [p.lexeme for p in plan(asked("common"), counts).postings] == ["w2common"]


def test_words_that_say_little_beside_the_others_are_named():
    planned = plan(asked("der", "sensor"), counted(w2der=9_000, w2sensor=10))
    assert planned.common == {("de", "der")}


def test_nothing_is_read_for_what_no_document_holds():
    assert plan(asked("nichts"), counted()).postings == []


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_rarity_is_never_negative_and_falls(holding, documents):
    assert rarity(holding, documents) >= rarity(holding + 1, documents) >= 0


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 30_000), max_size=150))
def test_a_plan_keeps_its_limits(held):
    lengths = {f"w{len(word) % LEVELS}{word}": count for word, count in held.items()}
    planned = plan(asked(*held), counted(**lengths))
    lists = Counter(p.lexeme for p in planned.postings)
    assert len(lists) <= MOST_LISTS
    assert max(lists.values(), default=1) == 1
    assert len(lists) <= 1 or sum(lengths[lexeme] for lexeme in lists) <= BUDGET
    assert {key_and_level(lexeme)[0] for lexeme in lists} <= set(wanted_keys(asked(*held)).get("de", ()))
