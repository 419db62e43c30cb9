"""Filters say what each choice would find."""

from hypothesis import given
from hypothesis import strategies as st

from matching.domain.facets import narrow


def row(country: str, *topics: str) -> dict[str, frozenset[str]]:
    return {"country": frozenset([country]), "topic": frozenset(topics)}


ROWS = {1: row("DE", "nis2", "energy"), 2: row("CZ", "nis2"), 3: row("CZ", "energy"), 4: row("DE")}
FACETS = ["country", "topic"]

rows = st.dictionaries(
    st.integers(1, 50),
    st.builds(
        lambda country, topics: row(country, *topics),
        st.sampled_from(["DE", "CZ"]),
        st.frozensets(st.sampled_from(["nis2", "energy", "erp"])),
    ),
)
choices = st.fixed_dictionaries(
    {
        "country": st.frozensets(st.sampled_from(["DE", "CZ"])),
        "topic": st.frozensets(st.sampled_from(["nis2", "energy", "erp"])),
    }
)


def test_without_a_choice_everything_is_found_in_its_order():
    assert narrow(ROWS, {}, FACETS).keys == [1, 2, 3, 4]


def test_of_several_values_one_must_fit_and_every_filter_must():
    chosen = {"topic": frozenset(["nis2", "energy"]), "country": frozenset(["CZ"])}
    assert narrow(ROWS, chosen, FACETS).keys == [2, 3]


@given(rows, choices, st.sampled_from(FACETS), st.sampled_from(["DE", "CZ", "nis2", "energy", "erp"]))
def test_a_count_is_what_the_list_holds_if_that_value_is_chosen_alone(found, chosen, facet, value):
    count = narrow(found, chosen, FACETS).counts[facet][value]
    assert count == len(narrow(found, {**chosen, facet: frozenset([value])}, FACETS).keys)
