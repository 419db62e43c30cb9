"""People type a place as they know it."""

import pytest

from portal.members.domain.places import find_places

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


@pytest.mark.parametrize(("typed", "offered"), [("zwikau", "Zwickau"), ("Usti", "Ústí nad Labem")])
def test_a_slip_or_half_a_name_is_only_a_proposal(typed: str, offered: str):
    found = find_places(typed)
    assert found.places[0].name == offered
    assert found.one is None


@pytest.mark.parametrize("typed", ["", " ", "12345", "\x00", "qqxxqq", "'; --", "a", "%", "x" * 1_000_000])
def test_what_is_no_place_finds_none(typed: str):
    assert find_places(typed).places == []
