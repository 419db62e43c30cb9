"""People type a place as they know it."""

import pytest
from django.utils.translation import override

from portal.members.domain.places import find_places, places_like

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Zwickau", "Zwickau"),
        ("  ZWICKAU ", "Zwickau"),
        ("08056 Zwickau", "Zwickau"),
        ("Chemnitz, Sachsen", "Chemnitz"),
        ("Usti nad Labem", "Ústí nad Labem"),
        ("Aussig", "Ústí nad Labem"),
        ("Karlsbad", "Karlovy Vary"),
        ("Drážďany", "Dresden"),
        ("Goerlitz", "Görlitz"),
        ("Praha 5", "Praha"),
    ],
)
def test_a_place_is_known_by_every_name_and_without_diacritics(typed: str, place: str):
    found = find_places(typed)
    assert found.one is not None
    assert found.one.name == place


def test_places_of_the_same_name_leave_a_doubt():
    found = find_places("Lipova")
    assert [place.name for place in found.places] == ["Lipová", "Lipová"]
    assert found.one is None


def test_a_town_on_the_other_side_that_is_called_alike_there_is_told_apart_by_its_region():
    found = find_places("Cvikov")
    assert found.one is None
    with override("cs"):
        offered = [place.label_with_region for place in found.places]
    assert offered == ["Zwickau, okres Zwickau", "Cvikov, Liberecký kraj"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("zwikau", "Zwickau"),
        ("Usti", "Ústí nad Labem"),
        ("Neustat", "Neustadt in Sachsen"),
        ("Klasterec n. Ohri", "Klášterec nad Ohří"),
    ],
)
def test_a_slip_or_half_a_name_is_only_a_proposal(typed: str, offered: str):
    found = find_places(typed)
    assert found.places[0].name == offered
    assert found.one is None


@pytest.mark.parametrize("typed", ["", " ", "12345", "\x00", "qqxxqq", "'; --", "a", "%", "x" * 1_000_000])
def test_what_is_no_place_finds_none(typed: str):
    assert find_places(typed).places == []


def labels(typed: str) -> list[str]:
    return [place.name for place in places_like(typed)]


def test_to_choose_from_there_is_what_is_called_so_and_then_every_place_that_begins_like_it():
    found = labels("Königstein")
    assert found[0] == "Königstein"
    assert len(labels("Bad")) > len(find_places("Bad").places)
    assert labels("neustadt") == [
        "Neustadt in Sachsen",
        "Nové Město nad Metují",
        "Nové Město pod Smrkem",
        "Neustadt/Vogtland",
    ]


@pytest.mark.parametrize(
    ("typed", "place"),
    [("z", "Zwickau"), ("goerl", "Görlitz"), ("zwikau", "Zwickau"), ("aussig", "Ústí nad Labem")],
)
def test_a_letter_is_enough_to_choose_from_and_a_slip_does_no_harm(typed: str, place: str):
    assert place in labels(typed)


@pytest.mark.parametrize("typed", ["", " ", "12345", "\x00", "qqxxqq", "x" * 1_000_000])
def test_what_is_no_place_leaves_nothing_to_choose_from(typed: str):
    assert places_like(typed) == []
