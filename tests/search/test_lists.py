"""What was read of the index is kept until the index changes, whatever else is written, and no longer."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.topics.models import Place
from search.analysis import stem
from search.engines import engine
from search.engines.base import Wanted
from search.models import DocumentFrequency, IndexVersion
from tests.search.library import ask, document, forget, index, titles

# Within a transaction, as other tests are, nothing is kept.
pytestmark = pytest.mark.django_db(transaction=True)

READING = ("search_documentfrequency", "fts", "search_holding", "d.source")


@pytest.fixture
def library():
    engine().clear()
    index(document("Drehmaschine warten"), document("Fräsmaschine kaufen"))
    yield
    engine().clear()


def read_of_the_index(text: str) -> int:
    """How many queries a search asks the index, beside the texts of what it shows."""
    with CaptureQueriesContext(connection) as queries:
        ask(text)
    return sum(any(name in query["sql"] for name in READING) for query in queries)


def test_a_second_search_for_the_same_reads_nothing_of_the_index_though_something_else_was_written(
    every_engine, library
):
    assert read_of_the_index("warten") > 0
    Place.objects.earliest("pk").save()
    assert read_of_the_index("warten") == 0


def test_what_is_written_and_what_is_deleted_shows_at_once(every_engine, library):
    assert titles("warten") == ["Drehmaschine warten"]
    new = document("Kompressor warten")
    index(new)
    assert sorted(titles("warten")) == ["Drehmaschine warten", "Kompressor warten"]
    forget(new)
    assert titles("warten") == ["Drehmaschine warten"]
    assert ask("warten").total == 1


def test_what_was_taken_back_was_never_there(every_engine, library):
    titles("warten")
    with transaction.atomic():
        index(document("Kompressor warten"))
        transaction.set_rollback(True)
    assert titles("warten") == ["Drehmaschine warten"]


def test_the_index_that_is_emptied_is_empty(every_engine, library):
    assert titles("warten")
    engine().clear()
    assert titles("warten") == []
    assert ask("warten").total == 0


def test_counts_that_a_rebuild_has_mended_are_right_at_once(library):
    wanted = [Wanted(language="de", words={stem("warten", "de"): 1.0}, grams={})]
    right = engine().frequencies(wanted)
    DocumentFrequency.objects.filter(language="de").update(level_0=99)
    IndexVersion.renew()
    assert engine().frequencies(wanted) != right
    engine().settle()
    assert engine().frequencies(wanted) == right


def test_the_version_is_asked_for_after_a_change_only(library):
    wanted = [Wanted(language="de", words={stem("warten", "de"): 1.0}, grams={})]
    asked = []
    for change in (lambda: None, lambda: None, lambda: index(document("Kompressor warten"))):
        change()
        with CaptureQueriesContext(connection) as queries:
            engine().frequencies(wanted)
        asked.append(sum("search_indexversion" in query["sql"] for query in queries))
    assert asked[1:] == [0, 1]


def test_without_a_new_version_the_index_would_seem_as_it_was(library, monkeypatch):
    titles("warten")
    monkeypatch.setattr(IndexVersion, "renew", lambda: None)
    index(document("Kompressor warten"))
    assert titles("warten") == ["Drehmaschine warten"]
