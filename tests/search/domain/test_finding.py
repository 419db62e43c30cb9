"""What a query means: words in every language, and the topics that it names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.topics.models import Topic
from search.domain.finding import MOST_GRAMS, MOST_WORDS, OTHER_LANGUAGE, SYNONYM, TOPIC, understand
from search.domain.vocabulary import read_vocabulary

pytestmark = pytest.mark.django_db


def label(slug: str, language: str, text: str, kind: str = "alternative") -> None:
    topic, _new = Topic.objects.get_or_create(slug=slug, defaults={"name": slug})
    topic.labels.model.objects.create(topic=topic, language=language, label=text, kind=kind)


def test_words_count_in_full_in_the_readers_language_and_less_in_the_other():
    german, czech = understand("Sensoren", "de", read_vocabulary()).wanted
    assert (german.language, german.words["sensor"], german.is_measure) == ("de", 1.0, True)
    assert (czech.language, czech.words, czech.is_measure) == ("cs", {"sensoren": OTHER_LANGUAGE}, False)


def test_the_topic_and_its_other_labels_are_looked_for_in_both_languages():
    label("quark", "de", "Quarkbereitung", "preferred")
    label("quark", "de", "Topfen machen")
    label("quark", "cs", "Výroba tvarohu", "preferred")
    asked = understand("quarkbereitung", "de", read_vocabulary())
    german, czech = asked.wanted
    assert asked.topics == ["quark"]
    assert german.topics == czech.topics == {"quark": TOPIC}
    assert german.synonyms == {"topf": SYNONYM / 2, "mach": SYNONYM / 2}
    assert sorted(czech.synonyms.values()) == [SYNONYM / 2, SYNONYM / 2]


def test_a_label_that_describes_adds_no_words():
    label("quark", "de", "Quark", "preferred")
    label("quark", "de", "Milch zu Frischkäse werden lassen")
    assert understand("Quark", "de", read_vocabulary()).wanted[0].synonyms == {}


def test_of_labels_that_overlap_the_longest_counts():
    label("quark", "de", "Quark", "preferred")
    label("quark-cake", "de", "Quark mit Boden", "preferred")
    assert understand("Quark mit Boden", "de", read_vocabulary()).topics == ["quark-cake"]


def test_a_label_in_brackets_counts_alone_and_written_out():
    label("quark", "de", "Quarkmaschine (QRK)", "preferred")
    vocabulary = read_vocabulary()
    assert [
        understand(text, "de", vocabulary).topics for text in ("qrk", "Quarkmaschinen", "Quarkmaschine QRK")
    ] == [["quark"]] * 3


def test_a_changed_label_is_known_at_once():
    label("quark", "de", "Quark", "preferred")
    assert understand("Topfen", "de", read_vocabulary()).topics == []
    label("quark", "de", "Topfen")
    assert understand("Topfen", "de", read_vocabulary()).topics == ["quark"]


def test_the_vocabulary_costs_one_query():
    with CaptureQueriesContext(connection) as queries:
        read_vocabulary()
    assert len(queries) == 1


def test_a_document_pasted_into_the_box_is_cut():
    text = " ".join(f"wort{n}" for n in range(5_000))
    asked = understand(text, "de", read_vocabulary())
    assert len(asked.words) == MOST_WORDS
    assert len(asked.wanted[0].grams) <= MOST_GRAMS
