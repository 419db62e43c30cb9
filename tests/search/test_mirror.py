"""The indices in Elasticsearch: who may see them, how they are replaced under readers, and that they hold what the rows hold."""

import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from elasticsearch import AuthenticationException, AuthorizationException, Elasticsearch

from portal.topics.models import Topic
from search.domain.indexing import drain, rebuild
from search.engines import engine
from search.engines.elasticsearch.mirror import FIRST, Row
from search.engines.scoring import Posting
from search.models import IndexJob, SearchDocument, Unmirrored
from tests.factories.pages import GuidePageFactory
from tests.search import cluster
from tests.search.library import catch_up, document, forget, index, titles

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

SWITCHES = 3
READERS = 4


@pytest.fixture(autouse=True)
def _nothing_waits(elasticsearch):
    engine().clear()
    IndexJob.objects.all().delete()


def scored() -> list[int]:
    found = engine().mirror.scored([Posting("de", "w1turn", 1.0)], 0.25, 100, 10.0)
    return sorted(found)


# who may see them


def test_without_a_password_nothing_is_told(settings):
    host = settings.PORTAL_ELASTICSEARCH["URL"].rpartition("@")[2]
    with pytest.raises(AuthenticationException):
        Elasticsearch(f"http://{host}").cluster.health()


def test_the_portal_may_touch_no_index_of_others():
    for forbidden in (
        lambda: cluster.client().indices.create(index="others"),
        lambda: cluster.client().search(index="others"),
        cluster.client().security.get_user,
    ):
        with pytest.raises(AuthorizationException):
            forbidden()


# out of order


def test_of_two_writers_the_later_one_wins_whoever_comes_first():
    now = timezone.now()
    mirror = engine().mirror
    new, old = (
        Row(1, "de", f"d0 w1{word}", at) for word, at in (("new", now), ("old", now - timedelta(seconds=1)))
    )
    mirror.write([new], [], now)
    mirror.write([old], [], now)
    assert mirror.scored([Posting("de", "w1new", 1.0)], 0.0, 10, 10.0) == {1: 1.0}
    mirror.write([], [(1, "de")], now)
    mirror.write([old], [], now)
    assert mirror.versions() == {}


def test_a_change_that_comes_while_others_are_brought_over_is_not_forgotten():
    index(document("Fräsen", object_key="a"))
    forgotten = SearchDocument.objects.get()
    engine().changed([forgotten], [])
    waiting = list(Unmirrored.objects.all())
    engine().changed([forgotten], [])
    engine()._bring_over(waiting)
    assert Unmirrored.objects.count() == 1


# how many are good enough


def test_all_that_are_good_enough_come_and_no_others_however_many_there_are():
    now = timezone.now()
    best = [Row(key, "de", "d0 w1turn w1mill", now) for key in range(FIRST + 20)]
    good = [Row(key, "de", "d0 w1mill", now) for key in range(1_000, 1_010)]
    poor = [Row(key, "de", "d0 w1drill", now) for key in range(2_000, 2_010)]
    engine().mirror.build([*best, *good, *poor])
    wanted = [
        Posting("de", lexeme, weight)
        for lexeme, weight in (("w1turn", 2.0), ("w1mill", 1.0), ("w1drill", 0.5))
    ]

    found = engine().mirror.scored(wanted, 0.25, 1_000, 10.0)
    assert sorted(found) == [row.key for row in (*best, *good)]
    assert len(engine().mirror.scored(wanted, 0.25, 100, 10.0)) == 100


# replaced under readers


def test_readers_see_no_error_and_no_gap_while_indices_are_replaced():
    rows = [Row(key, "de", "d0 w1turn", timezone.now()) for key in range(50)]
    engine().mirror.build(rows)
    expected, wrong, is_over = [row.key for row in rows], [], threading.Event()

    def read() -> None:
        while not is_over.is_set():
            try:
                if scored() != expected:
                    wrong.append("a gap")
            except Exception as error:  # whatever a reader would see
                wrong.append(error)

    readers = [threading.Thread(target=read) for _reader in range(READERS)]
    for reader in readers:
        reader.start()
    for _switch in range(SWITCHES):
        engine().mirror.build(rows)
    is_over.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(cluster.own_indices()) == len(engine().mirror.aliases)


def test_what_changes_while_an_index_is_built_is_in_it():
    """A worker tells the index that is read; the new one is compared with the rows at the end."""
    index(document("Fräsen", object_key="stays"), document("Bohren", object_key="goes"))
    mirror = engine().mirror

    def rows():
        yield from (
            Row(*each) for each in SearchDocument.objects.values_list("pk", "language", "terms", "indexed_at")
        )
        index(document("Drehen", object_key="comes"))
        forget(document(object_key="goes"))

    build = mirror.build
    under_test = engine()
    under_test.mirror.build = lambda _rows: build(rows())
    under_test.settle()
    assert engine().problems() == []
    assert (titles("Drehen"), titles("Fräsen"), titles("Bohren")) == (["Drehen"], ["Fräsen"], [])


def test_a_build_that_fails_leaves_the_old_index_and_nothing_else():
    index(document("Fräsen"))
    before = cluster.own_indices()

    def broken():
        yield Row(1, "de", "d0", timezone.now())
        raise ValueError("the disk is full")

    with pytest.raises(ValueError, match="full"):
        engine().mirror.build(broken())
    assert (cluster.own_indices(), titles("Fräsen")) == (before, ["Fräsen"])


# the same as the rows


def test_a_rebuild_reads_pages_into_rows_and_rows_into_new_indices():
    GuidePageFactory(title="Fräsen lernen")
    before = cluster.own_indices()
    rebuild()
    assert titles("Fräsen") == ["Fräsen lernen"]
    assert set(before).isdisjoint(cluster.own_indices())
    assert (engine().problems(), Unmirrored.objects.count()) == ([], 0)


def test_a_renamed_topic_has_its_carriers_read_again():
    guide = GuidePageFactory(title="Fräsen lernen", topics=["opc-ua"])
    guide.save_revision().publish()
    drain()
    label = Topic.objects.get(slug="opc-ua").labels.get(language="de", kind="preferred")
    label.label = "Maschinengeflüster"
    label.save()
    drain()
    catch_up()
    assert titles("Maschinengeflüster") == ["Fräsen lernen"]


def test_verify_names_what_elasticsearch_lacks_and_what_it_holds_too_much(capsys):
    guide = GuidePageFactory(title="Fräsen lernen")
    rebuild()
    call_command("search", "verify", verbosity=0)
    row = SearchDocument.objects.get(source=f"knowledge.guidepage:{guide.pk}")
    engine().mirror.write([Row(999_999, "cs", "d0", timezone.now())], [(row.pk, "de")], timezone.now())
    with pytest.raises(CommandError, match="2 differences"):
        call_command("search", "verify", verbosity=0)
    assert capsys.readouterr().out.splitlines() == [
        f"{row.source} is missing in Elasticsearch, or outdated",
        "Elasticsearch holds 999999 (cs), which is gone",
    ]
    engine().settle()
    assert engine().problems() == []


def test_status_says_that_it_answers_and_what_waits(capsys):
    index(document("Fräsen"))
    engine().delete(SearchDocument.objects.values_list("source", flat=True))
    call_command("search", "status")
    out = capsys.readouterr().out
    assert "Elasticsearch answers and holds 1 documents" in out
    assert "1 changes wait for Elasticsearch" in out
