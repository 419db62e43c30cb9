"""What search engines are told."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from portal.topics.models import Topic
from tests.factories.pages import GuidePageFactory

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def sitemap(client: Client) -> dict[str, dict[str, str]]:
    """{address: {language: address}}"""
    response = client.get("/sitemap.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return {
        url.findtext(f"{SITEMAP}loc", ""): {
            link.get("hreflang", ""): link.get("href", "") for link in url.iter(f"{XHTML}link")
        }
        for url in ElementTree.fromstring(response.content)
    }


def absolute(page) -> str:
    return f"http://testserver{page.get_url_parts()[2]}"


def test_every_page_stands_there_with_itself_in_both_languages(client: Client) -> None:
    german = GuidePageFactory()
    czech = GuidePageFactory(language="cs", translation_of=german)

    found = sitemap(client)

    both = {"de": absolute(german), "cs": absolute(czech)}
    assert found[both["de"]] == found[both["cs"]] == both
    assert found["http://testserver/de/"] == {"de": "http://testserver/de/", "cs": "http://testserver/cs/"}


def test_a_page_in_one_language_has_no_alternates(client: Client) -> None:
    page = GuidePageFactory()

    assert sitemap(client)[absolute(page)] == {}


def test_every_topic_has_its_page_in_both_languages(client: Client) -> None:
    found = sitemap(client)

    topic = Topic.objects.get(slug="generative-ai")
    both = {
        "de": f"http://testserver/de/wissen/themen/{topic.address_in('de')}/",
        "cs": f"http://testserver/cs/znalosti/temata/{topic.address_in('cs')}/",
    }
    assert found[both["de"]] == found[both["cs"]] == both
    assert sum("/themen/" in address for address in found) == Topic.objects.count() + 1


def test_drafts_and_restricted_pages_are_nobody_s_business(client: Client) -> None:
    draft, hidden = GuidePageFactory(live=False), GuidePageFactory()
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)

    assert {absolute(draft), absolute(hidden)} & sitemap(client).keys() == set()


def test_every_address_of_the_sitemap_answers(client: Client) -> None:
    GuidePageFactory(topics=["opc-ua"])
    addresses = [
        address for address in sitemap(client) if "/themen/" not in address and "/temata/" not in address
    ]

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_robots_learn_of_the_sitemap_and_leave_staff_and_accounts_alone(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /de/konto/", "Disallow: /cs/ucet/"} <= set(lines)


def test_a_page_names_its_one_address_whatever_the_query(client: Client) -> None:
    page = GuidePageFactory()

    text = client.get(f"{page.get_url_parts()[2]}?utm_source=x").content.decode()

    assert f'<link rel="canonical" href="{absolute(page)}">' in text
