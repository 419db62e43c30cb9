"""Topics near what somebody typed."""

import pytest

from search.domain.near import nearness, topics_near
from search.domain.vocabulary import read_vocabulary


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("wartungsplan", "wartung", True),
        ("wartungsplan", "wartungsvertrag", False),
        ("sensorik", "sensoren", True),
        ("udrzbar", "udrzba", True),
        ("masse", "maschine", False),
        ("cad", "cad", False),
        ("haus", "maus", False),
    ],
)
def test_words_are_near_that_share_a_beginning_long_enough(one, other, near):
    assert (nearness(one, other) > 0, nearness(other, one) > 0) == (near, near)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("Cybersicherheitsberatung", "sme-cybersecurity"),
        ("Energiemonitoringsystem", "energy-monitoring"),
        ("kyberneticke", "sme-cybersecurity"),
    ],
)
def test_a_topic_is_found_by_the_beginning_of_a_label_in_either_language(typed, topic):
    assert topic in topics_near(typed, read_vocabulary())


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "xyzzyqwert", "KI", "🚜", "42"])
def test_nothing_is_near_to_nonsense_and_to_what_is_too_short(typed):
    assert topics_near(typed, read_vocabulary()) == []


@pytest.mark.django_db
def test_the_nearest_stand_first_and_there_are_few():
    found = topics_near("Datenanalyse Datensicherung Datenschutz Datenmodell", read_vocabulary(), limit=3)
    assert len(found) == 3
