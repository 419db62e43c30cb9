"""What the picker proposes while somebody types, and what it makes of the words that were typed."""

import pytest

from portal.topics.domain.picker import choices_for, topics_named

pytestmark = pytest.mark.django_db


def proposed(term: str, language: str) -> list[str]:
    return [choice.label for choice in choices_for(term, language)]


def test_a_czech_editor_who_types_a_german_word_reads_both() -> None:
    assert proposed("kunst", "cs") == [
        "Umělá inteligence (Künstliche Intelligenz)",
        "Zavádění AI v malých a středních firmách (Künstliche Intelligenz einführen)",
    ]


def test_a_german_editor_who_types_without_diacritics_finds_the_czech_word() -> None:
    assert proposed("umela i", "de") == [
        "Künstliche Intelligenz (Umělá inteligence)",
        "KI-Einführung im Mittelstand (Umělá inteligence ve firmě)",
        "Generative KI (Generativní umělá inteligence)",
    ]


def test_the_own_label_stands_alone() -> None:
    assert proposed("robotik", "de")[0] == "Robotik"


def test_an_admin_in_english_finds_and_reads_english_names() -> None:
    assert proposed("password", "en") == ["Password management"]


def test_labels_that_begin_with_the_term_stand_first_and_preferred_ones_before_others() -> None:
    assert proposed("wissens", "de") == ["Wissensmanagement", "Technologietransfer (Wissenstransfer)"]
    assert proposed("wiss", "de")[0] == "Wissensmanagement"
    assert proposed("sicherheit", "de")[:2] == [
        "Sicherheit industrieller Steuerungen",
        "Sicherheitsbewusstsein der Beschäftigten",
    ]


def test_ten_choices_are_enough() -> None:
    assert len(proposed("e", "de")) == 10


@pytest.mark.parametrize("term", ["", " ", "\x00", "%", "_", "%%", "x" * 10_000, 'a"b (x) AND*', "´"])
def test_hostile_terms_find_nothing(term: str) -> None:
    assert choices_for(term, "de") == []


def test_words_in_any_language_and_case_name_their_topics_once() -> None:
    assert topics_named(["SENZORIKA", "Sensorik", "umela inteligence", "Robotics"]) == (
        ["Artificial intelligence", "Robotics", "Sensors"],
        [],
    )


def test_unknown_words_are_handed_back_as_they_were_typed() -> None:
    assert topics_named(["Sensorik", "Quantenkäse"]) == (["Sensors"], ["Quantenkäse"])
