"""The vocabulary knows what stands above and below a topic, in the words of one language."""

import pytest

from matching.domain.vocabulary import Term, Vocabulary
from portal.topics.models import Topic

TERMS = [
    Term(1, "production", "Produktion", "produktion", None),
    Term(2, "industry-4-0", "Industrie 4.0", "industrie-4-0", 1),
    Term(3, "opc-ua", "OPC UA", "opc-ua", 2),
    Term(4, "energy", "Energie", "energie", None),
]
VOCABULARY = Vocabulary(TERMS)


def test_above_a_topic_stand_all_broader_ones_the_nearest_first():
    assert list(VOCABULARY.above(3)) == [2, 1]
    assert list(VOCABULARY.above(1)) == []


def test_a_topic_comes_with_everything_below_it():
    assert VOCABULARY.with_narrower(1) == {1, 2, 3}
    assert VOCABULARY.with_narrower(4) == {4}


def test_of_topics_of_one_line_the_narrowest_counts():
    assert VOCABULARY.narrowest({"production", "opc-ua", "energy"}) == {"opc-ua", "energy"}


def test_a_circle_in_the_vocabulary_ends():
    circle = Vocabulary([Term(1, "a", "A", "a", 2), Term(2, "b", "B", "b", 1)])
    assert list(circle.above(1)) == [2]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "cs"])
def test_it_is_read_in_one_query_with_the_labels_of_the_language(language, django_assert_num_queries):
    with django_assert_num_queries(1):
        vocabulary = Vocabulary.in_language(language)

    read = {term.slug: (term.label, term.address) for term in vocabulary.terms.values()}
    topics = Topic.objects.prefetch_related("labels")
    assert read == {topic.slug: (topic.label_in(language), topic.address_in(language)) for topic in topics}
