"""JSON-LD: what search engines read must parse, be true, and never break out of its element."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.template import Context
from django.test import Client, RequestFactory

from knowledge.domain import linked_data as schema
from knowledge.templatetags.knowledge import linked_data
from tests.factories.pages import (
    CaseStudyPageFactory,
    EventPageFactory,
    GuidePageFactory,
    MentorPageFactory,
    NewsPageFactory,
)
from tests.factories.people import CompanyFactory, OrganisationFactory, PersonFactory, place

pytestmark = pytest.mark.django_db

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def things(client: Client, path: str) -> dict[str, dict[str, Any]]:
    """What the page tells about, by type."""
    [text] = SCRIPT.findall(client.get(path).content.decode())
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def path_of(page) -> str:
    return page.get_url_parts()[2]


def test_a_guide_with_steps_is_a_how_to(client: Client) -> None:
    steps = [{"title": "Wählen", "text": "<p>Die <b>Presse</b>.</p>"}, {"title": "Messen", "text": ""}]
    page = GuidePageFactory(minutes_needed=90, body=[{"type": "steps", "value": {"steps": steps}}])

    how_to = things(client, path_of(page))["HowTo"]

    assert how_to["totalTime"] == "PT90M"
    assert how_to["step"] == [
        {"@type": "HowToStep", "name": "Wählen", "text": "Die Presse."},
        {"@type": "HowToStep", "name": "Messen"},
    ]


def test_texts_are_articles_and_news_are_news(client: Client) -> None:
    partner = OrganisationFactory(website="https://www.bic-zwickau.de")
    page = CaseStudyPageFactory(institution=partner, topics=["opc-ua"])

    article = things(client, path_of(page))["Article"]

    assert article["headline"] == page.title
    assert article["inLanguage"] == "de"
    assert article["keywords"] == ["OPC UA"]
    assert article["author"] == {
        "@type": "Organization",
        "name": "BIC Zwickau",
        "url": "https://www.bic-zwickau.de",
    }
    assert article["url"] == f"http://testserver{path_of(page)}"
    assert "NewsArticle" in things(client, path_of(NewsPageFactory()))
    assert "Article" in things(client, path_of(GuidePageFactory()))


def test_an_event_tells_when_and_where(client: Client) -> None:
    page = EventPageFactory(online=False, place=place("Děčín"), venue="Náměstí 1", language="cs", seats=12)

    event = things(client, path_of(page))["EducationEvent"]

    assert dt.datetime.fromisoformat(event["startDate"]) == page.starts_at
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    [location] = event["location"]
    assert location["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Náměstí 1",
        "addressLocality": "Děčín",
        "addressCountry": "CZ",
    }
    assert event["maximumAttendeeCapacity"] == 12


def test_a_page_tells_the_way_from_the_home_page(client: Client) -> None:
    page = GuidePageFactory(title="Die erste Maschine")

    way = things(client, path_of(page))["BreadcrumbList"]["itemListElement"]

    assert [(step["position"], step["name"]) for step in way] == [
        (1, "Wissen"),
        (2, "Leitfäden"),
        (3, "Die erste Maschine"),
    ]
    assert way[1]["item"] == "http://testserver/de/wissen/leitfaeden/"


@pytest.mark.parametrize(
    "title",
    [
        "</script><script>alert(1)</script>",
        "<!-- <script>",
        "a & b",
        'sagt "ja"',
        "Zeile\u2028Ende",
        "\\u003c",
    ],
)
def test_no_title_breaks_out_of_its_element_and_every_title_arrives(client: Client, title: str) -> None:
    page = GuidePageFactory(title=title)

    text = client.get(path_of(page)).content.decode()

    assert text.count('<script type="application/ld+json">') == 1
    assert "<script>alert(1)" not in text
    assert things(client, path_of(page))["Article"]["headline"] == title


def test_the_guard_is_needed_json_alone_would_let_a_title_out() -> None:
    """The twin of the test above: what the tag writes differs from plain JSON in just these letters."""
    page = GuidePageFactory(title="</script>")
    plain = json.dumps({"name": page.title})

    with_tag = linked_data(Context({"request": RequestFactory().get(path_of(page))}), page)

    assert "</script>" in plain
    assert with_tag.count("</script>") == 1
    assert with_tag.endswith("</script>")


def test_people_and_companies_are_told_of_by_the_pages_above() -> None:
    someone = PersonFactory(name="Jana Horká", title="Ing., Ph.D.", employer="Sklárna", topics=["opc-ua"])
    page = MentorPageFactory(person=someone)

    person = schema.person(someone, page.headline, "https://example.org/jana")
    firm = schema.company(
        CompanyFactory(name="Datenhof GmbH", founded=1999), "Daten", "https://example.org/d"
    )

    assert (person["honorificPrefix"], person["name"], person["honorificSuffix"]) == (
        "Ing.",
        "Jana Horká",
        "Ph.D.",
    )
    assert person["worksFor"]["name"] == "Sklárna"
    assert person["knowsLanguage"] == ["cs"]
    assert (firm["@type"], firm["name"], firm["foundingDate"]) == ("Organization", "Datenhof GmbH", "1999")
