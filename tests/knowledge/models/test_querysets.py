"""The words by which pages of the knowledge base are asked for."""

import datetime as dt

import pytest
from django.utils import timezone

from knowledge.models import EventPage, GuidePage
from portal.topics.models import Topic
from search.domain.indexing import rebuild
from tests.factories.pages import EventPageFactory, GuidePageFactory

pytestmark = pytest.mark.django_db


def titles(pages) -> list[str]:
    return [page.title for page in pages]


def test_pages_beside_another_are_published_and_in_its_language() -> None:
    here = GuidePageFactory(title="Hier")
    GuidePageFactory(title="Entwurf", live=False)
    GuidePageFactory(title="Tam", language="cs")

    assert titles(GuidePage.objects.beside(here)) == ["Hier"]


def test_a_page_is_about_its_topics_and_about_those_above_them() -> None:
    GuidePageFactory(title="Modelle", topics=["generative-ai"])
    GuidePageFactory(title="Kabel", topics=["opc-ua"])
    assert Topic.objects.get(slug="generative-ai").broader.slug == "artificial-intelligence"

    assert titles(GuidePage.objects.about(["generative-ai"])) == ["Modelle"]
    assert titles(GuidePage.objects.about(["artificial-intelligence"])) == ["Modelle"]
    assert titles(GuidePage.objects.about(["machine-learning"])) == []
    assert titles(GuidePage.objects.about(["generative-ai", "opc-ua"]).order_by("title")) == [
        "Kabel",
        "Modelle",
    ]


def related(page: GuidePage) -> list[str]:
    rebuild()
    return titles(GuidePage.objects.beside(page).related_to(page))


def test_a_rare_topic_in_common_relates_more_than_a_frequent_one() -> None:
    page = GuidePageFactory(topics=["opc-ua", "sensors"])
    for number in range(5):
        GuidePageFactory(title=f"Sensoren {number}", topics=["sensors"])
    GuidePageFactory(title="OPC UA", topics=["opc-ua"])
    GuidePageFactory(title="Nichts davon", topics=["gdpr"])

    assert related(page)[0] == "OPC UA"
    assert "Nichts davon" not in related(page)


def test_two_topics_in_common_relate_more_than_one() -> None:
    page = GuidePageFactory(topics=["opc-ua", "sensors"])
    GuidePageFactory(title="Eins", topics=["opc-ua"])
    GuidePageFactory(title="Beide", topics=["opc-ua", "sensors"])

    assert related(page)[:2] == ["Beide", "Eins"]


def test_pages_are_related_by_what_they_say_without_a_topic_in_common() -> None:
    page = GuidePageFactory(summary="Wie eine Spindel vor dem Ausfall klingt.")
    GuidePageFactory(title="Gehör", summary="Der Ausfall der Spindel kündigt sich an.", topics=["opc-ua"])
    GuidePageFactory(title="Papier", summary="Belege ordnen und ablegen.", topics=["gdpr"])

    assert related(page)[0] == "Gehör"


def test_a_page_that_was_withdrawn_is_related_to_none_before_the_index_knows() -> None:
    page, other = GuidePageFactory(topics=["opc-ua"]), GuidePageFactory(topics=["opc-ua"])
    assert related(page) == [other.title]
    GuidePage.objects.filter(pk=other.pk).update(live=False)

    assert titles(GuidePage.objects.beside(page).related_to(page)) == []


def test_coming_events_stand_before_past_ones_each_from_now_on_outwards() -> None:
    now = timezone.now()
    for days in (30, -10, 3, -40):
        EventPageFactory(title=f"in {days}", starts_at=now + dt.timedelta(days=days))

    assert titles(EventPage.objects.coming_first(now)) == ["in 3", "in 30", "in -10", "in -40"]
    assert titles(EventPage.objects.coming(now)) == ["in 3", "in 30"]
    assert titles(EventPage.objects.past(now)) == ["in -10", "in -40"]


def test_an_event_that_has_begun_is_still_coming_until_it_ends() -> None:
    now = timezone.now()
    EventPageFactory(
        title="läuft", starts_at=now - dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=1)
    )

    assert titles(EventPage.objects.coming(now)) == ["läuft"]
    assert titles(EventPage.objects.past(now)) == []


def test_the_reading_time_follows_the_text() -> None:
    page = GuidePageFactory(body=[{"type": "text", "value": f"<p>{'Wort ' * 900}</p>"}])
    assert page.reading_minutes == 5

    page.body = [{"type": "text", "value": "<p>Kurz.</p>"}]
    page.save()
    assert page.reading_minutes == 1
