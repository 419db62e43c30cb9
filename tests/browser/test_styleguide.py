"""Every component and every building block has no barrier, in both languages, light and dark."""

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file

from portal.core.models import PortalImage
from tests.browser.looks import Look, meet_no_barrier

pytestmark = [pytest.mark.urls("tests.browser.urls"), pytest.mark.django_db(transaction=True)]
LANGUAGES = ["de", "cs"]


@pytest.fixture
def styleguide(transactional_db) -> str:
    """The address of the style guide, in an installation that has a picture and a document."""
    PortalImage.objects.create(
        title="Sensor",
        file=get_test_image_file(size=(1600, 900)),
        credit="Jana Nováková",
        licence="CC BY 4.0",
    )
    get_document_model().objects.create(title="Liste", file=ContentFile(b"Stillstand;Minuten", "liste.csv"))
    return "/{language}/styleguide/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_component_has_a_barrier(page: Page, accessible, styleguide, language):
    open_styleguide(page, styleguide, language)
    accessible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_component_has_a_barrier_in_the_dark_on_a_small_telephone_or_with_large_text(
    page: Page, styleguide, language
):
    open_styleguide(page, styleguide, language)
    meet_no_barrier(page, [Look(1280, "dark"), Look(320, "dark"), Look(768), Look(1280, text="200%")])


def open_styleguide(page: Page, styleguide: str, language: str) -> None:
    """With everything unfolded that can be."""
    assert page.goto(styleguide.format(language=language)).status == 200
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


def test_a_video_is_asked_for_when_the_reader_asks(page: Page, noise, styleguide):
    page.route("https://**", lambda route: route.abort())
    page.goto(styleguide.format(language="de"), wait_until="networkidle")
    assert noise.found == []
    with page.expect_request("https://www.youtube-nocookie.com/embed/aaaaaaaaaaa?autoplay=1"):
        page.locator(".video-link").click()
    assert page.locator("iframe.video-frame").get_attribute("title") == "Ein Sensor in zwanzig Minuten"
    noise.found.clear()


@pytest.mark.parametrize(
    ("language", "menu", "close"), [("de", "Menü", "Schließen"), ("cs", "Menu", "Zavřít")]
)
def test_the_menu_opens_and_closes_by_keyboard_alone(page: Page, accessible, language, menu, close):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/{language}/gibt-es-nicht/")
    navigation = page.locator("#menu")
    assert not navigation.is_visible()
    page.get_by_role("button", name=menu, exact=True).focus()
    page.keyboard.press("Enter")
    assert navigation.is_visible()
    accessible()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert navigation.is_visible(), "an open menu stays when a tablet is turned"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == close
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 360, "height": 800})
    assert not navigation.is_visible()


def test_a_link_of_the_error_summary_leads_to_its_field(page: Page, styleguide):
    page.goto(styleguide.format(language="de"))
    page.get_by_role("alert").get_by_role("link", name="In welcher Sprache").click()
    assert page.evaluate("location.hash") == "#id_field-languages_0"
    assert page.locator("#id_field-languages_0").count() == 1
