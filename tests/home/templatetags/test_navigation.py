"""Menus, and the way to the other language."""

import pytest
from django.template import Context
from django.test import Client, RequestFactory
from django.utils.translation import override
from wagtail.models import Page

from home.domain.site import section
from home.models import StandardPage
from home.templatetags.navigation import language_links, main_menu, section_url

pytestmark = pytest.mark.django_db


def context_of(path: str, **values: object) -> Context:
    return Context({"request": RequestFactory().get(path), **values})


def test_the_main_menu_has_the_four_doors_of_the_reader_s_language_and_marks_the_open_one() -> None:
    with override("cs"):
        items = main_menu(context_of("/cs/znalosti/navody/"))

    assert [(item["title"], item["url"], item["current"]) for item in items] == [
        ("Znalosti", "/cs/znalosti/", True),
        ("Mentoring", "/cs/mentoring/", False),
        ("Firmy", "/cs/firmy/", False),
        ("Akce", "/cs/akce/", False),
    ]


def test_a_section_that_is_not_live_is_in_no_menu() -> None:
    Page.objects.get(pk=section("events")["de"].pk).unpublish()

    with override("de"):
        assert "Veranstaltungen" not in [item["title"] for item in main_menu(context_of("/de/"))]
        assert section_url(context_of("/de/"), "events") == ""


def test_a_page_links_to_itself_in_the_other_language() -> None:
    page = section("guides")["de"]

    with override("de"):
        links = language_links(context_of(page.url, page=page))

    assert [(link["code"], link["url"], link["current"]) for link in links] == [
        ("de", "/de/wissen/leitfaeden/", True),
        ("cs", "/cs/znalosti/navody/", False),
    ]


def test_a_page_without_a_translation_leads_to_the_home_page_of_the_other_language() -> None:
    page = StandardPage(title="Nur deutsch", slug="nur-deutsch")
    Page.objects.get(pk=section("home")["de"].pk).add_child(instance=page)

    with override("de"):
        links = language_links(context_of(page.url, page=page))

    assert [(link["code"], link["url"], link["is_translation"]) for link in links] == [
        ("de", page.url, True),
        ("cs", "/cs/", False),
    ]


def test_a_view_is_offered_under_its_translated_address() -> None:
    with override("de"):
        links = language_links(context_of("/de/suche/"))

    assert [link["url"] for link in links] == ["/de/suche/", "/cs/hledani/"]


@pytest.mark.parametrize("language", ["de", "cs"])
def test_the_home_page_answers_in_its_language(client: Client, language: str) -> None:
    response = client.get(f"/{language}/")

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()
