"""What a card says about a match: every part of the score in words, and what is missing as well."""

import pytest
from django.utils import translation

from matching.domain.candidates import Profile
from matching.domain.cards import bar, reasons
from matching.domain.needs import NeedFacts
from matching.domain.people import Helper
from matching.domain.scoring import Score
from matching.rules import Weights
from portal.members.enums import LanguageLevel, Meeting, MentoringFormat
from portal.members.models import Person
from portal.topics.models import Place

WORKS_IN, UNDERSTANDS = LanguageLevel.WORKS_IN, LanguageLevel.UNDERSTANDS
BORDER = Weights().border
ZWICKAU = {"latitude": 50.72, "longitude": 12.5}
#: about 93 km from Zwickau
USTI = Place(name="Ústí nad Labem", country="CZ", latitude=50.66, longitude=14.03)


def helper(need: NeedFacts, languages=(("de", WORKS_IN),), score=None, **facts) -> Helper:
    person = Person(**{"name": "Jana Horká", "place": USTI, **facts})
    profile = Profile(person, url="", headline="", language="de", is_mentor=True, is_expert=False)
    return Helper(
        profile,
        score or Score(topics=0),
        need,
        topics=frozenset(),
        hits=frozenset(),
        languages=list(languages),
    )


def told(someone: Helper, language: str = "en") -> list[tuple[str, str]]:
    with translation.override(language):
        return [(line["style"], str(line["text"])) for line in reasons(someone)]


@pytest.mark.parametrize(
    ("languages", "spoken", "line"),
    [
        ([("de", WORKS_IN)], ["de"], ("ok", "Speaks German")),
        ([("de", UNDERSTANDS), ("en", WORKS_IN)], ["de", "en"], ("ok", "Speaks English")),
        ([("de", UNDERSTANDS)], ["de"], ("ok", "Understands German")),
        ([("cs", WORKS_IN)], ["de"], ("missing", "Does not speak German; an interpreter can help")),
        ([("cs", WORKS_IN)], ["de", "en"], ("missing", "No common language; an interpreter can help")),
    ],
)
def test_the_language_that_both_know_best_is_named_or_missing(languages, spoken, line):
    assert told(helper(NeedFacts(spoken=spoken), languages)) == [line]


@pytest.mark.parametrize(
    ("meeting", "facts", "line"),
    [
        (Meeting.ONLINE, {"online": True}, ("ok", "Meets online")),
        (Meeting.ONLINE, {"online": False}, ("missing", "Meets on site only")),
        (Meeting.ON_SITE, {"on_site_radius": 120}, ("ok", "Meets on site, 108 km away")),
        (Meeting.ON_SITE, {"on_site_radius": 50}, ("missing", "108 km away, meets on site within 50 km")),
        (Meeting.ON_SITE, {"on_site_radius": 0}, ("missing", "108 km away, meets online only")),
        (Meeting.EITHER, {"on_site_radius": 0, "online": True}, ("ok", "Meets online")),
        (Meeting.EITHER, {"on_site_radius": 120, "online": True}, ("ok", "Meets on site, 108 km away")),
    ],
)
def test_how_the_two_can_meet_is_said_with_the_distance(meeting, facts, line):
    assert told(helper(NeedFacts(spoken=["de"], meeting=meeting, **ZWICKAU), **facts))[1:] == [line]


def test_the_way_of_meeting_is_not_mentioned_where_nobody_asked():
    assert told(helper(NeedFacts(spoken=["de"]))) == [("ok", "Speaks German")]


@pytest.mark.parametrize(
    ("formats", "line"),
    [(["tandem"], ("ok", "Offers: tandem")), (["months"], ("missing", "Does not offer: tandem"))],
)
def test_the_format_that_was_asked_for_is_offered_or_not(formats, line):
    need = NeedFacts(spoken=["de"], format=MentoringFormat.TANDEM)
    assert told(helper(need, formats=formats))[1:] == [line]


def test_every_part_that_has_a_colour_has_its_line():
    someone = helper(NeedFacts(spoken=["de"]), score=Score(topics=0.5, text=0.4, border=BORDER))
    someone = Helper(**{**vars(someone), "topics": frozenset([1, 2]), "hits": frozenset([1])})
    styles = [style for style, _text in told(someone)]
    assert styles == ["part-topics", "part-topics", "part-text", "part-border", "ok"]
    assert {f"part-{part['part']}" for part in bar(someone)} == {style for style in styles if style != "ok"}


@pytest.mark.parametrize(
    ("text", "line"),
    [(0.8, "The profile fits the description"), (0.2, "The profile mentions something similar")],
)
def test_words_that_are_less_alike_are_called_less(text, line):
    someone = helper(NeedFacts(spoken=["de"]), score=Score(topics=0, text=text))
    assert told(someone)[0] == ("part-text", line)


def test_a_bar_is_full_for_a_perfect_match_and_empty_for_none():
    perfect = bar(helper(NeedFacts(), score=Score(topics=1, text=1, border=BORDER)))
    assert perfect[-1]["start"] + perfect[-1]["width"] == pytest.approx(100, abs=0.2)
    assert bar(helper(NeedFacts(), score=Score(topics=0, language=0.1))) == []


def test_the_parts_of_a_bar_are_as_long_as_they_count_and_do_not_overlap():
    topics, text, border = bar(helper(NeedFacts(), score=Score(topics=1, text=0.5, border=BORDER)))
    assert topics["width"] == pytest.approx(2 * text["width"], abs=0.15)
    assert border["width"] == pytest.approx(topics["width"] * BORDER, abs=0.15)
    assert topics["start"] + topics["width"] < text["start"] < text["start"] + text["width"] < border["start"]


def test_a_german_and_a_czech_read_it_in_their_language():
    someone = helper(NeedFacts(spoken=["de"], meeting=Meeting.ON_SITE, **ZWICKAU), on_site_radius=50)
    assert told(someone, "de")[1] == ("missing", "108 km entfernt, vor Ort nur bis 50 km")
    assert told(someone, "cs")[1] == ("missing", "Vzdálenost 108 km, osobně jen do 50 km")
