"""A coordinator decides about a request, at a desk and with a telephone in the hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mentoring.domain.requests import submit
from tests.browser.steps import enter_administration
from tests.factories.mentoring import draft, mentor
from tests.factories.pages import MentorPageFactory
from tests.factories.people import CompanyFactory, CoordinatorFactory, MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)

DECISIONS = {
    "de": ["Freigeben", "Nicht übernehmen", "Für das Unternehmen zurückziehen"],
    "cs": ["Schválit", "Zamítnout", "Stáhnout za firmu"],
}
PROPOSE = {"de": "Vorschlagen", "cs": "Navrhnout"}


@pytest.mark.parametrize("language", ["de", "cs"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_decision_can_be_reached_also_about_a_company_with_a_long_name(
    page: Page, live_server, settings, accessible: Callable[[], None], language: str, width: int
):
    settings.PORTAL_DEMO = True
    desk = CoordinatorFactory(user__language=language).user
    member = MembershipFactory(
        company=CompanyFactory(name="Sächsische Präzisionsdrehteile Kern GmbH & Co. KG")
    )
    request = submit(draft(member.user, topics=["opc-ua"]), member.user, member.company)
    enter_administration(page, desk, language, live_server.url)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/admin/mentoring_requests/{request.key}/")
    for decision in DECISIONS[language]:
        expect(page.get_by_role("link", name=decision, exact=True)).to_be_in_viewport(ratio=1)
    accessible()


@pytest.mark.parametrize("language", list(PROPOSE))
def test_with_a_telephone_in_the_hand_nobody_looks_for_the_button_at_the_far_end_of_a_table(
    page: Page, live_server, settings, language: str
):
    settings.PORTAL_DEMO = True
    desk = CoordinatorFactory(user__language=language).user
    member = MembershipFactory()
    MentorPageFactory(person=mentor("Petra Nováková", topics=["opc-ua"]), language="cs")
    request = submit(draft(member.user, topics=["opc-ua"]), member.user, member.company)
    enter_administration(page, desk, language, live_server.url)
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"/admin/mentoring_requests/{request.key}/")
    button = page.get_by_role("link", name=f"{PROPOSE[language]}: Petra Nováková").bounding_box()
    assert button
    assert button["x"] + button["width"] <= 360
