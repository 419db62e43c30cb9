"""The vocabulary that the portal is delivered with."""

import csv
from collections import Counter

import pytest

from portal.topics.domain.vocabulary_files import FOLDER, LANGUAGES, TopicRow, Vocabulary, read_vocabulary
from portal.topics.models import address_of, fold


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary()


@pytest.fixture(scope="module")
def topics(vocabulary: Vocabulary) -> dict[str, TopicRow]:
    return {topic.slug: topic for topic in vocabulary.topics}


def labels(topic: TopicRow) -> list[str]:
    return [label for _, _, label in topic.labels()]


def test_about_120_topics_stand_under_about_eight_top_topics(topics: dict[str, TopicRow]) -> None:
    tops = [topic for topic in topics.values() if not topic.broader]
    assert (110 <= len(topics) <= 130, 8 <= len(tops) <= 10) == (True, True)


def test_every_topic_reaches_its_top_topic_over_at_most_one_other(topics: dict[str, TopicRow]) -> None:
    def steps(topic: TopicRow) -> int:
        return 1 + steps(topics[topic.broader]) if topic.broader else 0

    assert {slug: steps(topic) for slug, topic in topics.items() if steps(topic) > 2} == {}


def test_every_top_topic_has_something_to_gather(topics: dict[str, TopicRow]) -> None:
    narrower = Counter(topic.broader for topic in topics.values())
    assert {slug for slug, topic in topics.items() if not topic.broader and narrower[slug] < 4} == set()


def test_a_folded_label_belongs_to_one_topic_whatever_its_language(topics: dict[str, TopicRow]) -> None:
    owners: dict[str, set[str]] = {}
    for slug, topic in topics.items():
        for label in [topic.name, *labels(topic)]:
            owners.setdefault(fold(label), set()).add(slug)
    assert {label: slugs for label, slugs in owners.items() if len(slugs) > 1} == {}


def test_nearly_every_topic_is_known_by_another_word_in_each_language(topics: dict[str, TopicRow]) -> None:
    without = {slug for slug, topic in topics.items() for code in LANGUAGES if not topic.alternatives[code]}
    assert without == set()


def test_labels_begin_with_a_capital_or_a_digit(topics: dict[str, TopicRow]) -> None:
    small = [
        label
        for topic in topics.values()
        for label in labels(topic)
        if not (label[0].isupper() or label[0].isdigit())
    ]
    assert small == []


@pytest.mark.parametrize(
    ("slug", "german", "czech"),
    [
        ("gdpr", "DSGVO", "Ochrana osobních údajů"),
        ("plc", "SPS", "PLC"),
        ("strategy-and-innovation", "Innovation", "Inovace"),
        ("digitalisation-strategy", "Digitalisierung", "Digitalizace"),
        ("document-management", "Digitalisierung von Dokumenten", "Digitalizace dokumentů"),
    ],
)
def test_words_that_people_use_and_pairs_that_were_mended(
    topics: dict[str, TopicRow], slug: str, german: str, czech: str
) -> None:
    assert (german in labels(topics[slug]), czech in labels(topics[slug])) == (True, True)


def test_every_topic_names_its_source() -> None:
    with (FOLDER / "topics.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["source"].split()[0] for row in csv.DictReader(file)}
    assert kinds == {"EuroVoc", "hand-written"}


def test_regions_and_countries_are_no_topics(vocabulary: Vocabulary, topics: dict[str, TopicRow]) -> None:
    places = {fold(name) for row in [*vocabulary.regions, *vocabulary.places] for name in row.names.values()}
    places |= {fold(name) for name in ("Deutschland", "Německo", "Tschechien", "Česko", "Sachsen", "Sasko")}
    assert places & {fold(label) for topic in topics.values() for label in labels(topic)} == set()


def test_the_sections_of_nace_are_complete_from_a_to_s(vocabulary: Vocabulary) -> None:
    assert "".join(sector.code for sector in vocabulary.sectors) == "ABCDEFGHIJKLMNOPQRS"


def test_both_sides_of_the_border_lie_in_the_programme_area(vocabulary: Vocabulary) -> None:
    core = Counter(region.country for region in vocabulary.regions if region.is_core)
    assert core == {"DE": 10, "CZ": 3}


@pytest.mark.parametrize(
    ("name", "german", "czech", "also", "region"),
    [
        ("Ústí nad Labem", "Ústí nad Labem", "Ústí nad Labem", ["Aussig"], "CZ042"),
        ("Praha", "Prag", "Praha", [], "CZ010"),
        ("Karlovy Vary", "Karlovy Vary", "Karlovy Vary", ["Karlsbad"], "CZ041"),
        ("Dresden", "Dresden", "Drážďany", [], "DED21"),
        ("Bautzen", "Bautzen", "Budyšín", [], "DED2C"),
        ("Meißen", "Meißen", "Míšeň", [], "DED2E"),
        ("Zwickau", "Zwickau", "Zwickau", ["Cvikov"], "DED45"),
        ("Nossen", "Nossen", "Nossen", [], "DED2E"),
        ("Kladno", "Kladno", "Kladno", [], "CZ020"),
    ],
)
def test_towns_are_called_as_each_language_calls_them_today_and_found_by_their_other_names(
    vocabulary: Vocabulary, name: str, german: str, czech: str, also: list[str], region: str
) -> None:
    found = [(row.names, row.other_names, row.region) for row in vocabulary.places if row.name == name]
    assert found == [({"de": german, "cs": czech}, also, region)]


def test_every_town_lies_in_its_country(vocabulary: Vocabulary) -> None:
    # The two countries side by side reach from 48.5 to 51.8 degrees north and from 11.8 to 18.9 east.
    outside = [
        row.name
        for row in vocabulary.places
        if not (48.5 < row.latitude < 51.8 and 11.8 < row.longitude < 18.9)
    ]
    assert outside == []


def test_german_addresses_are_spelled_as_germans_spell_them() -> None:
    assert address_of("Künstliche Intelligenz", "de") == "kuenstliche-intelligenz"
    assert address_of("Barrierefreiheit für Große", "de") == "barrierefreiheit-fuer-grosse"
    assert address_of("Umělá inteligence", "cs") == "umela-inteligence"
