"""Topics have an address in each language; everything that carries them stands there."""

import pytest
from django.test import Client

from portal.topics.models import Topic, TopicAddress
from tests.factories.pages import (
    CaseStudyPageFactory,
    CompanyPageFactory,
    EventPageFactory,
    GuidePageFactory,
    MentorPageFactory,
    NewsPageFactory,
)
from tests.factories.people import CompanyFactory, PersonFactory

pytestmark = pytest.mark.django_db

GERMAN = "/de/wissen/themen/"
CZECH = "/cs/znalosti/temata/"


def address(slug: str, language: str) -> str:
    base = {"de": GERMAN, "cs": CZECH}[language]
    return f"{base}{Topic.objects.get(slug=slug).address_in(language)}/"


@pytest.mark.parametrize(
    ("language", "label"), [("de", "Generative KI"), ("cs", "Generativní umělá inteligence")]
)
def test_a_topic_stands_at_the_address_of_its_label(client: Client, language: str, label: str) -> None:
    response = client.get(address("generative-ai", language))

    assert response.status_code == 200
    assert f"<h1>{label}</h1>" in response.content.decode()


def test_the_address_of_one_language_leads_nowhere_in_the_other(client: Client) -> None:
    czech = Topic.objects.get(slug="generative-ai").address_in("cs")

    assert client.get(f"{GERMAN}{czech}/").status_code == 404


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "a" * 300, "generative-ai"])
def test_what_is_no_address_of_a_topic_is_not_found(client: Client, slug: str) -> None:
    assert client.get(f"{GERMAN}{slug}/").status_code == 404


def test_a_former_address_leads_to_the_present_one_for_good(client: Client) -> None:
    topic = Topic.objects.get(slug="generative-ai")
    TopicAddress.objects.create(topic=topic, language="de", slug="sprachmodelle")

    response = client.get(f"{GERMAN}sprachmodelle/")

    assert (response.status_code, response["Location"]) == (301, address("generative-ai", "de"))
    assert client.get(f"{CZECH}sprachmodelle/").status_code == 404


def test_the_page_switches_language_to_the_same_topic(client: Client) -> None:
    text = client.get(address("generative-ai", "de")).content.decode()

    assert f'href="{address("generative-ai", "cs")}" lang="cs" hreflang="cs"' in text
    assert (
        f'<link rel="alternate" hreflang="cs" href="http://testserver{address("generative-ai", "cs")}">'
        in text
    )


def test_everything_that_carries_the_topic_or_a_narrower_one_stands_on_its_page(client: Client) -> None:
    topics = ["generative-ai"]
    GuidePageFactory(title="Ein Leitfaden", topics=topics)
    CaseStudyPageFactory(title="Eine Fallstudie", topics=topics)
    NewsPageFactory(title="Eine Meldung", topics=topics)
    EventPageFactory(title="Ein Workshop", topics=topics)
    person = PersonFactory(name="Jana Horká", topics=topics)
    MentorPageFactory(person=person)
    CompanyPageFactory(company=CompanyFactory(name="Datenhof GmbH", topics=topics))
    GuidePageFactory(title="Etwas anderes", topics=["opc-ua"])
    everything = [
        "Ein Leitfaden",
        "Eine Fallstudie",
        "Eine Meldung",
        "Ein Workshop",
        "Jana Horká",
        "Datenhof GmbH",
    ]

    for slug in ("generative-ai", "artificial-intelligence"):
        text = client.get(address(slug, "de")).content.decode()
        assert [title for title in everything if title not in text] == []
        assert "Etwas anderes" not in text


def test_the_page_leads_up_down_and_to_other_words_in_both_languages(client: Client) -> None:
    text = client.get(address("generative-ai", "de")).content.decode()

    assert f'href="{address("artificial-intelligence", "de")}"' in text
    assert '<span lang="de">ChatGPT</span>' in text
    assert '<span lang="cs">Velké jazykové modely</span>' in text
    above = client.get(address("artificial-intelligence", "de")).content.decode()
    assert f'href="{address("generative-ai", "de")}"' in above


def test_an_empty_topic_says_so(client: Client) -> None:
    assert "Hier steht noch nichts." in client.get(address("generative-ai", "de")).content.decode()


def test_the_list_shows_all_topics_below_their_top_topics_with_how_many_pages_carry_them(
    client: Client,
) -> None:
    GuidePageFactory(topics=["generative-ai", "artificial-intelligence"])
    GuidePageFactory(topics=["machine-learning"])
    GuidePageFactory(topics=["machine-learning"], live=False)

    branches = client.get(GERMAN).context["branches"]()
    branch = next(branch for branch in branches if branch["label"] == "Künstliche Intelligenz")

    assert len(branches) == Topic.objects.filter(broader=None).count()
    assert branch["count"] == 2, "a page that carries a topic twice over counts once"
    assert {row["label"]: row["count"] for row in branch["narrower"] if row["count"]} == {
        "Generative KI": 1,
        "Maschinelles Lernen": 1,
    }


def test_every_topic_has_a_page_of_its_own_in_each_language() -> None:
    """Two labels with the same address would hide one of them."""
    for language in ("de", "cs"):
        addresses = [topic.address_in(language) for topic in Topic.objects.prefetch_related("labels")]
        assert sorted(addresses) == sorted(set(addresses))
