"""Lists: filters as a GET form, twelve to a page, and nothing that a query string can break."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.pages import CaseStudyPageFactory, EventPageFactory, GuidePageFactory, NewsPageFactory
from tests.factories.people import place

pytestmark = pytest.mark.django_db

GUIDES = "/de/wissen/leitfaeden/"


def listed(client: Client, url: str) -> list[str]:
    return [page.title for page in client.get(url).context["page_obj"]]


def offered(client: Client, url: str) -> dict[str, dict[str, tuple[object, bool]]]:
    """{group: {value: (count, checked)}}"""
    return {
        group["name"]: {option["value"]: (option["count"], option["checked"]) for option in group["options"]}
        for group in client.get(url).context["filters"]
    }


@pytest.mark.parametrize(
    ("factory", "urls"),
    [
        (GuidePageFactory, {"de": "/de/wissen/leitfaeden/", "cs": "/cs/znalosti/navody/"}),
        (CaseStudyPageFactory, {"de": "/de/wissen/fallstudien/", "cs": "/cs/znalosti/pripadove-studie/"}),
        (NewsPageFactory, {"de": "/de/wissen/aktuelles/", "cs": "/cs/znalosti/aktuality/"}),
        (EventPageFactory, {"de": "/de/veranstaltungen/", "cs": "/cs/akce/"}),
    ],
)
def test_each_list_shows_what_is_published_in_its_language(
    client: Client, factory, urls: dict[str, str]
) -> None:
    factory(title="Hier")
    factory(title="Tady", language="cs")
    factory(title="Entwurf", live=False)

    assert listed(client, urls["de"]) == ["Hier"]
    assert listed(client, urls["cs"]) == ["Tady"]


def test_the_latest_stands_first() -> None:
    today = timezone.localdate()
    for days in (3, 1, 2):
        GuidePageFactory(title=f"vor {days}", published_on=today - dt.timedelta(days=days))

    assert listed(Client(), GUIDES) == ["vor 1", "vor 2", "vor 3"]


def test_twelve_stand_on_a_page_and_filters_are_kept_from_page_to_page(client: Client) -> None:
    for _number in range(13):
        GuidePageFactory(topics=["opc-ua"], level="advanced")

    response = client.get(f"{GUIDES}?level=advanced")

    assert len(response.context["page_obj"]) == 12
    assert 'href="?level=advanced&amp;page=2"' in response.content.decode()
    assert len(listed(client, f"{GUIDES}?level=advanced&page=2")) == 1


def test_a_topic_filter_holds_what_is_below_it_and_counts_it(client: Client) -> None:
    GuidePageFactory(title="Modelle", topics=["generative-ai", "artificial-intelligence"])
    GuidePageFactory(title="Kabel", topics=["opc-ua"])

    assert listed(client, f"{GUIDES}?topic=artificial-intelligence") == ["Modelle"]
    assert offered(client, GUIDES)["topic"] == {
        "artificial-intelligence": (1, False),
        "production-and-logistics": (1, False),
    }


def test_a_narrow_topic_from_a_link_is_offered_as_chosen(client: Client) -> None:
    GuidePageFactory(title="Modelle", topics=["generative-ai"])

    assert offered(client, f"{GUIDES}?topic=generative-ai")["topic"] == {
        "generative-ai": ("", True),
        "artificial-intelligence": (1, False),
    }


def test_values_of_one_filter_widen_and_filters_narrow(client: Client) -> None:
    GuidePageFactory(title="leicht", level="beginner", topics=["opc-ua"])
    GuidePageFactory(title="schwer", level="advanced", topics=["opc-ua"])
    GuidePageFactory(title="anderes", level="advanced", topics=["gdpr"])

    assert sorted(listed(client, f"{GUIDES}?level=beginner&level=advanced")) == [
        "anderes",
        "leicht",
        "schwer",
    ]
    assert listed(client, f"{GUIDES}?level=advanced&topic=opc-ua") == ["schwer"]


def test_each_chosen_filter_can_be_taken_away(client: Client) -> None:
    GuidePageFactory(level="advanced", topics=["opc-ua"])

    chosen = client.get(f"{GUIDES}?level=advanced&topic=opc-ua&page=1").context["chosen"]

    assert [(str(chip["label"]), chip["url"]) for chip in chosen] == [
        ("OPC UA", "?level=advanced"),
        ("Für Fortgeschrittene", "?topic=opc-ua"),
    ]


def test_case_studies_and_events_are_filtered_by_country(client: Client) -> None:
    CaseStudyPageFactory(title="Zwickau", country="DE")
    CaseStudyPageFactory(title="Liberec", country="CZ")
    EventPageFactory(title="in Děčín", place=place("Děčín"), online=False)
    EventPageFactory(title="online")

    assert listed(client, "/de/wissen/fallstudien/?country=CZ") == ["Liberec"]
    assert listed(client, "/de/veranstaltungen/?country=CZ") == ["in Děčín"]


def test_coming_events_stand_under_their_own_heading(client: Client) -> None:
    EventPageFactory(title="Bald")
    EventPageFactory(title="Vorbei", starts_at=timezone.now() - dt.timedelta(days=9))

    text = client.get("/de/veranstaltungen/").content.decode()

    order = [
        text.index(words)
        for words in ("Kommende Veranstaltungen", "Bald", "Vergangene Veranstaltungen", "Vorbei")
    ]
    assert order == sorted(order)


def test_nothing_found_says_so_and_leads_back_to_everything(client: Client) -> None:
    GuidePageFactory(level="beginner", topics=["opc-ua"])

    text = client.get(f"{GUIDES}?topic=gdpr").content.decode()

    assert "Zu diesen Filtern passt nichts." in text


@pytest.mark.parametrize("page", ["0", "-1", "2", "1000000000", "x", "9" * 5000, "%00", "1.5"])
def test_a_page_that_is_not_there_is_not_found(client: Client, page: str) -> None:
    GuidePageFactory()

    assert client.get(f"{GUIDES}?page={page}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "topic=%00",
        "topic=%22",
        "topic=a%22b+(x)+AND*",
        "topic=%F0%9F%92%A9",
        "topic=%ED%A0%80",
        f"topic={'x' * 10_000}",
        "&".join(f"topic=t{number}" for number in range(900)),
        "level=%00",
        "level=nobody",
        "country=DE'--",
    ],
)
def test_a_value_that_nobody_offered_narrows_nothing(client: Client, query: str) -> None:
    GuidePageFactory(title="Hier")

    response = client.get(f"{GUIDES}?{query}")

    assert response.status_code == 200
    assert [page.title for page in response.context["page_obj"]] == ["Hier"]
    assert response.context["chosen"] == []
