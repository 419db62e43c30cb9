"""The pages of members and coordinators in both languages have no barrier, and the form in which a company asks needs no mouse.
My area, requests and invitations have a test of their own."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from mentoring.domain.invitations import decline
from mentoring.enums import DeclineReason
from mentoring.models import Invitation, MentoringRequest
from portal.accounts.models import User
from tests.browser.steps import enter_administration, sign_in
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.people import CompanyFactory, CoordinatorFactory, MembershipFactory

PROBLEM = "Unsere Fräsmaschinen stehen oft. Wir möchten vorausschauende Wartung."
#: as long as words of the region get, and without a place to break
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def asked(live_server) -> Invitation:
    """A company with a long name has asked the first of two mentors."""
    company = CompanyFactory(name=f"{LONG} GmbH & Co. KG")
    return sent(mentor("Petra Nováková"), mentor("Jens Weber"), company=company).invitations.get()


@pytest.fixture
def colleague(asked: Invitation) -> User:
    """Says to work for the same company, which has yet to be confirmed."""
    return MembershipFactory(company=asked.request.company, confirmed_on=None).user


@pytest.fixture
def written(asked: Invitation) -> MentoringRequest:
    """A draft of the same asker that names a mentor, in words that are hard to set."""
    return draft(asked.request.asker, asked.mentor, problem=f"{LONG}: {PROBLEM}")


def steps(found: MentoringRequest) -> Iterator[str]:
    for step in ("topic", "need", "mentors", "send"):
        yield reverse("mentoring:draft", kwargs={"key": found.key, "step": step})


def pages(asked: Invitation, written: MentoringRequest, colleague: User) -> Iterator[tuple[User | None, str]]:
    """Who opens what."""
    asker = asked.request.asker
    yield None, reverse("mentoring:begin")
    yield None, f"{reverse('account_signup')}?next={reverse('mentoring:begin')}"
    yield None, reverse("mentoring:draft", kwargs={"key": written.key, "step": "need"})
    for path in steps(written):
        yield asker, path
    yield asker, reverse("members:company")
    yield asker, reverse("notifications:inbox")
    yield colleague, reverse("members:company")
    yield colleague, reverse("notifications:inbox")


@pytest.mark.parametrize("language", ["de", "cs"])
def test_no_page_of_members_has_a_barrier(
    page: Page,
    live_server,
    accessible: Callable[[], None],
    asked: Invitation,
    written: MentoringRequest,
    colleague: User,
    language: str,
):
    with override(language):
        visits = list(pages(asked, written, colleague))
    for user, path in visits:
        page.context.clear_cookies()
        if user:
            sign_in(page, user, live_server.url)
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", language)
        accessible()


@pytest.mark.parametrize("language", ["de", "cs"])
def test_errors_are_no_barrier(
    page: Page,
    live_server,
    accessible: Callable[[], None],
    written: MentoringRequest,
    language: str,
):
    sign_in(page, written.asker, live_server.url)
    with override(language):
        need = reverse("mentoring:draft", kwargs={"key": written.key, "step": "need"})
        company = reverse("members:company")
    for path, field in ((need, "goal"), (company, "name")):
        page.goto(path)
        page.locator(f"[name={field}]").fill("")
        # what the browser would catch, the portal has to say as well
        page.locator("main form").last.evaluate("form => { form.noValidate = true; }")
        page.locator("main form").last.locator("button.button").first.click()
        expect(page.locator(f"[name={field}]")).to_have_attribute("aria-invalid", "true")
        accessible()


@pytest.mark.parametrize("language", ["de", "cs"])
def test_the_desk_of_a_coordinator_has_no_barrier(
    page: Page, live_server, settings, accessible: Callable[[], None], asked: Invitation, language: str
):
    # nobody has a second factor here
    settings.PORTAL_DEMO = True
    decline(asked, asked.mentor.user, DeclineReason.NO_TIME, "Bohužel teď nemám kapacitu.")
    desk = CoordinatorFactory(organisation=asked.request.company.home_partner).user
    enter_administration(page, desk, language, live_server.url)
    for path in (
        reverse("mentoring_requests:index"),
        reverse("mentoring_requests:detail", args=[asked.request.key]),
    ):
        page.goto(path)
        page.wait_for_url(f"**{path}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        accessible()


def test_a_need_is_written_down_without_a_mouse(page: Page, live_server):
    mentor("Petra Nováková", topics=["predictive-maintenance"])
    page.goto("/de/mentoring-anfragen/")
    reach(page, "textarea[name=problem]")
    page.keyboard.type(PROBLEM)
    reach(page, "button[value=next]")
    page.keyboard.press("Enter")

    page.wait_for_url("**/thema/")
    reach(page, "[name=topics][value=predictive-maintenance]")
    expect(page.locator(":focus")).to_be_checked()
    reach(page, "button[value=next]")
    page.keyboard.press("Enter")

    page.wait_for_url("**/anliegen/")
    reach(page, "textarea[name=goal]")
    page.keyboard.type("Kein Stillstand ohne Grund.")
    reach(page, "[name=languages][value=cs]")
    page.keyboard.press("Space")
    reach(page, "[name=meeting]")
    page.keyboard.press("ArrowDown")
    reach(page, "button[value=next]")
    page.keyboard.press("Enter")

    page.wait_for_url("**/mentoren/")
    reach(page, "select[name^=wish_]")
    page.keyboard.type("1")
    reach(page, "button[value=next]")
    page.keyboard.press("Enter")

    page.wait_for_url("**/senden/")
    expect(page.get_by_role("main")).to_contain_text("Kein Stillstand ohne Grund.")
    found = MentoringRequest.objects.get()
    assert (found.languages, found.meeting) == (["de", "cs"], "online")
    assert [row.mentor.name for row in found.ranked.all()] == ["Petra Nováková"]


def reach(page: Page, target: str) -> None:
    """Presses Tab until `target` has the focus, which shows where it is."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("target => document.activeElement.matches(target)", target):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{target} does not show that it has the focus"
            return
    raise AssertionError(f"Tab does not lead to {target} on {page.url}")
