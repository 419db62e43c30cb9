"""A search in both languages: typed in a hurry, narrowed and widened again, read in the other language, and not given up."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Story:
    """What one reader types and sees."""

    start: str
    box: str
    typed: str
    found: str
    people: str
    apply: str
    level: str
    free: str
    remove: str
    unfiltered: str
    guide: str
    other: str
    other_name: str
    translated: str
    missing: str
    nothing: str
    near: str
    who: str
    ask: str
    problem: str


STORIES = {
    "de": Story(
        start="/de/suche/",
        box="Wonach suchen Sie?",
        typed="vorausschauende wartung fur maschienen",
        found="Vorausschauende Wartung: mit einer Spindel anfangen",
        people="daten",
        apply="Filter anwenden",
        level="Für Fortgeschrittene",
        free="Freier Platz",
        remove="Filter entfernen:",
        unfiltered="Ohne Filter suchen",
        guide="Vorausschauende Wartung: mit einer Spindel anfangen",
        other="cs",
        other_name="Čeština",
        translated="Prediktivní údržba: začněte jedním vřetenem",
        missing="quxquxqux zzyzx",
        nothing="Zu „quxquxqux zzyzx“ wurde nichts gefunden.",
        near="Nach Themen stöbern",
        who="Cybersicherheit",
        ask="Mentoring anfragen",
        problem="Was möchten Sie lösen?",
    ),
    "cs": Story(
        start="/cs/hledani/",
        box="Co hledáte?",
        typed="prediktivni udrzba stroju",
        found="Prediktivní údržba: začněte jedním vřetenem",
        people="data",
        apply="Použít filtry",
        level="Pro pokročilé",
        free="Volné místo",
        remove="Odebrat filtr:",
        unfiltered="Hledat bez filtrů",
        guide="Prediktivní údržba: začněte jedním vřetenem",
        other="de",
        other_name="Deutsch",
        translated="Vorausschauende Wartung: mit einer Spindel anfangen",
        missing="quxquxqux zzyzx",
        nothing="Pro dotaz „quxquxqux zzyzx“ jsme nic nenašli.",
        near="Procházet podle témat",
        who="Kybernetická bezpečnost",
        ask="Požádat o mentoring",
        problem="Co chcete vyřešit?",
    ),
}
both = pytest.mark.parametrize("story", STORIES.values(), ids=list(STORIES))


@pytest.fixture(autouse=True)
def _patience(page: Page, live_server, demo) -> None:
    page.set_default_timeout(10_000)


def hits(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("article")


def count(page: Page) -> int:
    """How many results the page speaks of."""
    return int(re.search(r"\d+", page.locator(".with-filters").get_by_role("status").inner_text())[0])


def tab_to(page: Page, target: Locator) -> None:
    """Goes to an element as somebody does who has no mouse."""
    expect(target).to_be_visible()
    for _press in range(120):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("the element is not reached by the keyboard")


@both
def test_a_reader_narrows_widens_and_reads_on_in_the_other_language(page: Page, story: Story) -> None:
    page.goto(story.start)
    page.get_by_role("combobox", name=story.box).fill(story.typed)
    page.keyboard.press("Enter")
    expect(hits(page).filter(has_text=story.found).first).to_be_visible()
    everything = count(page)

    page.get_by_label(re.compile(f"^{story.level}")).check()
    page.get_by_role("button", name=story.apply).click()
    chip = page.get_by_role("link", name=f"{story.remove} {story.level}")
    expect(chip).to_be_visible()
    assert 0 < count(page) < everything
    expect(hits(page).first).to_contain_text(story.level)

    chip.click()
    expect(chip).to_have_count(0)
    assert count(page) == everything

    page.get_by_role("combobox", name=story.box).fill(story.people)
    page.keyboard.press("Enter")
    expect(page.get_by_label(re.compile(f"^{story.free}"))).to_be_visible()
    everything = count(page)
    page.get_by_label(re.compile(f"^{story.free}")).check()
    page.get_by_role("button", name=story.apply).click()
    expect(page.get_by_role("link", name=f"{story.remove} {story.free}")).to_be_visible()
    assert 0 < count(page) < everything
    for card in hits(page).all():
        expect(card).to_contain_text("Mentoring")
    unfiltered = page.get_by_role("link", name=story.unfiltered)
    unfiltered.click()
    expect(unfiltered).to_have_count(0)
    assert count(page) == everything

    page.goto(f"{story.start}?q={story.typed}")
    card = hits(page).filter(has_text=story.guide).first
    link = card.get_by_role("link", name=story.other_name)
    expect(link).to_have_attribute("lang", story.other)
    expect(link).to_have_attribute("hreflang", story.other)
    link.click()
    expect(page.locator("html")).to_have_attribute("lang", story.other)
    expect(page.get_by_role("heading", level=1)).to_contain_text(story.translated)


@both
def test_everything_works_by_keyboard(page: Page, story: Story) -> None:
    page.goto(story.start)
    tab_to(page, page.get_by_role("main").get_by_role("combobox"))
    page.keyboard.type(story.typed)
    page.keyboard.press("Enter")
    expect(hits(page).first).to_be_visible()
    everything = count(page)

    tab_to(page, page.get_by_label(re.compile(f"^{story.level}")))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name=story.apply))
    page.keyboard.press("Enter")
    chip = page.get_by_role("link", name=f"{story.remove} {story.level}")
    tab_to(page, chip)
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    assert count(page) == everything

    tab_to(page, hits(page).first.get_by_role("link", name=story.other_name))
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", story.other)


@both
def test_the_kinds_of_results_stand_in_one_row_and_the_last_is_reached_by_keyboard(
    page: Page, story: Story
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{story.start}?q={story.people}")
    kinds = page.locator(".tabs").get_by_role("link")
    assert len({kind.bounding_box()["y"] for kind in kinds.all()}) == 1
    expect(kinds.last).not_to_be_in_viewport()
    tab_to(page, kinds.last)
    expect(kinds.last).to_be_in_viewport(ratio=0.99)
    page.keyboard.press("Enter")
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.99)


@both
def test_whoever_finds_nothing_can_go_on_and_ask(page: Page, story: Story) -> None:
    page.goto(story.start)
    page.get_by_role("combobox", name=story.box).fill(story.missing)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=story.nothing)).to_be_visible()
    expect(page.get_by_role("heading", name=story.near)).to_be_visible()

    page.get_by_role("main").get_by_role("link", name=story.ask).click()
    expect(page.get_by_label(story.problem)).to_have_value(story.missing)
    page.go_back()
    page.get_by_role("main").get_by_role("link", name=story.who, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(story.who)


@both
def test_axe_finds_nothing_whatever_the_page_shows(
    page: Page, accessible: Callable[[], None], story: Story
) -> None:
    for query in ("workshop", "daten&free=yes", "data&level=beginner&region=CZ042", "zzyzx", "DSGVO"):
        page.goto(f"{story.start}?q={query}")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        accessible()
