"""What every engine promises of writing and forgetting. Runs on SQLite in `make test`, on PostgreSQL and on Elasticsearch in
`make test-all`."""

import pytest

from search.engines import engine
from search.engines.base import Entry
from search.models import DocumentFrequency
from tests.search.library import SHELF, ask, catch_up, document, forget, index, source_of, titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]


def test_a_document_that_is_written_again_is_replaced():
    data = document("Alter Titel", "Fräsen", object_key="again")
    index(data)
    index(document("Neuer Titel", "Drehen", object_key="again"))
    assert (titles("Fräsen"), titles("Drehen"), engine().count()) == ([], ["Neuer Titel"], len(SHELF) + 1)


def test_of_two_pages_about_one_object_in_one_tree_the_last_one_is_found():
    pages = [document("Profil", words, object_key="twice", kind="mentor") for words in ("Fräsen", "Drehen")]
    for source, page in zip(("test.page:1", "test.page:2"), pages, strict=True):
        engine().index([Entry(source, page)])
    engine().index([Entry("test.page:3", pages[0]), Entry("test.page:4", pages[1])])
    catch_up()
    assert (titles("Fräsen"), titles("Drehen"), engine().count()) == ([], ["Profil"], len(SHELF) + 1)
    assert engine().problems() == []


def test_a_document_that_changes_its_language_moves_to_the_other_index():
    index(document("Profil", "Glasbläser", object_key="moves", locale="cs", language="de"))
    index(document("Profil", "Foukač skla", object_key="moves", locale="cs", language="cs"))
    assert (titles("Glasbläser", "cs"), titles("foukač skla", "cs")) == ([], ["Profil"])


def test_a_forgotten_document_is_found_no_more():
    data = document("Fräsen lernen")
    index(data)
    forget(data, document("Nie geschrieben"))
    assert (titles("Fräsen"), engine().count()) == ([], len(SHELF))


def test_forgetting_everything_leaves_nothing():
    engine().clear()
    assert (engine().count(), DocumentFrequency.objects.count(), engine().problems()) == (0, 0, [])


def test_counts_stay_true_however_documents_come_and_go():
    data = [document(f"Teil {n}", f"Bandsäge und Wort{n}", object_key=f"comes-{n}") for n in range(4)]
    index(*data)
    index(document("Anders", "Ganz anderes", object_key="comes-1"))
    forget(data[2])
    assert engine().problems() == []


def test_an_index_that_is_compacted_gives_the_same_answers():
    index(document("Fräsen lernen", "Werkzeuge und Vorschub."))
    forget(SHELF[0])
    before = ask("Werkzeuge für Rechnungen").hits
    engine().compact()
    assert ask("Werkzeuge für Rechnungen").hits == before
    assert engine().problems() == []


def test_counts_that_went_wrong_are_found_and_mended():
    DocumentFrequency.objects.filter(key="d", language="de").update(level_0=1_000)
    assert engine().problems() != []
    engine().settle()
    assert engine().problems() == []


def test_documents_that_are_written_uncounted_are_counted_by_settling():
    late = document("Spindel tauschen", "Ein seltenes Wort.")
    engine().index([Entry(source_of(late), late)], counting=False)
    assert engine().problems() != []
    engine().settle()
    assert engine().problems() == []
    assert ask("Spindel").hits[0].title == late.title
