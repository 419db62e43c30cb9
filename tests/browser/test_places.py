"""A coordinator chooses the place of a company without a mouse, in the dialog that Wagtail opens for it."""

from collections.abc import Callable

import pytest
from django.utils.translation import override
from playwright.sync_api import Page, expect

from portal.members.models import Company
from tests.browser.steps import enter_administration
from tests.factories.people import CoordinatorFactory

pytestmark = pytest.mark.django_db(transaction=True)

#: what is called how, and what somebody types in a hurry
WORDS = {
    "de": {
        "choose": "Ort auswählen",
        "typed": "usti",
        "chosen": "Ústí nad Labem, Region Ústí nad Labem",
        "save": "Erstellen",
    },
    "cs": {
        "choose": "Vybrat místo",
        "typed": "drazdany",
        "chosen": "Drážďany, Drážďany (město)",
        "save": "Vytvořit",
    },
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_place_is_chosen_by_keyboard(
    page: Page, live_server, settings, accessible: Callable[..., None], language: str, width: int
):
    settings.PORTAL_DEMO = True
    words, desk = WORDS[language], CoordinatorFactory(user__language=language).user
    page.set_viewport_size({"width": width, "height": 900})
    enter_administration(page, desk, language, live_server.url)
    page.goto("/admin/company/new/")
    page.locator("[name=size]").select_option("small")

    # the dialog opens with the search, where one types at once
    page.get_by_role("button", name=words["choose"]).press("Enter")
    dialog = page.get_by_role("dialog", name=words["choose"])
    expect(dialog.locator("[name=q]")).to_be_focused()
    accessible(within=".modal")
    page.keyboard.type(words["typed"])
    found = dialog.get_by_role("link", name=words["chosen"].split(",")[0], exact=True)
    expect(dialog.get_by_role("alert")).to_be_visible()
    page.keyboard.press("Tab")
    expect(found).to_be_focused()
    page.keyboard.press("Enter")

    # one goes on where one was, not at the top of the page
    expect(page.locator("#id_place-title")).to_have_text(words["chosen"])
    expect(dialog).to_be_hidden()
    expect(page.locator("#id_place-chooser :focus")).to_be_visible()

    # what is missing is said, and the place is still there
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.locator("#panel-child-name-errors")).to_be_visible()
    expect(page.locator("#id_place-title")).to_have_text(words["chosen"])
    page.locator("[name=name]").fill("Weber Zerspanung GmbH")
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.wait_for_url("**/admin/company/")
    with override(language):
        assert Company.objects.get().place.label_with_region == words["chosen"]
