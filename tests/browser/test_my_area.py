"""From my area to an answer, by keyboard and eye: pages of requests and invitations in a browser."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from mentoring.domain.invitations import token_for
from mentoring.enums import InvitationState
from mentoring.models import Invitation
from tests.browser.steps import sign_in
from tests.factories.mentoring import mentor, sent


@pytest.fixture
def invitation(live_server) -> Invitation:
    return sent(mentor(), mentor("Jens Weber")).invitations.get()


@pytest.mark.parametrize("language", ["de", "cs"])
def test_everybody_can_use_the_pages(
    page: Page, live_server, accessible: Callable[[], None], invitation: Invitation, language: str
):
    asker, helper = invitation.request.asker, invitation.mentor.user
    with override(language):
        paths = [
            (asker, reverse("my_area")),
            (asker, reverse("mentoring:request", args=[invitation.request.key])),
            (helper, reverse("my_area")),
            (helper, reverse("mentoring:invitation", args=[invitation.key])),
            (helper, reverse("mentoring:my_profile")),
        ]
    for user, path in paths:
        sign_in(page, user, live_server.url)
        page.goto(path)
        accessible()


def test_all_topics_of_a_mentor_can_be_read_on_a_telephone(page: Page, live_server):
    helper = mentor(
        topics=["nis2-directive", "opc-ua", "predictive-maintenance", "sensors", "generative-ai", "crm"]
    )
    page.set_viewport_size({"width": 360, "height": 900})
    sign_in(page, helper.user, live_server.url)
    with override("de"):
        page.goto(reverse("mentoring:my_profile"))
    assert page.locator("textarea[name=topics]").evaluate("box => box.scrollHeight <= box.clientHeight")


def test_a_mentor_declines_with_the_link_of_a_mail_and_the_keyboard(page: Page, invitation: Invitation):
    page.goto(reverse("mentoring:invitation_by_mail", args=[token_for(invitation.key)]))
    page.locator("summary", has_text="Ablehnen").press("Enter")
    page.get_by_label("Derzeit keine Zeit").press("Space")
    page.get_by_role("button", name="Ablehnen").press("Enter")
    expect(page.locator(".message")).to_contain_text("Sie haben abgelehnt")
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.DECLINED
