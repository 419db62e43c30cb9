"""The story of a round: a coordinator puts it together, has it computed, corrects it and confirms it; mentors get their mails."""

from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, Route, expect

from mentoring.domain.requests import submit
from mentoring.domain.round_work import propose_all, send_all
from mentoring.enums import RoundState
from mentoring.models import MentoringRequest, Round
from portal.accounts.models import User
from portal.notifications.domain.outbox import deliver
from tests.browser.conftest import Noise
from tests.browser.steps import enter_administration
from tests.factories.mentoring import draft, mentor, round_of
from tests.factories.people import CompanyFactory, CoordinatorFactory, MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)

#: what the buttons are called
WORDS = {
    "de": {
        "save": "Speichern",
        "change": "Teilnehmende ändern",
        "compute": "Vorschlag berechnen",
        "again": "Neu berechnen",
        "look": "Erneut nachsehen",
        "lock": "Fixieren: Alfa GmbH",
        "drop": "Verwerfen: Beta GmbH",
        "unlock": "Fixierung lösen: Alfa GmbH",
        "confirm": "Bestätigen und einladen",
        "sent": "Verschickte Einladungen: 2",
    },
    "cs": {
        "save": "Uložit",
        "change": "Změnit účastníky",
        "compute": "Spočítat návrh",
        "again": "Spočítat znovu",
        "look": "Podívat se znovu",
        "lock": "Zafixovat: Alfa GmbH",
        "drop": "Vyřadit: Beta GmbH",
        "unlock": "Uvolnit: Alfa GmbH",
        "confirm": "Potvrdit a pozvat",
        "sent": "Odeslané pozvánky: 2",
    },
}


def desk_of(language: str) -> User:
    """A coordinator with two requests that wait, and three mentors who know of them."""
    desk = CoordinatorFactory(user__language=language).user
    for name in ("Alfa GmbH", "Beta GmbH"):
        member = MembershipFactory(company=CompanyFactory(name=name))
        submit(draft(member.user, topics=["predictive-maintenance"]), member.user, member.company)
    for name in ("Petra Nováková", "Jana Horká", "Karel Ptáček"):
        mentor(name, topics=["predictive-maintenance"], places=1)
    return desk


def check_while_it_waits(page: Page, accessible: Callable[[], None]) -> None:
    """`accessible` for a page that asks for itself again every few seconds, which would interrupt it."""

    def without_refresh(route: Route) -> None:
        response = route.fetch()
        kept = {name: value for name, value in response.headers.items() if name != "refresh"}
        route.fulfill(response=response, headers=kept)

    page.route(page.url, without_refresh)
    page.reload()
    accessible()
    page.unroute(page.url)


@pytest.mark.parametrize("language", ["de", "cs"])
def test_on_a_telephone_the_name_of_a_round_keeps_its_room(page: Page, live_server, settings, language: str):
    settings.PORTAL_DEMO = True
    desk = desk_of(language)
    row = round_of(desk, list(MentoringRequest.objects.all()), [], name="Winterrunde 2027")
    enter_administration(page, desk, language, live_server.url)
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"/admin/mentoring_rounds/{row.key}/")
    expect(page.locator(".w-breadcrumbs").get_by_text(row.name)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name=WORDS[language]["change"])).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("language", ["de", "cs"])
def test_a_round_is_made_corrected_and_confirmed(
    page: Page,
    live_server,
    settings,
    noise: Noise,
    accessible: Callable[[], None],
    language: str,
):
    settings.PORTAL_DEMO = True
    words, desk = WORDS[language], desk_of(language)
    page.set_default_timeout(30_000)
    enter_administration(page, desk, language, live_server.url)
    page.goto("/admin/mentoring_rounds/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    accessible()
    page.locator('a[href="/admin/mentoring_rounds/new/"]').first.click()
    page.wait_for_url("**/new/")
    accessible()
    page.locator("[name=name]").fill("Winter 2027")
    page.get_by_role("button", name=words["save"]).click()

    # computed by the worker, while the page waits
    page.get_by_role("button", name=words["compute"]).click()
    expect(page.get_by_role("link", name=words["look"])).to_be_visible()
    check_while_it_waits(page, accessible)
    propose_all()
    page.get_by_role("link", name=words["look"]).click()

    # one pair is kept, the other one never again
    page.get_by_role("button", name=words["lock"]).click()
    expect(page.get_by_role("button", name=words["unlock"])).to_be_visible()
    page.get_by_role("button", name=words["drop"]).click()
    dropped = Round.objects.get().pairs.get(is_excluded=True).mentor
    page.get_by_role("button", name=words["again"]).click()
    expect(page.get_by_role("link", name=words["look"])).to_be_visible()
    propose_all()
    page.get_by_role("link", name=words["look"]).click()
    expect(page.get_by_role("button", name=words["drop"])).to_be_visible()
    accessible()
    row = Round.objects.get()
    assert row.pairs.get(request__company__name="Beta GmbH", is_excluded=False).mentor != dropped
    page.locator("a[href*='/choose/']").last.click()
    page.wait_for_url("**/choose/**")
    accessible()
    page.go_back()

    # and the rest is the gate's
    page.get_by_role("link", name=words["confirm"]).click()
    page.wait_for_url("**/confirm/")
    accessible()
    page.get_by_role("button", name=words["confirm"]).click()
    expect(page.get_by_role("link", name=words["look"])).to_be_visible()
    send_all()
    page.get_by_role("link", name=words["look"]).click()
    expect(page.get_by_text(words["sent"])).to_be_visible()
    accessible()
    assert Round.objects.get().state == RoundState.CONFIRMED
    deliver()
    asked = {pair.mentor.user.email for pair in row.pairs.filter(is_excluded=False)}
    assert asked <= {letter.to[0] for letter in mail.outbox}
    # the admin is Wagtail's: what it says to the console is not ours to keep quiet
    noise.found.clear()
