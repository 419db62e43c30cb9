"""No type of page has a barrier, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Noise

PAGES = {
    "de": [
        "/de/",
        "/de/wissen/",
        "/de/wissen/leitfaeden/",
        "/de/wissen/leitfaeden/die-erste-maschine-ans-netz-bringen/",
        "/de/wissen/fallstudien/",
        "/de/wissen/aktuelles/",
        "/de/wissen/themen/",
        "/de/wissen/themen/kuenstliche-intelligenz/",
        "/de/veranstaltungen/",
        "/de/mentoring/",
        "/de/mentoring/?topic=opc-ua&free=1&region=CZ042&country=DE",
        "/de/mentoring/petra-novakova/",
        "/de/mentoring/michal-soucek/",
        "/de/unternehmen/",
        "/de/unternehmen/drehteile-kern/",
        "/de/suche/",
        "/de/suche/?q=Wartung",
        "/de/suche/?q=xqzvw",
        "/de/gibt-es-nicht/",
        "/de/konto/login/",
        "/de/konto/signup/",
    ],
    "cs": [
        "/cs/",
        "/cs/znalosti/",
        "/cs/znalosti/navody/",
        "/cs/znalosti/navody/jak-pripojit-prvni-stroj-k-siti/",
        "/cs/znalosti/pripadove-studie/",
        "/cs/znalosti/aktuality/",
        "/cs/znalosti/temata/",
        "/cs/znalosti/temata/umela-inteligence/",
        "/cs/akce/",
        "/cs/mentoring/",
        "/cs/mentoring/?topic=opc-ua&free=1&region=CZ042&country=DE",
        "/cs/mentoring/petra-novakova/",
        "/cs/mentoring/gerd-wuenschmann/",
        "/cs/firmy/",
        "/cs/firmy/drehteile-kern/",
        "/cs/hledani/",
        "/cs/hledani/?q=udrzba",
        "/cs/hledani/?q=xqzvw",
        "/cs/neexistuje/",
        "/cs/ucet/login/",
        "/cs/ucet/signup/",
    ],
}


@pytest.mark.parametrize("language", list(PAGES))
def test_no_page_has_a_barrier(
    page: Page, live_server, demo, noise: Noise, accessible: Callable[[], None], language: str
) -> None:
    indexes = [
        path for path in PAGES[language] if path.endswith(("fallstudien/", "aktuelles/", "veranstaltungen/"))
    ]
    indexes += [path for path in PAGES[language] if path.endswith(("studie/", "aktuality/", "akce/"))]
    for path in [*PAGES[language], *(first_below(page, index) for index in indexes)]:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", language)
        accessible()


def first_below(page: Page, index: str) -> str:
    """The address of the first page that the list `index` shows."""
    page.goto(index)
    return (
        page.get_by_role("main").get_by_role("article").get_by_role("link").first.get_attribute("href") or ""
    )


@pytest.mark.parametrize(("home", "skip"), [("/de/", "Zum Inhalt springen"), ("/cs/", "Přejít k obsahu")])
def test_a_reader_without_a_mouse_skips_the_header_and_searches(
    page: Page, live_server, home: str, skip: str
) -> None:
    page.goto(home)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=skip)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("OPC UA")
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=OPC+UA")
