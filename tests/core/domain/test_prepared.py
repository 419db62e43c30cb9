"""Prepared queries: the SQL is put together once, the rows are read anew."""

import pytest
from django.db import connection
from django.db.models import F

from portal.core.domain.prepared import prepared
from portal.topics.models import Topic

pytestmark = pytest.mark.django_db

built = []


@prepared
def names_of(kind: str):
    """(key, name) of topics."""
    built.append(kind)
    return Topic.objects.order_by().annotate(key=F("pk")).values_list("key", "name")


def test_rows_are_those_that_are_asked_for_and_as_they_are_now():
    first, second, _third = Topic.objects.order_by("pk")[:3]
    keys = [first.pk, second.pk]
    assert sorted(names_of("a").rows("key", keys)) == [(first.pk, first.name), (second.pk, second.name)]
    Topic.objects.filter(pk=first.pk).update(name="changed")
    assert names_of("a").rows("key", [first.pk]) == [(first.pk, "changed")]
    assert names_of("a").rows("name", ["changed", "nobody's"]) == [(first.pk, "changed")]


def test_a_query_is_put_together_once_for_the_same_arguments():
    built.clear()
    for kind in ("b", "c", "b"):
        names_of(kind)
    assert built == ["b", "c"]


@pytest.mark.postgresql
def test_whoever_asks_for_one_row_at_first_does_not_make_postgresql_plan_it_each_time():
    key = Topic.objects.earliest("pk").pk
    for _time in range(15):  # five before it is prepared, five to compare what planning anew would bring
        names_of("once").rows("key", [key])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%AS prepared%"],
        )
        assert max(cursor.fetchall()) >= (5, 0)
