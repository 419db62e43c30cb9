"""The editor's story: publish a case study, translate it beside the original, and see it go live when it is complete."""

import re
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from knowledge.models import CaseStudyIndexPage, CaseStudyPage
from portal.accounts.domain.users import confirm_address
from tests.browser.conftest import Noise
from tests.factories.people import PASSWORD, UserFactory


@dataclass(frozen=True)
class Story:
    """One editor: what they write, and the buttons and sentences that they meet."""

    language: str
    sign_in: str
    text_block: str
    translate: str
    save: str
    publish: str
    missing: str
    released: str
    title: str
    summary: str
    text: str
    title_translated: str


STORIES = {
    "de": Story(
        language="de",
        sign_in="Anmelden",
        text_block="Text",
        translate="Übersetzen",
        save="Speichern",
        publish="Veröffentlichen: Tschechisch",
        missing="1 Textstelle ist noch nicht übersetzt",
        released="„Méně zmetků v soustružně“ ist veröffentlicht.",
        title="Weniger Ausschuss in der Dreherei",
        summary="Eine Dreherei misst, bevor sie kauft.",
        text="Erst messen, dann kaufen.",
        title_translated="Méně zmetků v soustružně",
    ),
    "cs": Story(
        language="cs",
        sign_in="Přihlásit se",
        text_block="Text",
        translate="Přeložit",
        save="Uložit",
        publish="Publikovat: Němčina",
        missing="1 pasáž ještě není přeložena",
        released="„Weniger Ausschuss in der Dreherei“ je publikováno.",
        title="Méně zmetků v soustružně",
        summary="Soustružna nejdřív měří, potom kupuje.",
        text="Nejdřív měřit, potom kupovat.",
        title_translated="Weniger Ausschuss in der Dreherei",
    ),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=list(STORIES))
def test_a_case_study_goes_live_in_the_other_language_when_it_is_complete(
    page: Page, live_server, noise: Noise, settings, story: Story
) -> None:
    settings.PORTAL_DEMO = True
    page.set_default_timeout(15_000)
    sign_in(page, story)

    study = write_case_study(page, story)
    page.goto(study.url)
    expect(page.get_by_role("heading", level=1)).to_have_text(story.title)

    page.goto(f"/admin/localize/submit/page/{study.pk}/")
    page.locator("form [type=submit]").last.click()
    page.wait_for_url("**/edit/")
    side_by_side = page.url
    translate(page, story, story.title_translated)
    translate(page, story, "…")
    page.get_by_role("button", name=story.publish).click()
    expect(page.locator(".messages")).to_contain_text(story.missing)
    translation = study.get_translations().get().specific
    assert page.goto(translation.url or "/").status == 404

    page.goto(side_by_side)
    translate(page, story, "…")
    page.get_by_role("button", name=story.publish).click()
    expect(page.locator(".messages")).to_contain_text(story.released)
    translation = study.get_translations().get().specific
    assert page.goto(translation.url).status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text(story.title_translated)
    # the admin is Wagtail's: what it says to the console is not ours to keep quiet
    noise.found = [line for line in noise.found if not line.startswith("console")]


def sign_in(page: Page, story: Story) -> None:
    """As an editor who reads in the language of the story."""
    editor = UserFactory(language=story.language)
    editor.groups.add(Group.objects.get(name="Editors"))
    confirm_address(editor)
    page.goto("/de/konto/login/?next=/admin/" if story.language == "de" else "/cs/ucet/login/?next=/admin/")
    page.locator("input[name=login]").fill(editor.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name=story.sign_in, exact=True).click()
    page.wait_for_url(lambda url: url.endswith("/admin/") and "login" not in url)


def write_case_study(page: Page, story: Story) -> CaseStudyPage:
    """Fills in the form below the list of case studies, and publishes."""
    index = CaseStudyIndexPage.objects.get(locale__language_code=story.language)
    page.goto(f"/admin/pages/add/knowledge/casestudypage/{index.pk}/")
    page.locator("#id_title").fill(story.title)
    page.locator("#id_summary").fill(story.summary)
    page.locator("#id_country").select_option("DE")
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name=story.text_block, exact=True).first.click()
    editor = page.locator(".public-DraftEditor-content").first
    # the block unfolds: what is typed before it stands still is lost
    editor.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    editor.click()
    editor.press_sequentially(story.text)
    expect(editor).to_contain_text(story.text)
    # Wagtail may be keeping the draft by itself just now, and then replaces the buttons
    page.wait_for_timeout(3000)
    page.locator("footer button[data-w-dropdown-target='toggle'], footer .w-dropdown button").first.click()
    page.locator("button[name='action-publish']").first.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    return CaseStudyPage.objects.get(title=story.title)


def translate(page: Page, story: Story, words: str) -> None:
    """Writes the next passage that waits for a translation."""
    waiting = page.get_by_role("button", name=story.translate, exact=True)
    waiting.first.wait_for()
    before = waiting.count()
    waiting.first.click()
    page.locator("textarea:visible").first.fill(words)
    page.get_by_role("button", name=story.save, exact=True).first.click()
    expect(waiting).to_have_count(before - 1)
