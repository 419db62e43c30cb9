"""Guides and events that may help with a need: ranked and explained like people."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from knowledge.models import EventPage, GuidePage
from matching.domain.needs import NeedFacts
from matching.domain.pages import page_reasons, pages_for
from portal.members.enums import Meeting
from portal.topics.models import Topic
from search.domain.indexing import rebuild
from tests.factories.pages import EventPageFactory, GuidePageFactory
from tests.factories.people import known_topics, place

pytestmark = pytest.mark.django_db

KINDS = [GuidePage, EventPage]


def asking(*topics: str, **facts) -> NeedFacts:
    return NeedFacts(
        **{
            "topics": [topic.pk for topic in known_topics(list(topics))],
            "language": "de",
            "spoken": ["de"],
            **facts,
        }
    )


def titles(facts: NeedFacts, language: str = "de", limit: int = 5) -> list[str]:
    return [found.title for found in pages_for(facts, KINDS, language, limit)]


def event(title: str, *topics: str, days: int = 7, **facts) -> EventPage:
    begins = timezone.now() + dt.timedelta(days=days)
    return EventPageFactory(
        title=title, topics=list(topics), starts_at=begins, ends_at=begins + dt.timedelta(hours=2), **facts
    )


def why(facts: NeedFacts) -> list[str]:
    with translation.override("en"):
        (found,) = pages_for(facts, KINDS, "de", 5)
        return [str(reason["text"]) for reason in page_reasons(found)]


def test_what_shares_more_and_rarer_topics_stands_first():
    GuidePageFactory(title="one", topics=["nis2-directive"])
    GuidePageFactory(title="both", topics=["nis2-directive", "opc-ua"])
    GuidePageFactory(title="none", topics=["crm"])
    assert titles(asking("nis2-directive", "opc-ua")) == ["both", "one"]


def test_a_broader_topic_counts_in_part():
    broader = Topic.objects.get(slug="nis2-directive").broader.slug
    GuidePageFactory(title="broader", topics=[broader])
    GuidePageFactory(title="itself", topics=["nis2-directive"])
    assert titles(asking("nis2-directive")) == ["itself", "broader"]


def test_what_asks_is_not_found_and_leaves_the_others_their_share():
    words = "Unsere Spindeln laufen heiß, sobald die Kühlung der Fräsmaschinen ausfällt."
    itself = GuidePageFactory(title=words, topics=["opc-ua"])
    GuidePageFactory(title="Kühlung der Fräsmaschinen", topics=["opc-ua"])
    rebuild()
    facts = asking("opc-ua", text=words)
    best, alike = pages_for(facts, KINDS, "de", 5)
    assert best.title == words
    assert alike.candidate.text < best.candidate.text == 1
    (alike,) = pages_for(facts, KINDS, "de", 5, without=[itself.pk])
    assert (alike.title, alike.candidate.text) == ("Kühlung der Fräsmaschinen", 1)


def test_pages_are_alike_in_parts_of_words_too():
    GuidePageFactory(title="Die Maschinen zum Fräsen")
    GuidePageFactory(title="Ein Formular der Behörde")
    rebuild()
    assert titles(NeedFacts(text="Fräsmaschinen", language="de"))[0] == "Die Maschinen zum Fräsen"


def test_of_events_only_those_that_are_not_over_help():
    event("coming", "nis2-directive")
    event("over", "nis2-directive", days=-7)
    assert titles(asking("nis2-directive")) == ["coming"]


def test_only_the_kinds_that_are_asked_for_are_found():
    event("workshop", "nis2-directive")
    GuidePageFactory(title="guide", topics=["nis2-directive"])
    (guide,) = pages_for(asking("nis2-directive"), [GuidePage], "de", 5)
    (workshop,) = pages_for(asking("nis2-directive"), [EventPage], "de", 5)
    assert [(found.title, found.kind) for found in (guide, workshop)] == [
        ("guide", GuidePage),
        ("workshop", EventPage),
    ]


def test_what_not_everybody_may_read_is_not_shown():
    page = GuidePageFactory(title="for some", topics=["nis2-directive"])
    GuidePageFactory(title="not published", topics=["nis2-directive"], live=False)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert titles(asking("nis2-directive")) == []


def test_an_event_nearby_in_a_language_of_the_asker_comes_before_others():
    zwickau = place("Zwickau")
    facts = {"latitude": zwickau.latitude, "longitude": zwickau.longitude, "across_the_border": False}
    event("far", "nis2-directive", place=place("Dresden"), spoken_languages=["de"], online=False)
    event("other language", "nis2-directive", place=zwickau, spoken_languages=["cs"], online=False)
    event("near", "nis2-directive", place=zwickau, spoken_languages=["de"], online=False)
    need = asking("nis2-directive", meeting=Meeting.ON_SITE, **facts)
    assert titles(need)[0] == "near"


def test_the_words_of_a_need_order_what_shares_its_topics_across_languages_too():
    for language in ("de", "cs"):
        GuidePageFactory(title=f"plain {language}", topics=["opc-ua"], language=language, slug="plain")
    likely = GuidePageFactory(title="Fräsmaschinen überwachen", topics=["opc-ua"], slug="likely")
    czech = GuidePageFactory(title="Jak sledovat frézky", topics=["opc-ua"], language="cs", slug="likely")
    type(czech).objects.filter(pk=czech.pk).update(translation_key=likely.translation_key)
    rebuild()
    need = asking("opc-ua", text="Unsere Fräsmaschinen stehen oft still.")
    assert titles(need)[0] == "Fräsmaschinen überwachen"
    assert titles(need, language="cs")[0] == "Jak sledovat frézky"


def test_a_page_says_why():
    broader = Topic.objects.get(slug="nis2-directive").broader.slug
    event("training", "nis2-directive", broader, online=True, spoken_languages=["cs"], interpreting=True)
    assert why(asking("nis2-directive")) == [
        "Shared topics: 1",
        "Related topics: 1",
        "With interpreting",
        "Takes place online",
    ]


def test_a_page_says_what_speaks_against_it():
    liberec, zwickau = place("Liberec"), place("Zwickau")
    event("meeting", "nis2-directive", online=False, place=liberec, spoken_languages=["cs"])
    need = asking("nis2-directive", latitude=zwickau.latitude, longitude=zwickau.longitude)
    assert why(need)[1:] == ["In none of your languages", "Takes place 181 km away"]


def test_as_many_queries_for_few_as_for_many():
    counts = []
    need = asking("nis2-directive", text="Wir suchen Hilfe bei der Instandhaltung.")
    for others in (1, 12):
        for number in range(others):
            GuidePageFactory(title=f"{others} {number}", topics=["nis2-directive"])
            event(f"event {others} {number}", "nis2-directive")
        rebuild()
        titles(need)
        with CaptureQueriesContext(connection) as queries:
            titles(need)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7
