"""Searches see the vocabulary as it is, although they take it apart only once."""

import pytest
from django.db import transaction

from portal.topics.models import Topic, TopicLabel
from search.domain.vocabulary import read_vocabulary

pytestmark = pytest.mark.django_db


def named_by(*words: str) -> list[str]:
    return read_vocabulary().named_by(list(words))


def test_the_preferred_label_stands_first_and_gives_the_address():
    topic = read_vocabulary().topics["opc-ua"]
    row = Topic.objects.get(slug="opc-ua").labels.get(language="de", kind=TopicLabel.Kind.PREFERRED)
    assert (topic.label_in("de"), topic.address_in("de")) == (row.label, row.slug)
    assert set(topic.labels["de"]) == set(
        TopicLabel.objects.filter(topic__slug="opc-ua", language="de").values_list("label", flat=True)
    )


def test_it_is_taken_apart_once():
    assert read_vocabulary() is read_vocabulary()


def test_a_label_counts_at_once_by_whatever_way_it_is_changed():
    assert named_by("maschinengeflüster") == []
    labels = TopicLabel.objects.filter(topic__slug="opc-ua", language="de", kind=TopicLabel.Kind.PREFERRED)
    # no signal tells of this
    labels.update(label="Maschinengeflüster")
    assert named_by("maschinengeflüster") == ["opc-ua"]


def test_what_was_never_committed_is_forgotten():
    with transaction.atomic():
        TopicLabel.objects.filter(topic__slug="opc-ua").delete()
        assert "opc-ua" not in read_vocabulary().topics
        transaction.set_rollback(True)
    assert "opc-ua" in read_vocabulary().topics


def test_without_topics_nothing_is_named():
    TopicLabel.objects.all().delete()
    assert named_by("wartung") == []
