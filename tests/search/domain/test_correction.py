""" "Did you mean": words that are nearly known."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.topics.models import Topic
from search.domain.correction import collect_words, corrected, slips_between
from search.engines import engine
from tests.search.library import document, forget_topics, index

pytestmark = pytest.mark.django_db
WORDS = st.text("abcd", max_size=8)


@pytest.fixture(autouse=True)
def library():
    engine().clear()
    forget_topics()
    index(
        document("Fräsen lernen", "Die Fräsmaschine ist teuer. Fräsmaschinen sind schwer."),
        document("Fräsen verstehen", "Die Wartung der Fräsmaschine. Bestand."),
        document("Frézování", "Údržba strojů, bezpečnost", language="cs"),
        document("Verstand", ""),
    )
    collect_words()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Fräsmachine", "Fräsmaschine"),  # one letter is missing
        ("Fräsmasschiene", "Fräsmaschine"),  # two slips in a long word
        ("Watrung", "Wartung"),  # two letters changed places
        ("frasmachine", "Fräsmaschine"),  # without diacritics
        ("Was kostet eine Fräsmachine?", "Was kostet eine Fräsmaschine?"),  # the rest stays as it was
    ],
)
def test_a_slip_is_mended(typed, meant):
    assert corrected(typed, "de").endswith(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "Fräsmaschine",
        "fräsmaschinen",
        "Frasen",  # as people type in a hurry
        "Bergsteigen",  # nothing is near
        "Wal",  # too short to tell
        "ISO 27001",
        "",
        "?!",
    ],
)
def test_what_is_known_short_or_far_from_everything_stays(typed):
    assert corrected(typed, "de") == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Holz fur das Feuer", ""),
        ("Holz fuer das Feuer", ""),  # not "Holz Feuer das Feuer"
        ("Holz für das Fauer", "Holz für das Feuer"),
        ("Fürs", ""),  # a short word is known, but never meant: it is too near to too many
    ],
)
def test_a_short_word_is_known_without_its_diacritics_and_with_others_in_their_place(typed, meant):
    index(document("Ofen", "Holz für das Feuer."))
    collect_words()
    assert corrected(typed, "de") == meant


def test_a_topic_is_known_though_no_document_speaks_of_it():
    assert corrected("Wartong", "de") == "Wartung"
    topic = Topic.objects.create(slug="wartong", name="wartong")
    topic.labels.model.objects.create(topic=topic, language="de", label="Wartong")
    collect_words()
    assert corrected("Wartong", "de") == ""


def test_words_of_the_other_language_are_known_and_offered_last():
    assert (corrected("bezpečnost", "de"), corrected("bezpecnast", "de")) == ("", "bezpečnost")


def test_of_words_that_are_equally_near_the_more_frequent_one_is_meant():
    index(*[document(f"Wartüng {number}", "Wartezeit") for number in range(3)], document("Wartezein", ""))
    collect_words()
    assert corrected("Wartezeix", "de") == "Wartezeit"


def test_it_costs_two_queries_at_most_and_one_if_all_is_known():
    for typed, most in (("Fräsmaschine", 1), ("Fräsmachine Watrung", 2)):
        with CaptureQueriesContext(connection) as queries:
            corrected(typed, "de")
        assert len(queries) == most


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(st.text(max_size=200))
def test_anything_may_be_typed(text):
    assert isinstance(corrected(text, "de"), str)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("abc", "abc", 0),
        ("abc", "acb", 1),
        ("abc", "abcd", 1),
        ("abc", "xyz", 3),
        ("", "ab", 2),
        ("ca", "abc", 3),
    ],
)
def test_slips_are_counted(one, other, slips):
    assert slips_between(one, other, 3) == slips


@given(WORDS, WORDS, st.integers(0, 3))
def test_counting_is_symmetric_and_stops_at_the_limit(one, other, most):
    found = slips_between(one, other, most)
    assert found == slips_between(other, one, most) == min(slips_between(one, other, 99), most + 1)
