"""What the portal learns from its own translations, and how a search uses it."""

import subprocess
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.topics.models import Topic
from search.domain.finding import TRANSLATION, understand
from search.domain.lexicon import catalogue_pairs, label_pairs, page_pairs, relearn, translations_of
from search.domain.vocabulary import Vocabulary
from search.engines import engine
from search.models import WordTranslation
from tests.search.library import ask, document, forget_topics, index, titles

pytestmark = pytest.mark.django_db
NO_TOPICS = Vocabulary({}, {}, 0)


@pytest.fixture(autouse=True)
def _empty_index():
    engine().clear()
    forget_topics()


def in_both(german: str, czech: str, key: str) -> None:
    index(
        document(german, german, object_key=key),
        document(czech, czech, object_key=key, language="cs"),
    )


@pytest.fixture
def quark(settings):
    """Pages alone teach here: our own words take seconds."""
    settings.LOCALE_PATHS = []
    in_both("Quark rühren", "Tvaroh míchat", "one")
    in_both("Quark wiegen", "Tvaroh vážit", "two")
    relearn()


def test_pages_in_both_languages_teach_by_title_summary_and_text():
    in_both("Quark rühren", "Tvaroh míchat", "one")
    index(document("Nur deutsch"))
    assert set(page_pairs("de", "cs")) == {("Quark rühren", "Tvaroh míchat"), ("", "")}


def test_preferred_labels_and_our_own_words_teach_too():
    topic = Topic.objects.create(slug="quark", name="quark")
    for language, label in (("de", "Quark"), ("cs", "Tvaroh")):
        topic.labels.model.objects.create(topic=topic, language=language, label=label)
    assert list(label_pairs("de", "cs")) == [("Quark", "Tvaroh")]
    assert ("Suche", "Hledání") in set(catalogue_pairs("de", "cs"))


@pytest.mark.usefixtures("quark")
def test_a_query_finds_what_was_never_translated():
    index(document("Odkud je tvaroh", "Tvaroh je z mléka.", language="cs", object_key="three"))
    assert "Odkud je tvaroh" in titles("Quark", "de")
    WordTranslation.objects.all().delete()
    assert "Odkud je tvaroh" not in titles("Quark", "de")


@pytest.mark.usefixtures("quark")
def test_it_holds_in_both_directions_and_the_shares_of_a_word_are_one_at_most():
    assert translations_of(["quark"], "de")["cs"]["quark"].keys() == {"tvaroh"}
    assert translations_of(["tvaroh"], "cs")["de"]["tvaroh"].keys() == {"quark"}
    shares: dict[tuple[str, str], float] = {}
    for row in WordTranslation.objects.all():
        key = (row.language, row.term)
        shares[key] = shares.get(key, 0) + row.weight
    assert max(shares.values()) < 1.001


@pytest.mark.usefixtures("quark")
def test_learning_again_replaces_what_was_learned():
    engine().clear()
    relearn()
    assert translations_of(["quark"], "de") == {}


def test_asking_costs_one_query():
    with CaptureQueriesContext(
        connection,
    ) as queries:
        translations_of(["quark", "tvaroh"], "de")
    assert len(queries) == 1


def test_a_request_never_loads_numpy():
    code = (
        "import django, sys; django.setup(); import search.urls; from search.domain import lexicon, correction;"
        " sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def double(terms, language):
    """A lexicon that knows two meanings of everything."""
    other = "cs" if language == "de" else "de"
    return {other: {term: {"alpha": 0.75, "beta": 0.25} for term in terms}}


def test_the_meanings_of_a_word_share_its_weight():
    _german, czech = understand("Quark", "de", NO_TOPICS, double).wanted
    assert czech.synonyms == {"alpha": TRANSLATION * 0.75, "beta": TRANSLATION * 0.25}


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300), st.sampled_from(["de", "cs"]))
def test_any_text_is_understood_and_no_typed_word_is_lost(text, language):
    plain, expanded = (understand(text, language, NO_TOPICS, translate) for translate in (None, double))
    assert expanded.words == plain.words
    for before, after in zip(plain.wanted, expanded.wanted, strict=True):
        assert (after.words, after.grams) == (before.words, before.grams)
        assert before.synonyms.keys() <= after.synonyms.keys()


def test_what_a_word_means_is_marked_but_not_if_the_word_says_little():
    index(*[document(f"Der Test {n}", "der") for n in range(20)], document("Quark"))
    index(*[document(f"Jiné {n}", "jiné", language="cs") for n in range(20)])
    index(document("Tvaroh ten", "", language="cs"))
    for term, other in (("quark", "tvaroh"), ("der", "ten")):
        WordTranslation.objects.create(language="de", term=term, other_language="cs", other=other, weight=1)
    marked = [hit.title_html for hit in ask("der Quark").hits if hit.language == "cs"]
    assert marked == ["<mark>Tvaroh</mark> ten"]
