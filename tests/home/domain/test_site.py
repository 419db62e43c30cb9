"""The frame of the site: what every installation begins with."""

import pytest
from django.test import Client
from wagtail.models import Page

from home.domain.site import SECTIONS, ensure_site, section

pytestmark = pytest.mark.django_db


def test_a_second_run_creates_nothing() -> None:
    pages = Page.objects.count()

    assert ensure_site() == []
    assert Page.objects.count() == pages


def test_a_section_that_was_deleted_comes_back_in_both_languages() -> None:
    for page in section("events").values():
        Page.objects.get(pk=page.pk).delete()

    assert ensure_site() == ["events"]
    assert {language: page.live for language, page in section("events").items()} == {"de": True, "cs": True}


@pytest.mark.parametrize("name", ["home", *SECTIONS])
def test_every_section_stands_in_both_languages_as_translations_of_each_other(name: str) -> None:
    pages = section(name)

    assert set(pages) == {"de", "cs"}
    assert pages["de"].translation_key == pages["cs"].translation_key
    assert pages["de"].title
    assert pages["de"].url.startswith("/de/")
    assert pages["cs"].url.startswith("/cs/")


def test_a_reader_without_a_language_in_the_address_is_led_to_the_one_of_the_browser(client: Client) -> None:
    assert client.get("/", headers={"accept-language": "cs,en;q=0.5"}).url == "/cs/"
    assert client.get("/", headers={"accept-language": "de-DE"}).url == "/de/"
    assert client.get("/", headers={"accept-language": "fr"}).url == "/de/"


def test_a_language_that_the_portal_does_not_speak_is_not_found(client: Client) -> None:
    assert client.get("/en/").status_code == 404


def test_the_page_of_one_language_is_not_found_below_the_other(client: Client) -> None:
    assert client.get("/de/veranstaltungen/").status_code == 200
    assert client.get("/cs/veranstaltungen/").status_code == 404
    assert client.get("/de/veranstaltungen/x/y/").status_code == 404
