"""A stranger asks for mentoring: no account, no script, until the last page; the mail is opened in another browser."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from mentoring.enums import RequestState
from mentoring.models import MentoringRequest
from tests.factories.people import PASSWORD

PROBLEM = "Unsere Fräsmaschinen stehen oft. Wir möchten vorausschauende Wartung mit OPC UA."
#: so many topics that they stand in columns
MANY = "BIM, CAD, Cybersicherheit, Sensorik, OPC UA, ERP-System, Qualitätsmanagement, Prozessdigitalisierung, Phishing"
#: the height of four lines
ROOM = 100
STEPS = {
    "de": ("/de/mentoring-anfragen/", "thema/", "anliegen/", "mentoren/", "senden/"),
    "cs": ("/cs/pozadat-o-mentoring/", "tema/", "potreba/", "mentori/", "odeslat/"),
}


@pytest.fixture
def plain(browser: Browser, browser_context_args: dict) -> Callable[[], Page]:
    """Opens a browser without script and without cookies."""

    def fresh() -> Page:
        return browser.new_context(**browser_context_args, java_script_enabled=False).new_page()

    return fresh


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def write_need(page: Page) -> None:
    """The three steps."""
    page.goto("/de/mentoring-anfragen/")
    page.get_by_label("Was möchten Sie lösen?").fill(PROBLEM)
    press(page, "Weiter")
    expect(page.get_by_label("Vorausschauende Wartung", exact=True)).to_be_checked()
    press(page, "Weiter")
    page.get_by_label("Woran merken Sie in drei Monaten, dass es geklappt hat?").fill("Kein Stillstand.")
    press(page, "Weiter")
    page.get_by_label("Ihr Wunsch: Ing. Petra Nováková").select_option(label="1. Wahl")
    press(page, "Weiter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stimmt alles?")


def test_a_stranger_asks_without_script_and_confirms_in_another_browser(
    plain: Callable[[], Page], live_server, demo
):
    page = plain()
    write_need(page)
    page.get_by_role("link", name="Konto anlegen").click()
    page.get_by_label("Ihr Name").fill("Jana Horká")
    page.get_by_label("E-Mail").fill("jana@werkstatt.example")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("checkbox").check()
    press(page, "Konto anlegen")
    link = re.search(r"https?://\S+", str(mail.outbox[-1].body))
    assert link

    elsewhere = plain()
    elsewhere.goto(link.group())
    elsewhere.get_by_role("main").locator("form button").first.click()
    if "login" in elsewhere.url:
        elsewhere.get_by_label("E-Mail").fill("jana@werkstatt.example")
        elsewhere.get_by_label("Passwort", exact=True).fill(PASSWORD)
        press(elsewhere, "Anmelden")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Stimmt alles?")
    expect(elsewhere.get_by_text(PROBLEM)).to_be_visible()

    elsewhere.get_by_role("main").get_by_role("link", name="Unternehmen eintragen").click()
    elsewhere.get_by_label("Name des Unternehmens").fill("Horká Frästechnik GmbH")
    elsewhere.get_by_label("Ort", exact=True).fill("Zwickau")
    elsewhere.get_by_role("radio").first.check()
    press(elsewhere, "Speichern und weiter")
    press(elsewhere, "Anfrage senden")

    request = MentoringRequest.objects.get(problem=PROBLEM)
    assert (request.state, request.company.name) == (RequestState.SCREENING, "Horká Frästechnik GmbH")
    assert [row.mentor.name for row in request.ranked.all()] == ["Petra Nováková"]


@pytest.mark.parametrize("language", ["de", "cs"])
def test_everybody_can_use_every_step(
    page: Page, live_server, demo, accessible: Callable[[], None], language: str
):
    page.goto(STEPS[language][0])
    accessible()
    assert page.locator("[name=problem]").bounding_box()["height"] >= ROOM, (
        "it asks for two to five sentences"
    )
    page.locator("[name=problem]").fill(
        PROBLEM if language == "de" else "Chceme prediktivní údržbu a OPC UA."
    )
    page.locator("button[value=next]").click()
    draft = page.url.removesuffix(STEPS[language][1])
    for step in STEPS[language][1:]:
        page.goto(draft + step)
        accessible()
    page.goto(draft + STEPS[language][2])
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    page.locator("button[value=next]").click()
    expect(page.locator(".field.error").first).to_be_visible()
    accessible()


def test_many_topics_with_long_names_fit_on_a_telephone(page: Page, demo, accessible: Callable[[], None]):
    page.goto("/de/mentoring-anfragen/")
    page.locator("[name=problem]").fill(MANY)
    press(page, "Weiter")
    assert page.locator("#topics .choice").count() >= 8
    accessible()
