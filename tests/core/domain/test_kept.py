"""What was read stays in the process for as long as it is what the database says, and no longer."""

from threading import Thread

import pytest
from django.db import connection, connections, transaction

from portal.core.domain import kept as keeping
from portal.core.domain.kept import at_one_time, kept, kept_rows
from portal.topics.models import Topic

read = []


@kept
def topics_named(name: str) -> int:
    """How many topics have a name."""
    read.append(name)
    return Topic.objects.filter(name=name).count()


@kept_rows(most=3)
def keys_of(names: list[str]) -> dict[str, int]:
    """The keys of topics by their names."""
    read.append(names)
    return dict(Topic.objects.filter(name__in=names).values_list("name", "pk"))


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


def test_of_rows_only_those_are_read_that_nobody_has_asked_for(topic):
    assert keys_of([topic.name, "new"]) == {topic.name: topic.pk}
    assert keys_of(["new", topic.name, "newer"]) == {topic.name: topic.pk}
    assert read == [[topic.name, "new"], ["newer"]]


def test_rows_too_are_read_again_after_a_change(topic):
    assert keys_of(["new"]) == {}
    rename(topic, "new")
    assert keys_of(["new"]) == {"new": topic.pk}


def test_of_very_many_rows_the_last_are_kept(topic):
    keys_of([topic.name, "first"])
    keys_of([topic.name, "second", "third"])
    keys_of(["second", topic.name])
    keys_of(["first"])
    assert read == [[topic.name, "first"], ["second", "third"], ["first"]]


def test_rows_of_other_arguments_are_others(topic):
    @kept_rows(most=3)
    def named(beginning: str, keys: list[int]) -> dict[int, str]:
        return dict.fromkeys(keys, beginning)

    assert [named("a", [1]), named("b", [1]), named("a", [1])] == [{1: "a"}, {1: "b"}, {1: "a"}]


def test_at_one_time_the_database_is_asked_once(topic, django_assert_num_queries):
    topics_named("new")
    topics_named("newer")
    with django_assert_num_queries(1), at_one_time():
        topics_named("new")
        with at_one_time():
            topics_named("newer")


def test_after_that_time_a_change_counts(topic):
    with at_one_time():
        assert topics_named("new") == 0
    rename(topic, "new")
    with at_one_time():
        assert topics_named("new") == 1


def test_a_time_that_ended_with_an_error_is_over(topic):
    with pytest.raises(ZeroDivisionError), at_one_time():
        topics_named("new") / 0
    rename(topic, "new")
    assert topics_named("new") == 1


def test_a_transaction_at_that_time_sees_what_it_has_written(topic):
    with at_one_time():
        assert topics_named("new") == 0
        with transaction.atomic():
            rename(topic, "new")
            assert topics_named("new") == 1


class TestAStateOfCertainTables:
    """Who writes some tables in one place can say when they have changed."""

    @pytest.fixture
    def names(self):
        self.state = "first"
        return kept(lambda: sorted(Topic.objects.values_list("name", flat=True)), lambda: self.state)

    def test_other_writes_leave_what_is_kept(self, topic, names, django_assert_num_queries):
        names()
        rename(topic, "new")
        with django_assert_num_queries(0):
            assert "new" not in names()

    def test_a_change_of_the_state_counts_at_once(self, topic, names):
        names()
        rename(topic, "new")
        self.state = "second"
        assert "new" in names()

    def test_without_a_state_nothing_is_kept(self, topic, names):
        self.state = None
        names()
        rename(topic, "new")
        assert "new" in names()
