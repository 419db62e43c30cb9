"""What every engine promises beside the words: levels, free places, and the order in time. Runs on the engine under test."""

from datetime import UTC, datetime, timedelta

import pytest

from search import registry
from search.engines import engine
from tests.search.library import ask, document, index, titles

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
#: A kind behind which somebody has places, for these tests.
HELPER = "helper"


@pytest.fixture(autouse=True)
def _empty():
    engine().clear()


# levels


@pytest.fixture
def _lathes():
    index(
        document("Drehen A", "Drehmaschine", level="beginner", topics=["opc-ua"]),
        document("Drehen B", "Drehmaschine", level="advanced", topics=["opc-ua"]),
        document("Drehen C", "Drehmaschine", level="advanced"),
        document("Drehen D", "Drehmaschine", kind="event"),
    )


@pytest.mark.usefixtures("_lathes")
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"levels": ["advanced"]}, "BC"),
        ({"levels": ["beginner", "advanced"]}, "ABC"),
        ({"levels": ["advanced"], "topics": ["opc-ua"]}, "B"),
        ({"levels": ["none-such"]}, ""),
    ],
)
def test_a_level_leaves_what_was_written_for_it(filters, found):
    assert sorted(titles("Drehmaschine", **filters)) == [f"Drehen {letter}" for letter in found]


@pytest.mark.usefixtures("_lathes")
def test_levels_are_counted_with_the_other_filters_and_without_their_own():
    assert ask("Drehmaschine").facets["levels"] == {"beginner": 1, "advanced": 2}
    narrowed = ask("Drehmaschine", levels=["advanced"], topics=["opc-ua"])
    assert (narrowed.facets["levels"], narrowed.facets["kinds"]) == (
        {"beginner": 1, "advanced": 1},
        {"guide": 1},
    )


# what a filter keeps out


@pytest.mark.usefixtures("_lathes")
def test_a_reader_learns_how_many_there_would_be_without_a_filter():
    results = ask("Drehmaschine", levels=["beginner"], topics=["opc-ua"], languages=["cs"])
    assert (results.total, results.without, results.unfiltered) == (
        0,
        {"levels": 0, "topics": 0, "languages": 1},
        4,
    )
    assert (ask("Drehmaschine").without, ask("Drehmaschine").unfiltered) == ({}, 4)


# free places: read while one searches, not from the index


class Places:
    """Who has a free place at the moment, and what was asked about them."""

    def __init__(self) -> None:
        self.free: set[str] = set()
        self.asked: list[set[str] | None] = []

    def __call__(self, keys):
        self.asked.append(None if keys is None else set(keys))
        return self.free if keys is None else self.free & set(keys)


@pytest.fixture
def places(monkeypatch):
    known = Places()
    monkeypatch.setitem(registry.available, HELPER, known)
    index(
        document("Helfen A", "Drehmaschine", kind=HELPER, object_key="helper-a"),
        document("Helfen B", "Drehmaschine", kind=HELPER, object_key="helper-b"),
        document("Drehen", "Drehmaschine"),
    )
    return known


def test_whoever_has_a_free_place_is_counted_and_can_be_asked_for(places):
    places.free = {"helper-b"}
    assert ask("Drehmaschine").facets["available"] == {"yes": 1}
    assert titles("Drehmaschine", only_available=True) == ["Helfen B"]


def test_a_place_that_is_taken_or_freed_shows_at_once_without_indexing(places):
    assert titles("Drehmaschine", only_available=True) == []
    places.free = {"helper-a", "helper-b"}
    assert titles("Drehmaschine", only_available=True) == ["Helfen A", "Helfen B"]
    places.free = {"helper-a"}
    assert titles("Drehmaschine", only_available=True) == ["Helfen A"]


def test_a_free_place_is_a_filter_like_the_others(places):
    places.free = {"helper-b"}
    results = ask("Drehmaschine", only_available=True)
    assert (results.facets["kinds"], results.facets["available"]) == ({HELPER: 1}, {"yes": 1})
    assert (results.without, results.unfiltered) == ({"available": 3}, 3)


def test_nobody_is_asked_about_places_where_nobody_has_any(places):
    index(document("Bandsäge"))
    assert ask("Bandsäge").facets["available"] == {}
    assert places.asked == []


def test_places_are_asked_for_once_however_many_helpers_answer(places):
    ask("Drehmaschine")
    assert len(places.asked) == 1


# order in time


def event(title: str, days: float, **facts):
    """An event that begins in so many days and lasts two hours."""
    starts_at = NOW + timedelta(days=days)
    facts = {"kind": "event", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), **facts}
    return document(title, facts.pop("text", "Bandsäge"), **facts)


def leading(text: str, **filters) -> list[str]:
    return [hit.title for hit in ask(text, **filters).hits if hit.leads]


def test_coming_events_stand_before_what_answers_better():
    index(
        document("Bandsäge", "Bandsäge"),
        event("Werkstatttag an der Bandsäge", 3, text="Einen Tag lang."),
        document("Sägen", "Eine Bandsäge."),
    )
    assert titles("Bandsäge")[:2] == ["Werkstatttag an der Bandsäge", "Bandsäge"]
    assert leading("Bandsäge") == ["Werkstatttag an der Bandsäge"]


def test_an_event_that_hardly_answers_does_not_lead():
    index(document("Bandsäge", "Bandsäge"), event("Messe", 3, text="Eine Bandsäge."))
    assert (titles("Bandsäge"), leading("Bandsäge")) == (["Bandsäge", "Messe"], [])


def test_three_events_lead_and_the_others_keep_their_place():
    index(
        *[event(f"Tag {n}", n + 1, object_key=f"day-{n}") for n in range(5)],
        document("Sägen", "Bandsäge", object_key="a"),
    )
    assert titles("Bandsäge") == ["Tag 0", "Tag 1", "Tag 2", "Sägen", "Tag 3", "Tag 4"]
    assert leading("Bandsäge") == ["Tag 0", "Tag 1", "Tag 2"]


def test_an_event_that_is_over_sinks_below_what_answers_as_well():
    index(event("Alter Tag", -30, object_key="a"), document("Sägen", "Bandsäge", object_key="b"))
    assert titles("Bandsäge") == ["Sägen", "Alter Tag"]


def test_an_event_that_is_over_is_still_found_first_by_its_name():
    index(event("Härtetag in Bautzen", -30), document("Sägen", "Eine Anreise nach Bautzen lohnt sich."))
    assert titles("Härtetag Bautzen")[0] == "Härtetag in Bautzen"


def test_an_event_that_has_begun_is_not_over():
    index(document("Sägen", "Bandsäge"), event("Heute", -1 / 24))
    assert leading("Bandsäge") == ["Heute"]


def test_in_a_list_of_events_the_coming_ones_stand_first_and_nothing_leads():
    index(
        event("Bandsäge gestern", -1),
        event("Bandsäge morgen", 1),
        event("Werkstatttag", 2),
        event("Alter Tag", -30),
    )
    assert titles("Bandsäge", kinds=["event"]) == [
        "Bandsäge morgen",
        "Werkstatttag",
        "Bandsäge gestern",
        "Alter Tag",
    ]
    assert leading("Bandsäge", kinds=["event"]) == []


def test_where_all_are_coming_events_none_stands_out():
    index(event("Bandsäge", 1), event("Werkstatttag", 2))
    assert leading("Bandsäge") == []


def test_pages_follow_each_other_without_gap_or_repetition_whatever_leads():
    index(
        *[document(f"Teil {n:02}", "Bandsäge") for n in range(9)],
        *[event(f"Tag {n}", n - 3) for n in range(6)],
    )
    pages = [titles("Bandsäge", page=page, size=4) for page in (1, 2, 3, 4)]
    assert len({title for page in pages for title in page}) == 15
    assert [len(page) for page in pages] == [4, 4, 4, 3]
