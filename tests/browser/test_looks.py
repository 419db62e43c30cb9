"""What `make audit` would find: each of its looks has a fault that nobody sees in the others."""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Page

from tests.browser.looks import GRID, USUAL, Look, meet_no_barrier

#: somebody with a small telephone, in the dark, who has chosen the colours and wants no motion
READER = (
    "(width: 320px) and (prefers-color-scheme: dark) and (forced-colors: active) and (prefers-reduced-motion)"
)


def spoil(page: Page, style: dict[str, str]) -> None:
    """Gives the heading a look that it should not have."""
    page.locator("h1").evaluate("(heading, style) => Object.assign(heading.style, style)", style)


def found(page: Page, looks: Iterable[Look]) -> str:
    """What is said about the page; nothing if nobody meets a barrier."""
    try:
        meet_no_barrier(page, looks)
    except AssertionError as barrier:
        return str(barrier)
    return ""


@pytest.fixture(autouse=True)
def _search(page: Page, live_server) -> None:
    page.goto("/de/suche/")


def test_words_that_are_too_dark_in_the_dark_are_found_there(page: Page):
    spoil(page, {"color": "light-dark(#000, #444)"})
    assert found(page, GRID["light"]) == ""
    assert "color-contrast" in found(page, GRID["dark"])


def test_a_heading_that_is_wider_than_a_small_telephone_is_found_on_one(page: Page):
    spoil(page, {"minInlineSize": "325px"})
    assert found(page, USUAL) == ""
    assert found(page, [Look(320)]).startswith("sideways")


def test_a_heading_without_room_for_large_letters_is_found_with_them(page: Page):
    spoil(page, {"blockSize": "48px", "overflow": "hidden"})
    assert found(page, GRID["light"]) == ""
    assert found(page, [Look(1280, text="200%")]).startswith("cut off")


def test_a_heading_that_covers_what_stands_beside_it_is_found(page: Page):
    page.locator("h1").evaluate("heading => { heading.parentElement.style.inlineSize = '2rem'; }")
    spoil(page, {"whiteSpace": "nowrap"})
    assert found(page, [Look(1280)]).startswith("cut off")


def test_words_that_begin_left_of_the_page_are_found(page: Page):
    spoil(page, {"marginInlineStart": "-3rem"})
    assert found(page, [Look(320)]).startswith("cut off")


def test_a_look_shows_the_page_as_its_reader_has_set_it_and_goes_again(page: Page):
    page.evaluate(f"""() => {{
        window.seen = [];
        const asked = matchMedia("{READER}");
        asked.addEventListener("change", event => window.seen.push(event.matches));
    }}""")
    meet_no_barrier(page, [Look(320, "dark", forced_colors="active", motion="reduce")])
    assert page.evaluate("window.seen") == [True, False]
