"""A page speaks one language: a translation goes live whole, stays whole, and keeps in step with its source."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from knowledge.models import EventPage, GuidePage
from portal.core.domain.translations import is_complete, update_translation
from portal.core.rules import IncompleteTranslation, missing_passages, translation_into
from portal.topics.models import Sector
from tests.editorial import begin_translation, publish, reread, write
from tests.factories.pages import CaseStudyPageFactory, EventPageFactory, GuidePageFactory
from tests.factories.people import known_topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> GuidePage:
    return publish(GuidePageFactory(title="Maschinen warten", summary="Bevor sie stehen."))


@pytest.fixture
def navod(guide: GuidePage) -> GuidePage:
    """The Czech page of the guide, live with words of its own."""
    page = begin_translation(guide)
    write(page, title="Údržba strojů", summary="Dříve, než se zastaví.")
    update_translation(page)
    return reread(page)


# How a translation goes live


def test_a_new_translation_is_a_draft_that_lacks_every_passage(guide: GuidePage) -> None:
    page = begin_translation(guide)

    assert (page.language, page.live) == ("cs", False)
    assert missing_passages(page) == ["title", "summary", f"body.{guide.body[0].id}"]
    assert not is_complete(page)


def test_a_complete_translation_goes_live_in_its_own_words(navod: GuidePage) -> None:
    assert navod.live
    assert (navod.title, navod.summary, navod.slug) == ("Údržba strojů", "Dříve, než se zastaví.", "slug")
    assert str(navod.body).count("BODY") == 1
    assert is_complete(navod)


def test_the_address_follows_the_title_unless_the_translator_writes_one(guide: GuidePage) -> None:
    page = begin_translation(guide)
    write(page, leave_out=["slug"], title="Údržba strojů")
    update_translation(page)
    assert reread(page).slug == "udrzba-stroju"
    assert translation_into(page).get_status_display() == "Aktuell"

    write(page, title="Údržba strojů", slug="Stroje v chodu")
    update_translation(page)
    assert reread(page).slug == "stroje-v-chodu"


def test_the_address_of_a_live_page_stays_when_that_of_its_source_changes(
    guide: GuidePage, navod: GuidePage
) -> None:
    publish(guide, slug="wartung")
    write(navod, leave_out=["slug"], title="Nový název")

    update_translation(navod)

    assert (reread(navod).title, reread(navod).slug) == ("Nový název", navod.slug)


def test_a_translation_with_a_gap_does_not_go_live_and_says_how_many_passages_are_missing(
    guide: GuidePage,
) -> None:
    page = begin_translation(guide)
    write(page, leave_out=["summary"])

    with pytest.raises(IncompleteTranslation) as refusal:
        update_translation(page)

    assert refusal.value.paths == ["summary"]
    assert not reread(page).live


def set_live(page: Page) -> None:
    page.live = True
    page.save()


def approve(page: Page) -> None:
    state = page.get_workflow().start(page, user=None)
    state.current_task_state.specific.approve(user=None)


#: every way that Wagtail and wagtail-localize know to put a page on line
WAYS = {
    "a revision is published": lambda page: page.get_latest_revision().publish(),
    "a new revision is published": lambda page: page.save_revision().publish(),
    "Wagtail's action is called": lambda page: PublishPageRevisionAction(
        page.get_latest_revision()
    ).execute(),
    "wagtail-localize publishes": lambda page: translation_into(page).save_target(publish=True),
    "its row is set live": set_live,
    "the last reviewer approves": approve,
}


@pytest.mark.parametrize("go_live", WAYS.values(), ids=WAYS)
def test_a_gap_does_not_go_live_by_any_way(
    guide: GuidePage, go_live: Callable[[Page], None], django_capture_on_commit_callbacks
) -> None:
    page = begin_translation(guide)
    write(page, leave_out=["summary"])

    with pytest.raises(IncompleteTranslation), django_capture_on_commit_callbacks(execute=True):
        go_live(page)

    assert not reread(page).live


def test_a_page_that_is_set_live_without_the_guard_shows_the_gap(
    guide: GuidePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of the test above: it is the guard in BasePage.save that holds."""
    monkeypatch.setattr("portal.core.models.refuse_mixture", lambda page: None)
    page = begin_translation(guide)
    write(page, leave_out=["summary"])

    set_live(page)

    assert (reread(page).live, reread(page).summary) == (True, "Bevor sie stehen.")


def test_a_draft_with_words_of_the_source_is_published_as_the_translator_has_finished_it(
    guide: GuidePage,
) -> None:
    page = begin_translation(guide)
    write(page, title="Údržba strojů")

    page.get_latest_revision().publish()

    assert (reread(page).live, reread(page).title) == (True, "Údržba strojů")


def test_a_scheduled_translation_waits_for_its_last_passage_and_holds_up_nobody(guide: GuidePage) -> None:
    page = begin_translation(guide)
    due = timezone.now() - dt.timedelta(minutes=5)
    page.revisions.update(approved_go_live_at=due)
    other = GuidePageFactory(live=False)
    other.save_revision(approved_go_live_at=due + dt.timedelta(minutes=1))

    call_command("publish_scheduled")
    assert (reread(page).live, reread(other).live) == (False, True)

    write(page)
    call_command("publish_scheduled")
    assert reread(page).live


def test_a_passage_that_its_field_cannot_hold_is_named_and_nothing_goes_live(guide: GuidePage) -> None:
    page = begin_translation(publish(guide, seo_title="Wartung"))
    write(page, seo_title="x" * 300)

    with pytest.raises(ValidationError):
        update_translation(page)

    assert not reread(page).live
    assert StringTranslation.objects.get(context__path="seo_title").get_error()
    assert missing_passages(page) == ["seo_title"]


def test_pages_that_were_written_in_both_languages_each_stand_for_themselves() -> None:
    guide = GuidePageFactory(title="Maschinen warten")
    navod = GuidePageFactory(title="Údržba strojů", language="cs", translation_of=guide, live=False)

    assert publish(navod).live


def test_a_translation_that_was_stopped_is_a_page_like_any_other(guide: GuidePage) -> None:
    page = begin_translation(guide)
    Translation.objects.update(enabled=False)

    assert publish(page, title="Údržba strojů").live


# What happens when the source changes


def test_a_live_translation_keeps_its_last_complete_words_while_new_ones_are_missing(
    guide: GuidePage, navod: GuidePage, django_capture_on_commit_callbacks
) -> None:
    publish(guide, summary="Bevor sie stillstehen.")

    assert missing_passages(navod) == ["summary"]
    with pytest.raises(IncompleteTranslation):
        update_translation(navod)
    with pytest.raises(IncompleteTranslation), django_capture_on_commit_callbacks(execute=True):
        translation_into(navod).save_target(publish=True)
    assert (reread(navod).live, reread(navod).summary) == (True, "Dříve, než se zastaví.")

    write(navod, title="Údržba strojů", summary="Dříve, než se zastaví úplně.")
    update_translation(navod)
    assert reread(navod).summary == "Dříve, než se zastaví úplně."


def test_without_the_guard_wagtail_localize_would_mix_the_languages_of_a_live_page(
    guide: GuidePage, navod: GuidePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of the test above."""
    publish(guide, summary="Bevor sie stillstehen.")
    monkeypatch.setattr("portal.core.models.refuse_mixture", lambda page: None)

    translation_into(navod).save_target(publish=False)

    assert (reread(navod).title, reread(navod).summary) == ("Údržba strojů", "Bevor sie stillstehen.")


def test_a_live_translation_with_gaps_can_still_be_moved_and_shown_in_menus(
    guide: GuidePage, navod: GuidePage
) -> None:
    publish(guide, summary="Bevor sie stillstehen.")

    navod = reread(navod)
    navod.show_in_menus = True
    navod.save()

    assert reread(navod).show_in_menus


def test_words_that_a_translator_has_not_released_stay_hidden_when_the_source_is_published(
    guide: GuidePage, navod: GuidePage
) -> None:
    write(navod, title="Koncept")

    publish(guide, reviewed_on=dt.date(2026, 11, 2))

    assert (reread(navod).title, reread(navod).reviewed_on) == ("Údržba strojů", dt.date(2026, 11, 2))


def test_the_date_of_an_event_moves_in_both_languages_at_once() -> None:
    event = publish(EventPageFactory(title="Werkstattgespräch"))
    akce = begin_translation(event)
    write(akce)
    update_translation(akce)

    later = (event.starts_at + dt.timedelta(days=7)).replace(microsecond=0)
    publish(event, starts_at=later, ends_at=later + dt.timedelta(hours=2))

    assert EventPage.objects.get(pk=akce.pk).starts_at == later


def test_topics_and_sectors_follow_the_source_also_when_they_are_emptied() -> None:
    study = CaseStudyPageFactory(topics=["opc-ua", "e-invoicing"])
    study.sectors = list(Sector.objects.filter(code__in=["C", "G"]))
    study = publish(study)
    studie = begin_translation(study)
    write(studie)
    update_translation(studie)
    assert {topic.slug for topic in reread(studie).topics.all()} == {"opc-ua", "e-invoicing"}
    assert {sector.code for sector in reread(studie).sectors.all()} == {"C", "G"}

    study.topics.set(known_topics(["opc-ua"]))
    study.sectors = []
    publish(study)

    assert [topic.slug for topic in reread(studie).topics.all()] == ["opc-ua"]
    assert list(reread(studie).sectors.all()) == []


def test_sectors_that_were_emptied_stay_empty_when_the_translation_is_published(guide: GuidePage) -> None:
    guide.sectors = list(Sector.objects.filter(code="C"))
    publish(guide)
    page = begin_translation(guide)
    write(page)
    guide.sectors = []
    publish(guide)

    update_translation(page)

    assert list(reread(page).sectors.all()) == []


# Going off line


def test_a_translation_goes_off_line_with_its_source(guide: GuidePage, navod: GuidePage) -> None:
    guide.unpublish()

    assert not reread(navod).live


def test_a_translation_goes_off_line_alone(guide: GuidePage, navod: GuidePage) -> None:
    navod.unpublish()

    assert (reread(guide).live, reread(navod).live) == (True, False)


def test_when_its_source_is_deleted_a_translation_is_kept_as_a_draft(
    guide: GuidePage, navod: GuidePage
) -> None:
    guide.delete()

    assert (reread(navod).live, reread(navod).title) == (False, "Údržba strojů")
    assert publish(navod).live


def test_one_page_of_a_pair_that_was_written_in_both_languages_goes_off_line_alone() -> None:
    guide = GuidePageFactory()
    navod = GuidePageFactory(language="cs", translation_of=guide)

    guide.unpublish()

    assert reread(navod).live
