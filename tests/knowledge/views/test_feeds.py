"""News feeds: well-formed Atom with absolute links, in the language of their address."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.pages import CaseStudyPageFactory, EventPageFactory, GuidePageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client: Client, path: str) -> ElementTree.Element:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(response.content)


def titles(root: ElementTree.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in root.iter(f"{ATOM}entry")]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("guides", ["Leitfaden"]),
        ("case_studies", ["Fallstudie"]),
        ("news", ["Meldung"]),
        ("events", ["Workshop"]),
        ("all", ["Fallstudie", "Leitfaden", "Meldung", "Workshop"]),
    ],
)
def test_each_section_has_its_feed(client: Client, section: str, expected: list[str]) -> None:
    GuidePageFactory(title="Leitfaden")
    GuidePageFactory(title="Návod", language="cs")
    GuidePageFactory(title="Entwurf", live=False)
    CaseStudyPageFactory(title="Fallstudie")
    NewsPageFactory(title="Meldung")
    EventPageFactory(title="Workshop", first_published_at=timezone.now())

    assert sorted(titles(feed(client, f"/de/feeds/{section}/"))) == expected


def test_a_feed_stands_in_the_language_of_its_address(client: Client) -> None:
    GuidePageFactory(title="Návod", language="cs")

    root = feed(client, "/cs/feeds/guides/")

    assert (root.get(LANGUAGE), root.findtext(f"{ATOM}title")) == ("cs", "Návody – NET4DIGI")
    assert titles(root) == ["Návod"]


def test_an_entry_says_what_it_is_about_and_where_it_stands(client: Client) -> None:
    page = GuidePageFactory(
        title='Messen & "regeln" <ohne> Kabel',
        summary="Mehr als 3 < 5 Signale.",
        topics=["opc-ua"],
        published_on=dt.date(2026, 10, 7),
        author="Eva Malá",
    )

    [entry] = feed(client, "/de/feeds/guides/").iter(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == 'Messen & "regeln" <ohne> Kabel'
    assert entry.findtext(f"{ATOM}summary") == "Mehr als 3 &lt; 5 Signale.", "a summary is read as HTML"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{page.get_url_parts()[2]}"
    assert [category.get("term") for category in entry.iter(f"{ATOM}category")] == ["OPC UA"]
    assert entry.findtext(f"{ATOM}published", "").startswith("2026-10-07T00:00:00+02:00")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Eva Malá"


def test_the_name_of_an_entry_outlives_its_address_and_differs_between_languages(client: Client) -> None:
    german = GuidePageFactory()
    GuidePageFactory(language="cs", translation_of=german)

    def name(language: str) -> str:
        return feed(client, f"/{language}/feeds/guides/").findtext(f"{ATOM}entry/{ATOM}id", "")

    before = name("de")
    german.slug = "ganz-anders"
    german.save()

    assert name("de") == before
    assert name("cs") != before


def test_a_topic_has_a_feed_with_what_is_below_it(client: Client) -> None:
    GuidePageFactory(title="Modelle", topics=["generative-ai"])
    GuidePageFactory(title="Kabel", topics=["opc-ua"])

    root = feed(client, "/cs/feeds/topics/artificial-intelligence/")
    assert root.findtext(f"{ATOM}title") == "Umělá inteligence – NET4DIGI"
    assert titles(feed(client, "/de/feeds/topics/artificial-intelligence/")) == ["Modelle"]


def test_the_newest_thirty_are_enough(client: Client) -> None:
    today = timezone.localdate()
    for days in range(32):
        NewsPageFactory(title=f"vor {days}", published_on=today - dt.timedelta(days=days))

    assert titles(feed(client, "/de/feeds/news/")) == [f"vor {days}" for days in range(30)]


@pytest.mark.parametrize("path", ["/de/feeds/secrets/", "/de/feeds/topics/nothing/", "/de/feeds/topics/%00/"])
def test_a_feed_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_lists_and_topics_tell_readers_of_their_feed(client: Client) -> None:
    for path, address in {
        "/de/wissen/leitfaeden/": "/de/feeds/guides/",
        "/cs/znalosti/aktuality/": "/cs/feeds/news/",
        "/de/wissen/": "/de/feeds/all/",
        "/de/wissen/themen/generative-ki/": "/de/feeds/topics/generative-ai/",
    }.items():
        text = client.get(path).content.decode()
        assert '<link rel="alternate" type="application/atom+xml"' in text
        assert f'href="{address}">' in text
