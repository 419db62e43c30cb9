"""Documents that speak of the same things as a longer text."""

import pytest

from search.domain.similarity import most_similar
from tests.search.library import document, index

pytestmark = pytest.mark.django_db


def test_a_small_budget_is_spent_on_the_rarest_words():
    rare = document("Spindel", "Die Spindel.", kind="similar")
    common = [document("Wartung", f"Die Wartung, {number}.", kind="similar") for number in range(3)]
    index(rare, *common)
    text = "Wartung der Spindel"
    assert len(most_similar(text, "de", ["similar"], 10)) == 4
    assert len(most_similar(text, "de", ["similar"], 10, budget=1)) == 1
