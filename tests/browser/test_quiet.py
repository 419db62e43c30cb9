"""The first page of each language in a browser, and what a noisy page would look like."""

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page


@pytest.mark.parametrize("language", ["de", "cs"])
def test_the_home_page_is_quiet_and_accessible(page: Page, accessible, language):
    page.goto(f"/{language}/")
    assert page.locator("html").get_attribute("lang") == language
    accessible()


def test_an_inline_script_is_refused_and_told(page: Page, noise):
    page.goto("/de/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'x = 1'}))"
    )
    assert any("Content Security Policy" in found for found in noise.found)
    noise.found.clear()


def test_a_picture_from_elsewhere_is_told(page: Page, noise):
    page.goto("/de/")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/x.png'}))")
    page.wait_for_timeout(200)
    assert any("127.0.0.1:9" in found for found in noise.found)
    noise.found.clear()


def test_a_missing_file_is_told(page: Page, noise):
    assert finders.find("ui/nowhere.css") is None
    page.goto("/de/")
    page.evaluate("fetch('/static/ui/nowhere.css')")
    page.wait_for_timeout(200)
    assert [found.split(" ")[0] for found in noise.found] == ["404:"]
    noise.found.clear()


def test_axe_finds_a_picture_without_words(page: Page, accessible):
    page.goto("/de/")
    page.evaluate(
        "document.querySelector('main').append(Object.assign(new Image(), {src: '/static/ui/favicon.svg'}))"
    )
    with pytest.raises(AssertionError, match="image-alt"):
        accessible()
