"""The story of a need: a German company without an account asks a Czech mentor, a coordinator vouches for the company,
the first mentor declines, the second accepts. Each in their own language, each told by mail."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from mentoring.enums import InvitationState, RequestState
from mentoring.models import MentoringRequest
from portal.core.enums import SpokenLanguage
from portal.members.enums import LanguageLevel
from portal.members.models import Company, PersonLanguage
from portal.notifications.domain.outbox import deliver
from tests.browser.conftest import Noise
from tests.factories.mentoring import mentor
from tests.factories.people import PASSWORD, CoordinatorFactory, OrganisationFactory

ROLF, JANA, KAREL, STEFFEN = (
    "rolf@drehteile.example",
    "jana@dilna.example",
    "karel@dilna.example",
    "steffen@partner.example",
)


@pytest.fixture
def cast(settings) -> None:
    """Two Czech mentors who work in German, and the coordinator of Zwickau, who here needs no second factor."""
    settings.PORTAL_DEMO = True
    home = OrganisationFactory(slug="bic-zwickau", short_name="BIC Zwickau", email="desk@partner.example")
    CoordinatorFactory(organisation=home, user__email=STEFFEN, user__name="Steffen Leistner")
    for name, address, topics in (
        ("Jana Havránková", JANA, ["predictive-maintenance", "machine-data-acquisition"]),
        ("Karel Ptáček", KAREL, ["predictive-maintenance"]),
    ):
        person = mentor(
            name,
            topics=topics,
            user__email=address,
            user__language="cs",
            phone="+420 777 000 111" if address == KAREL else "",
            last_confirmed_on=timezone.localdate(),
        )
        PersonLanguage.objects.create(
            person=person, language=SpokenLanguage.GERMAN, level=LanguageLevel.WORKS_IN
        )


@pytest.fixture
def open_browser(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Opens the browser of somebody else, at home in `language`."""
    opened: list[tuple[Page, Noise]] = []

    def open_one(language: str, width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale=language, viewport={"width": width, "height": 900}
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        opened.append((page, Noise(page, urlsplit(live_server.url).netloc)))
        return page

    yield open_one
    for page, noise in opened:
        page.context.close()
        assert noise.found == []


def letter_to(address: str) -> tuple[str, str]:
    """(subject, text) of the newest mail to `address`, after the worker has sent what waits."""
    deliver()
    letter = next(letter for letter in reversed(mail.outbox) if letter.to == [address])
    return str(letter.subject), str(letter.body)


def link_in(text: str) -> str:
    """The path of the first link."""
    return re.search(r"https?://[^/\s]+(/\S*)", text)[1]


def write_down_the_need(page: Page) -> None:
    page.goto("/de/mentoring-anfragen/")
    page.get_by_label("Was möchten Sie lösen?").fill(
        "Vorausschauende Wartung: Unsere drei Fräsmaschinen stehen oft, ohne dass es jemand merkt."
    )
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("checkbox", name="Vorausschauende Wartung")).to_be_checked()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Woran merken Sie in drei Monaten, dass es geklappt hat?").fill(
        "Jeder Stillstand hat einen Grund."
    )
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Ihr Wunsch: Jana Havránková").select_option(label="1. Wahl")
    page.get_by_label("Ihr Wunsch: Karel Ptáček").select_option(label="2. Wahl")
    page.get_by_role("button", name="Weiter").click()


def create_account(page: Page, confirm_on: Page) -> None:
    """Three fields; the mail is opened on another device."""
    page.get_by_role("link", name="Konto anlegen").click()
    page.get_by_label("Ihr Name").fill("Rolf Drechsler")
    page.get_by_label("E-Mail-Adresse").fill(ROLF)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Konto anlegen").click()
    subject, text = letter_to(ROLF)
    assert subject == "Bitte bestätigen Sie Ihre Adresse"
    confirm_on.goto(link_in(text))
    confirm_on.get_by_role("button", name="Ja, bestätigen").click()
    sign_in(confirm_on, ROLF)


def sign_in(page: Page, address: str) -> None:
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def enter_company_and_send(page: Page) -> None:
    page.get_by_role("link", name="Unternehmen eintragen").first.click()
    page.get_by_label("Name des Unternehmens").fill("Drechsler Drehteile GmbH")
    page.get_by_label("Ort").fill("Zwickau")
    page.get_by_label("10 bis 49 Beschäftigte").check()
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(page.get_by_text("Unsere drei Fräsmaschinen stehen oft")).to_be_visible()
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_text("Wird geprüft", exact=True)).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_a_german_company_asks_two_czech_mentors_and_the_second_says_yes(
    page: Page, live_server, cast, open_browser
) -> None:
    page.set_default_timeout(10_000)
    write_down_the_need(page)
    telephone = open_browser("de", width=360)
    create_account(page, confirm_on=telephone)
    enter_company_and_send(telephone)
    assert letter_to(ROLF)[0] == "Ihre Anfrage ist angekommen"

    # the coordinator vouches for the company, and the request goes on by itself
    desk = open_browser("de")
    subject, text = letter_to(STEFFEN)
    assert subject == "Neue Mentoring-Anfrage: Drechsler Drehteile GmbH"
    desk.goto(link_in(text))
    sign_in(desk, STEFFEN)
    desk.goto(f"/admin/company/decide/{Company.objects.get().pk}/")
    desk.get_by_role("button", name="Als geprüft bestätigen").click()
    expect(desk.get_by_text(re.compile("geprüft")).first).to_be_visible()
    assert letter_to(ROLF)[0] == "Angefragt: Jana Havránková"

    # the first mentor answers from the mail, without signing in
    subject, text = letter_to(JANA)
    assert subject.startswith("Žádost o mentoring: Prediktivní údržba")
    assert "Drechsler" not in text
    janas = open_browser("cs", width=360)
    janas.goto(link_in(text))
    expect(janas.locator("html")).to_have_attribute("lang", "cs")
    janas.get_by_text("Odmítnout", exact=True).first.click()
    janas.get_by_label("Momentálně nemám čas").check()
    janas.get_by_role("textbox").last.fill("Bohužel teď nemám kapacitu, držím palce.")
    janas.get_by_role("button", name="Odmítnout").click()

    subject, text = letter_to(ROLF)
    assert subject == "Angefragt: Karel Ptáček"
    assert "Bohužel teď nemám kapacitu, držím palce." in text

    # the second accepts with two clicks
    karels = open_browser("cs")
    _subject, text = letter_to(KAREL)
    karels.goto(link_in(text))
    karels.get_by_role("button", name="Přijmout").click()
    assert "rolf@drehteile.example" not in karels.content()

    # both know now how to reach each other
    subject, text = letter_to(ROLF)
    assert "+420 777 000 111" in text
    assert KAREL in text
    subject, text = letter_to(KAREL)
    assert ROLF in text
    assert "Drechsler Drehteile GmbH" in text
    telephone.goto("/de/mein-bereich/")
    telephone.get_by_role("main").get_by_role("link", name=re.compile("Fräsmaschinen")).first.click()
    expect(telephone.get_by_role("main")).to_contain_text(KAREL)

    need = MentoringRequest.objects.get()
    assert need.state == RequestState.AGREED
    assert [invitation.state for invitation in need.invitations.order_by("pk")] == [
        InvitationState.DECLINED,
        InvitationState.ACCEPTED,
    ]
