"""Cards and chips: the right card for every page, without a query of its own."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from knowledge.models import GuidePage
from knowledge.templatetags.knowledge import work_time
from portal.topics.domain.shown import with_topics
from portal.topics.models import Topic
from tests.factories.pages import (
    CaseStudyPageFactory,
    CompanyPageFactory,
    EventPageFactory,
    GuidePageFactory,
    MentorPageFactory,
    NewsPageFactory,
    StandardPageFactory,
)
from tests.factories.people import CompanyFactory, PersonFactory, place

pytestmark = pytest.mark.django_db


def rendered(template: str, **values: object) -> str:
    request = RequestFactory().get("/de/")
    with override("de"):
        return Template("{% load knowledge %}" + template).render(Context({"request": request, **values}))


@pytest.mark.parametrize(
    ("factory", "facts", "expected"),
    [
        (
            GuidePageFactory,
            {"title": "Kabel", "level": "advanced"},
            ["Kabel", "Leitfaden · 1 Minute · Für Fortg"],
        ),
        (CaseStudyPageFactory, {"title": "Glas", "country": "CZ"}, ["Glas", "Fallstudie", ">CZ<"]),
        (NewsPageFactory, {"title": "Auftakt", "published_on": "2025-10-07"}, ["Auftakt", "7. Oktober 2025"]),
        (EventPageFactory, {"title": "Treff", "seats": 12}, ["Treff", "Workshop · ", "online", "12 Plätze"]),
        (StandardPageFactory, {"title": "Über uns"}, ["Über uns", "Seite"]),
    ],
)
def test_every_kind_of_page_has_its_card(factory, facts: dict[str, object], expected: list[str]) -> None:
    page = type(factory(**facts)).objects.latest("pk")

    card = rendered("{% page_card page %}", page=page)

    assert [words for words in expected if words not in card] == []
    assert f'href="{page.get_url_parts()[2]}"' in card


def test_people_and_companies_have_theirs_too() -> None:
    mentor = MentorPageFactory(person=PersonFactory(name="Jana Horká"))
    company = CompanyPageFactory(company=CompanyFactory(name="Datenhof GmbH", place=place("Görlitz")))

    assert "Jana Horká" in rendered("{% page_card page %}", page=mentor)
    assert "Datenhof GmbH" in rendered("{% page_card page %}", page=company)


def test_a_card_in_the_other_language_says_so() -> None:
    page = GuidePageFactory(title="Kabely", language="cs")

    assert 'lang="cs"' in rendered("{% page_card page %}", page=page)
    assert 'lang="' not in rendered("{% page_card page %}", page=GuidePageFactory())


CARDS = "{% for page in pages %}{% page_card page %}{% endfor %}"


def queries_of_cards(pages: list[GuidePage]) -> int:
    rendered(CARDS, pages=pages)
    with CaptureQueriesContext(connection) as queries:
        rendered(CARDS, pages=pages)
    return len(queries)


def test_cards_of_pages_whose_topics_were_read_ask_for_them_no_more() -> None:
    for _number in range(4):
        GuidePageFactory(topics=["opc-ua", "sensors"])
    pages = GuidePage.objects.newest().for_cards()

    assert queries_of_cards(with_topics(pages[:4])) == queries_of_cards(with_topics(pages[:1]))


def test_without_that_each_card_would_ask_for_itself() -> None:
    """The twin of the test above: it would notice."""
    for _number in range(4):
        GuidePageFactory(topics=["opc-ua", "sensors"])
    pages = GuidePage.objects.newest().for_cards()

    def first_look(amount: int) -> int:
        fresh = list(pages[:amount])
        with CaptureQueriesContext(connection) as queries:
            rendered(CARDS, pages=fresh)
        return len(queries)

    first_look(1)  # what Wagtail remembers from now on
    assert first_look(4) == first_look(1) + 3


def test_topics_of_pages_people_and_companies_are_read_together_one_query_for_each_kind_of_carrier() -> None:
    things = [
        GuidePageFactory(topics=["opc-ua"]),
        NewsPageFactory(topics=["sensors"]),
        PersonFactory(topics=["gdpr"]),
        CompanyFactory(topics=["gdpr"]),
    ]
    things = [type(thing).objects.get(pk=thing.pk) for thing in things]

    with CaptureQueriesContext(connection) as queries:
        with_topics(things)

    assert len(queries) == 3
    assert "Datenschutz (DSGVO)" in rendered("{% topic_chips thing %}", thing=things[2])


def test_a_chip_leads_to_the_topic_in_the_reader_s_language() -> None:
    topic = Topic.objects.get(slug="generative-ai")
    request = RequestFactory().get("/cs/")

    with override("cs"):
        url = Template("{% load knowledge %}{% topic_url topic %}").render(
            Context({"request": request, "topic": topic})
        )

    assert url == f"/cs/znalosti/temata/{topic.address_in('cs')}/"


@pytest.mark.parametrize(
    ("minutes", "german", "czech"),
    [
        (1, "1 Minute", "1 minuta"),
        (90, "90 Minuten", "90 minut"),
        (120, "2 Stunden", "2 hodiny"),
        (600, "10 Stunden", "10 hodin"),
        (960, "2 Arbeitstage", "2 pracovní dny"),
        (2400, "5 Arbeitstage", "5 pracovních dnů"),
    ],
)
def test_work_takes_minutes_hours_or_days(minutes: int, german: str, czech: str) -> None:
    with override("de"):
        assert work_time(minutes) == german
    with override("cs"):
        assert work_time(minutes) == czech
