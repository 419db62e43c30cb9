"""A need is measured by what people carry at that moment, though a process reads it only after a change."""

import pytest

from matching.domain.asked import read_need
from matching.domain.needs import NeedFacts
from portal.members.models import Person, PersonTopic
from portal.topics.models import TopicLabel
from tests.factories.mentoring import mentor
from tests.factories.people import known_topics

# Within a transaction, as other tests are, nothing is kept.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def topics() -> dict[str, int]:
    return {topic.slug: topic.pk for topic in known_topics(["crm", "opc-ua", "nis2-directive"])}


def read(*topics: int):
    return read_need(NeedFacts(), topics, "de", Person)


def test_as_long_as_nothing_changes_the_database_is_asked_only_that(topics, django_assert_num_queries):
    mentor("Adam", topics=["crm"])
    asked = read(topics["crm"], topics["opc-ua"])
    with django_assert_num_queries(1):
        assert read(topics["opc-ua"], topics["crm"]).carriers == asked.carriers


def test_of_other_topics_only_their_carriers_are_read(topics, django_assert_num_queries):
    person = mentor("Adam", topics=["nis2-directive"])
    read(topics["crm"])
    with django_assert_num_queries(2):
        assert read(topics["nis2-directive"]).carriers[topics["nis2-directive"]] == str(person.pk)


def test_what_somebody_has_just_learned_counts_at_once(topics):
    person = mentor("Adam", topics=["crm"])
    before = read(topics["opc-ua"])
    assert topics["opc-ua"] not in before.carriers
    PersonTopic.objects.create(content_object=person, tag_id=topics["opc-ua"])
    after = read(topics["opc-ua"])
    assert after.carriers[topics["opc-ua"]] == str(person.pk)
    assert after.need.rarities[topics["opc-ua"]] < before.need.rarities[topics["opc-ua"]]


def test_a_topic_that_was_just_renamed_has_its_new_name(topics):
    read(topics["crm"])
    TopicLabel.objects.filter(topic=topics["crm"], language="de", kind="preferred").update(
        label="Kundenpflege"
    )
    assert read(topics["crm"]).vocabulary.terms[topics["crm"]].label == "Kundenpflege"
