"""What every page says about itself, and offers to everybody."""

import pytest
from django.test import RequestFactory

from portal.ui.templatetags.ui import head_links

LANGUAGES = [
    {"code": "de", "name": "Deutsch", "url": "/de/wissen/", "current": True, "is_translation": True},
    {"code": "cs", "name": "Čeština", "url": "/cs/znalosti/", "current": False, "is_translation": True},
]
FUNDED = {"de": "Kofinanziert von der Europäischen Union", "cs": "Spolufinancováno Evropskou unií"}


def head(address: str, languages=LANGUAGES) -> dict:
    return head_links({"request": RequestFactory().get(address)}, languages)


class TestTheHeadOfAPage:
    @pytest.mark.parametrize(
        ("address", "canonical"),
        [
            ("/de/wissen/", "http://testserver/de/wissen/"),
            ("/de/wissen/?topic=nis2-directive&utm_source=x", "http://testserver/de/wissen/"),
            ("/de/wissen/?page=3&topic=nis2-directive", "http://testserver/de/wissen/?page=3"),
            ("/de/wissen/?page=1", "http://testserver/de/wissen/"),
            ("/de/wissen/?page=%00'\"<script>", "http://testserver/de/wissen/"),
            ("/de/wissen/?page=1000000000", "http://testserver/de/wissen/"),
        ],
    )
    def test_names_one_address_whatever_is_filtered(self, address, canonical):
        assert head(address)["canonical"] == canonical

    def test_names_the_page_in_every_language_that_it_has(self):
        assert head("/de/wissen/")["alternates"] == [
            {"code": "de", "url": "http://testserver/de/wissen/"},
            {"code": "cs", "url": "http://testserver/cs/znalosti/"},
        ]

    def test_names_no_other_language_for_a_page_without_a_translation(self):
        only_german = [LANGUAGES[0], {**LANGUAGES[1], "url": "/cs/", "is_translation": False}]
        assert head("/de/wissen/", only_german)["alternates"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "cs"])
class TestEveryPage:
    @pytest.fixture
    def page(self, client, language) -> str:
        return client.get(f"/{language}/").content.decode()

    def test_says_who_pays_before_anything_else(self, page, language):
        assert page.index(FUNDED[language]) < page.index("<nav")
        assert 'class="emblem"' in page

    def test_begins_with_a_way_past_the_navigation(self, page, language):
        assert page.index('class="skip" href="#main"') < page.index("<header")
        assert '<main id="main" tabindex="-1">' in page

    def test_names_languages_by_their_own_name_and_never_by_a_flag(self, page, language):
        other = {"de": "cs", "cs": "de"}[language]
        assert f'<html lang="{language}">' in page
        assert f'href="/{other}/" lang="{other}" hreflang="{other}"' in page
        assert "Deutsch</" in page
        assert "Čeština</" in page

    def test_loads_its_fonts_at_once_and_nothing_from_elsewhere(self, page, language):
        assert page.count('rel="preload"') == 2
        assert 'src="http' not in page
        assert '<link rel="stylesheet" href="/static/ui/portal.css">' in page
