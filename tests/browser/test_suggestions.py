"""Suggestions while somebody types: by keyboard, with a mouse, on a phone, and without any script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.topics.models import Topic
from search.engines import engine
from tests.search.library import document, index

BOXES = {"de": ("/de/suche/", "frasm", "Fräsmaschinen"), "cs": ("/cs/hledani/", "frezk", "Frézky")}


@pytest.fixture(autouse=True)
def milling(transactional_db):
    engine().clear()
    topic = Topic.objects.create(slug="milling", name="milling")
    for language, (_path, _typed, label) in BOXES.items():
        topic.labels.model.objects.create(topic=topic, language=language, label=label)
    index(document("Fräsmaschinen verbinden"), document("Frézky propojit", language="cs"))


@pytest.mark.parametrize("language", ["de", "cs"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_suggestion_is_picked_by_arrow_keys_without_diacritics(page: Page, accessible, language, width):
    path, typed, label = BOXES[language]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    box = page.get_by_role("combobox")
    below = page.locator("main h2").first
    place = below.bounding_box()
    box.press_sequentially(typed)
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search [role=status]")).to_contain_text("2 ")
    assert below.bounding_box() == place
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    accessible()
    box.press("ArrowDown")
    chosen = options.nth(0)
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    accessible()
    box.press("Enter")
    expect(page.get_by_role("combobox")).to_have_value(label)


def test_escape_closes_the_list_and_leaves_what_was_typed(page: Page):
    page.goto("/de/suche/")
    box = page.get_by_role("combobox")
    box.press_sequentially("frasm")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("frasm")


def test_the_arrows_lead_round_and_enter_without_a_choice_searches_for_what_was_typed(page: Page):
    page.goto("/de/suche/")
    box = page.get_by_role("combobox")
    box.press_sequentially("frasm")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    box.press("ArrowUp")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    box.press("Enter")
    expect(page.get_by_role("combobox")).to_have_value("frasm")
    expect(page).to_have_url(re.compile(r"\?q=frasm$"))


def test_a_suggestion_is_a_link_for_the_mouse(page: Page):
    page.goto("/de/suche/")
    page.get_by_role("combobox").press_sequentially("frasm")
    page.get_by_role("option").nth(0).click()
    expect(page.get_by_role("combobox")).to_have_value("Fräsmaschinen")


def test_without_script_the_box_is_a_plain_form(browser: Browser, live_server):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/de/suche/")
    box = page.get_by_role("searchbox")
    box.fill("Fräsmaschinen")
    box.press("Enter")
    expect(page.get_by_role("link", name="Fräsmaschinen verbinden")).to_be_visible()
    context.close()
