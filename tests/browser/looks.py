"""How people look at a page, and what is in their way. Every check of the suite is made in two looks, `make audit` makes it in all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import Page


@dataclass(frozen=True)
class Look:
    """The width of somebody's window, and what they have set for all pages."""

    width: int
    scheme: Literal["light", "dark"] = "light"
    forced_colors: Literal["none", "active"] = "none"
    motion: Literal["no-preference", "reduce"] = "no-preference"
    text: Literal["", "200%"] = ""

    @property
    def options(self) -> dict:
        """Of axe, which cannot tell contrast in forced colours: Chromium names those of the page when it asks for the fill of text."""
        return {**DEFAULT_OPTIONS, "rules": {"color-contrast": {"enabled": self.forced_colors == "none"}}}


WIDTHS = (320, 768, 1280)
#: in the hand and at a desk, where most tests go on
USUAL = (Look(360), Look(1280))
#: one test each, so that they share the cores
GRID = {
    "light": [Look(width) for width in WIDTHS],
    "dark": [Look(width, scheme="dark") for width in WIDTHS],
    "settings": [
        Look(1280, forced_colors="active"),
        Look(320, "dark", forced_colors="active"),
        Look(320, motion="reduce"),
        Look(1280, text="200%"),
    ],
}
AUDIT = [pytest.param(looks, id=f"audit-{name}", marks=pytest.mark.audit) for name, looks in GRID.items()]

#: waits until what appears has appeared; what goes on for longer is decoration (one of Wagtail's takes 25 seconds, some never rest)
FADED_IN = """() => Promise.allSettled(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime < 5000).map(each => each.finished))"""

#: words that stick out of a box, be it over what stands beside it, or where it hides them or nobody can scroll to. What is there
#: for screen readers alone is out of sight or has a pixel, lines may be a little higher than their box, Wagtail's menu is its own
CUT_OFF = """within => {
    const hides = overflow => overflow === "hidden" || overflow === "clip";
    const sticksOut = (line, box) => {
        const {display, overflowY} = getComputedStyle(box);
        if (display === "inline" || display === "contents") return false;
        const frame = box.getBoundingClientRect(), slack = line.height / 4;
        return line.left < frame.left - 2 || line.right > frame.right + 2
            || hides(overflowY) && (line.top < frame.top - slack || line.bottom > frame.bottom + slack);
    };
    const around = function* (box) {
        for (; box; box = box.parentElement) {
            const {position, overflowX} = getComputedStyle(box);
            if (overflowX === "auto" || overflowX === "scroll") return;
            yield box;
            if (position === "fixed") return;
        }
    };
    const found = [];
    const texts = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode, boxes = [...around(text.parentElement)];
        const isSeen = text.data.trim() && text.parentElement.checkVisibility()
            && !text.parentElement.closest("svg, #wagtail-sidebar")
            && !boxes.some(box => hides(getComputedStyle(box).overflowX) && box.clientWidth <= 1);
        if (!isSeen) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const lines = [...range.getClientRects()].filter(line => line.width > 1 && line.right > 0);
        const box = boxes.find(box => lines.some(line => sticksOut(line, box)));
        if (box) found.push(`${text.data.trim()} (in ${box.tagName.toLowerCase()}.${box.className})`);
    }
    return found;
}"""


def look(page: Page, how: Look) -> None:
    """Shows the page as it stands to somebody who looks at it like this."""
    page.set_viewport_size({"width": how.width, "height": page.viewport_size["height"]})
    page.emulate_media(color_scheme=how.scheme, forced_colors=how.forced_colors, reduced_motion=how.motion)
    page.evaluate("text => { document.documentElement.style.fontSize = text; }", how.text)
    # while something fades in or changes its colour, its contrast is nobody's
    page.evaluate(FADED_IN)


def meet_no_barrier(page: Page, looks: Iterable[Look], within: str | None = None) -> None:
    """Nothing of the page as it stands has to be scrolled sideways or is cut off, and axe finds nothing, best practice and
    contrast included; `within` may name the part that is asked about."""
    how = before = Look(page.viewport_size["width"])
    for how in looks:
        look(page, how)
        where = f"{page.url} in {how}"
        assert page.evaluate("document.documentElement.scrollWidth") <= how.width, f"sideways: {where}"
        cut_off = page.evaluate(CUT_OFF, within or "body")
        assert cut_off == [], f"cut off: {cut_off} on {where}"
        # into a page that has it already, axe need not be brought again
        axe = Axe("" if page.evaluate("'axe' in window") else AXE_SCRIPT)
        results = axe.run(page, within, how.options)
        assert results.violations_count == 0, f"{where}\n{results.generate_report()}"
    if how != before:
        look(page, before)
