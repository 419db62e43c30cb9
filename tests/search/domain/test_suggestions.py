"""What is suggested to somebody who has typed the beginning of a word."""

from datetime import timedelta
from itertools import groupby

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.topics.models import Topic
from search.domain.suggestions import MOST, MOST_OF_A_KIND, suggest
from search.engines import engine
from tests.search.library import document, forget_topics, index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty():
    engine().clear()
    forget_topics()


def topic(slug: str, german: str, czech: str) -> None:
    found = Topic.objects.create(slug=slug, name=slug)
    for language, label in (("de", german), ("cs", czech)):
        found.labels.model.objects.create(topic=found, language=language, label=label)


def texts(typed: str, language: str = "de") -> list[str]:
    return [found.text for found in suggest(typed, language)]


def test_beginnings_of_words_are_enough_without_diacritics_and_in_any_case():
    index(document("Große Fräsmaschinen prüfen"))
    for typed in ("frä", "FRAS", "pruf gro", "Große Fräs"):
        assert texts(typed) == ["Große Fräsmaschinen prüfen"]
    for typed in ("maschine", "f", "", "fras drehen"):
        assert texts(typed) == []


def test_topics_stand_first_and_are_named_by_labels_of_both_languages():
    topic("milling", "Fräsen", "Frézování")
    index(document("Fräsen lernen"))
    assert texts("fra") == ["Fräsen", "Fräsen lernen"]
    assert texts("frez") == ["Fräsen"]


def test_labels_of_the_reader_come_before_those_of_the_others():
    topic("a", "Alpha", "Sport")
    topic("b", "Sparen", "Beta")
    assert texts("sp") == ["Sparen", "Alpha"]


def test_only_the_readers_tree_is_suggested():
    index(document("Odkud", language="cs"), document("Odysee"))
    assert (texts("od", "cs"), texts("od", "de")) == (["Odkud"], ["Odysee"])


def test_words_of_another_language_say_so():
    index(document("Odkud", language="cs", locale="de"))
    (found,) = suggest("odk", "de")
    assert (found.language, found.kind) == ("cs", "guide")


def test_events_that_are_over_are_left_out():
    now = timezone.now()
    index(
        document("Treffen gestern", kind="event", starts_at=now - timedelta(days=1)),
        document("Treffen morgen", kind="event", starts_at=now + timedelta(days=1)),
    )
    assert texts("treff") == ["Treffen morgen"]


def test_titles_that_begin_so_come_first_and_the_list_stays_short():
    kinds = ("guide", "news", "event", "mentor")
    index(*[document(f"Test {n}", kind=kind) for kind in kinds for n in range(5)], document("A test"))
    found = [each.kind for each in suggest("test", "de")]
    assert len(found) == MOST
    assert [(kind, len(list(same))) for kind, same in groupby(found)][:2] == [
        (kind, MOST_OF_A_KIND) for kind in list(dict.fromkeys(found))[:2]
    ]
    assert "A test" not in texts("test")


def test_it_costs_two_queries_whatever_there_is():
    index(*[document(f"Test {n}") for n in range(30)])
    with CaptureQueriesContext(connection) as queries:
        suggest("test", "de")
    assert len(queries) == 2


@hypothesis_settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=200))
def test_anything_may_be_typed(text):
    assert len(suggest(text, "de")) <= MOST
