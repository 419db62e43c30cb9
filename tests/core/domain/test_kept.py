"""What was read stays in the process for as long as it is what the database says, and no longer."""

from threading import Thread

import pytest
from django.db import connection, connections, transaction

from portal.core.domain import kept as keeping
from portal.core.domain.kept import kept
from portal.topics.models import Topic

read = []


@kept
def topics_named(name: str) -> int:
    """How many topics have a name."""
    read.append(name)
    return Topic.objects.filter(name=name).count()


def elsewhere(act) -> None:
    """Lets another connection do something."""

    def do() -> None:
        act()
        connections.close_all()

    thread = Thread(target=do)
    thread.start()
    thread.join()


def rename(topic: Topic, name: str) -> None:
    Topic.objects.filter(pk=topic.pk).update(name=name)


@pytest.fixture
def topic(transactional_db) -> Topic:
    read.clear()
    return Topic.objects.earliest("pk")


def test_it_is_read_once_for_the_same_arguments(topic):
    assert [topics_named("new"), topics_named(topic.name), topics_named("new")] == [0, 1, 0]
    assert read == ["new", topic.name]


def test_it_is_read_again_after_any_change_whoever_made_it(topic):
    assert topics_named("new") == 0
    rename(topic, "new")
    assert topics_named("new") == 1
    elsewhere(lambda: rename(topic, "newer"))
    assert topics_named("new") == 0
    assert read == ["new"] * 3


def test_a_new_connection_reads_anew(topic):
    assert topics_named("new") == 0
    connection.close()
    elsewhere(lambda: rename(topic, "new"))
    assert topics_named("new") == 1


def test_what_a_transaction_has_written_is_not_kept_for_it_may_never_come_to_be(topic):
    assert topics_named("new") == 0
    with transaction.atomic():
        rename(topic, "new")
        assert topics_named("new") == 1
        transaction.set_rollback(True)
    assert topics_named("new") == 0


def test_without_asking_the_database_it_would_grow_old(topic, monkeypatch):
    monkeypatch.setitem(keeping.STATES, connection.vendor, lambda: "as ever")
    assert topics_named("new") == 0
    elsewhere(lambda: rename(topic, "new"))
    assert topics_named("new") == 0
