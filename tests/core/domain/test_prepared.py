"""Prepared queries: the SQL is put together once, the rows are read anew."""

import pytest
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


def test_a_query_is_put_together_once_for_the_same_arguments():
    built.clear()
    for kind in ("b", "c", "b"):
        names_of(kind)
    assert built == ["b", "c"]
