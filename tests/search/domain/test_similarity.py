"""Documents that speak of the same things as a longer text."""

import pytest

from search.domain.similarity import most_similar
from tests.search.library import document, index, source_of

pytestmark = pytest.mark.django_db


def test_a_small_budget_is_spent_on_the_rarest_words():
    rare = document("Spindel", "Die Spindel.", kind="similar")
    common = [document("Wartung", f"Die Wartung, {number}.", kind="similar") for number in range(3)]
    index(rare, *common)
    text = "Wartung der Spindel"
    assert len(most_similar(text, "de", ["similar"], 10)) == 4
    assert len(most_similar(text, "de", ["similar"], 10, budget=1)) == 1


def test_a_rare_word_says_more_than_a_common_one_that_comes_again_and_again():
    spindle = document("Die Spindel", "Vom Fräsen mit der Spindel.", kind="similar")
    upkeep = [document(f"Wartung {number}", "Von der Wartung.", kind="similar") for number in range(5)]
    others = [document(f"Rechnung {number}", "Vom Schreiben.", kind="similar") for number in range(8)]
    index(spindle, *upkeep, *others)
    found = most_similar("Wartung, Wartung, noch einmal Wartung: der Spindel", "de", ["similar"], 10)
    assert next(iter(found)) == source_of(spindle)
    assert all(share < 1 for share in list(found.values())[1:])
