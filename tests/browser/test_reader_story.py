"""The reader's story: read a guide, change the language, search without diacritics, open a topic, see who knows about it."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect


@dataclass(frozen=True)
class Story:
    """What one reader sees and types."""

    home: str
    knowledge: str
    guides: str
    guide: str
    guide_translated: str
    helpers: str
    to_other_language: str
    other: str
    back: str
    box: str
    typed: str
    found: str
    topic: str
    people: str


STORIES = {
    "de": Story(
        home="/de/",
        knowledge="Wissen",
        guides="Alle Leitfäden",
        guide="Vorausschauende Wartung: mit einer Spindel anfangen",
        guide_translated="Prediktivní údržba: začněte jedním vřetenem",
        helpers="Wer Ihnen dabei helfen kann",
        to_other_language="Čeština",
        other="cs",
        back="Deutsch",
        box="Suche",
        typed="phishing ubung",
        found="Phishing",
        topic="Phishing und Social Engineering",
        people="Mentor:innen",
    ),
    "cs": Story(
        home="/cs/",
        knowledge="Znalosti",
        guides="Všechny návody",
        guide="Prediktivní údržba: začněte jedním vřetenem",
        guide_translated="Vorausschauende Wartung: mit einer Spindel anfangen",
        helpers="Kdo vám s tím poradí",
        to_other_language="Deutsch",
        other="de",
        back="Čeština",
        box="Hledání",
        typed="prediktivni udrzba vreteno",
        found="údržba",
        topic="Prediktivní údržba",
        people="Mentoři",
    ),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=list(STORIES))
def test_a_reader_learns_changes_the_language_searches_and_finds_people(
    page: Page, live_server, demo: None, story: Story
) -> None:
    page.set_default_timeout(10_000)
    page.goto(story.home)

    page.get_by_role("navigation").get_by_role("link", name=story.knowledge).first.click()
    page.get_by_role("link", name=story.guides).first.click()
    page.get_by_role("link", name=story.guide).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(story.guide)
    aside = page.get_by_role("complementary")
    expect(aside.get_by_role("heading", name=story.helpers)).to_be_visible()
    expect(aside.get_by_role("article").first).to_be_visible()

    page.get_by_role("link", name=story.to_other_language, exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", story.other)
    expect(page.get_by_role("heading", level=1)).to_contain_text(story.guide_translated)
    page.get_by_role("link", name=story.back, exact=True).click()

    page.get_by_role("link", name=story.box, exact=True).first.click()
    page.get_by_role("combobox").first.fill(story.typed)
    page.keyboard.press("Enter")
    hits = page.get_by_role("main").get_by_role("article")
    expect(hits.first).to_contain_text(re.compile(story.found, re.IGNORECASE))

    page.get_by_role("main").get_by_role("link", name=story.topic, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(story.topic)
    expect(page.get_by_role("heading", name=re.compile(story.people))).to_be_visible()
