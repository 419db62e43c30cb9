"""The forms in which coordinators write down people and companies, at a desk and with a telephone in the hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from tests.browser.steps import enter_administration
from tests.factories.people import CompanyFactory, CoordinatorFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)

#: beside the fields, on a telephone
MARGIN = 20
#: what the field of the topics is called, and a topic as somebody types it
TOPICS = {"de": ("Themen", "Sensorik"), "cs": ("Témata", "Senzorika")}


@pytest.fixture
def desk(settings) -> User:
    """A coordinator of a partner with a long name, who looks after a company with a long one."""
    settings.PORTAL_DEMO = True
    home = OrganisationFactory(
        names=dict.fromkeys(("de", "cs"), "Zentrum für Produktionstechnik und Organisation, Dresden")
    )
    CompanyFactory(name="Sächsische Präzisionsdrehteile Kern GmbH & Co. KG", home_partner=home)
    return CoordinatorFactory(organisation=home).user


@pytest.mark.parametrize("language", TOPICS)
@pytest.mark.parametrize("form", ["person", "company", "membership"])
def test_every_field_has_a_name_and_room(
    page: Page, live_server, accessible: Callable[[], None], desk: User, language: str, form: str
):
    enter_administration(page, desk, language, live_server.url)
    page.goto(f"/admin/{form}/new/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.set_viewport_size({"width": 360, "height": 900})
    for field in page.locator("main").locator("select, input, textarea").filter(visible=True).all():
        box = field.bounding_box()
        assert box["x"] + box["width"] <= 360 - MARGIN, field.get_attribute("name")
    accessible()


@pytest.mark.parametrize("language", TOPICS)
def test_topics_are_typed_into_the_field_that_is_called_so(
    page: Page, live_server, desk: User, language: str
):
    label, topic = TOPICS[language]
    enter_administration(page, desk, language, live_server.url)
    page.goto("/admin/person/new/")
    page.get_by_text(label, exact=True).click()
    field = page.get_by_role("textbox", name=label)
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(page.locator("[id$=topics-helptext]").inner_text())
    field.press_sequentially(topic)
    field.press("Enter")
    expect(page.locator("[name=topics]")).to_have_value(topic)
