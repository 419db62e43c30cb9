"""The index follows the pages: after the commit, by the worker, and never at the cost of publishing."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from knowledge.models import GuideIndexPage, GuidePage, NewsIndexPage
from portal.topics.models import Topic
from search.domain.indexing import (
    BATCH,
    FIRST_WAIT,
    LONGEST_WAIT,
    differences,
    drain,
    enqueue,
    rebuild,
    source_of,
    touch,
)
from search.engines import engine
from search.models import IndexJob, SearchDocument
from search.registry import mappers
from tests.factories.pages import CompanyPageFactory, GuidePageFactory, StandardPageFactory
from tests.search.library import ask, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_waits():
    IndexJob.objects.all().delete()
    engine().clear()


@pytest.fixture
def guide() -> GuidePage:
    guide = GuidePageFactory(title="Fräsen lernen", topics=["opc-ua"])
    guide.save_revision().publish()
    drain()
    return guide


def waiting() -> list[str]:
    return list(IndexJob.objects.order_by("source").values_list("source", flat=True))


# what asks to be read again


def test_a_published_page_is_found_once_the_worker_has_read_it():
    guide = GuidePageFactory(title="Fräsen lernen", live=False)
    guide.save_revision().publish()
    assert (titles("Fräsen"), waiting()) == ([], [source_of(guide)])
    assert drain() == 1
    assert (titles("Fräsen"), waiting()) == (["Fräsen lernen"], [])


def test_a_draft_is_not_found():
    guide = GuidePageFactory(title="Fräsen lernen", live=False)
    guide.save_revision()
    touch(guide)
    drain()
    assert titles("Fräsen") == []


def test_a_page_that_changes_twice_is_read_once(guide):
    for title in ("Drehen", "Bohren"):
        guide.title = title
        guide.save_revision().publish()
    assert waiting() == [source_of(guide)]
    assert drain() == 1
    assert (titles("Drehen"), titles("Bohren")) == ([], ["Bohren"])


def test_an_unpublished_page_is_found_no_more(guide):
    guide.unpublish()
    drain()
    assert titles("Fräsen") == []


def test_a_deleted_page_is_found_no_more(guide):
    guide.delete()
    drain()
    assert (titles("Fräsen"), SearchDocument.objects.count()) == ([], 0)


def test_a_deleted_section_takes_its_pages_along(guide):
    guide.get_parent().specific.delete()
    drain()
    assert titles("Fräsen") == []


def test_a_section_with_another_address_gives_its_pages_new_ones(guide, django_capture_on_commit_callbacks):
    index = GuideIndexPage.objects.get(pk=guide.get_parent().pk)
    index.slug = "anleitungen"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()
    drain()
    assert "/anleitungen/" in ask("Fräsen").hits[0].url


def test_a_page_that_moves_is_found_at_its_new_address(guide):
    target = NewsIndexPage.objects.get(locale=guide.locale)
    guide.move(target, pos="last-child")
    drain()
    assert ask("Fräsen").hits[0].url == GuidePage.objects.get(pk=guide.pk).url


def test_a_page_of_a_kind_without_mapper_asks_for_nothing():
    index = GuideIndexPage.objects.filter(locale__language_code="de").get()
    index.save_revision().publish()
    assert waiting() == []


def test_a_renamed_topic_has_its_carriers_read_again(guide):
    label = Topic.objects.get(slug="opc-ua").labels.get(language="de", kind="preferred")
    label.label = "Maschinengeflüster"
    label.save()
    drain()
    assert (titles("Maschinengeflüster"), ask("Geflüster").hits[0].title) == (
        ["Fräsen lernen"],
        "Fräsen lernen",
    )


def test_a_deleted_topic_is_taken_from_its_carriers(guide):
    Topic.objects.get(slug="opc-ua").delete()
    drain()
    assert SearchDocument.objects.get().topics == []


def test_a_row_of_facts_has_the_pages_read_again_that_show_it():
    page = CompanyPageFactory(title="Alt GmbH", company__name="Alt GmbH")
    rebuild()
    page.company.name = "Glanz und Schliff GmbH"
    page.company.save()
    drain()
    assert titles("Glanz Schliff") == ["Glanz und Schliff GmbH"]


# in the transaction, and after it


def test_what_is_rolled_back_asks_for_nothing(guide):
    with transaction.atomic():
        guide.save_revision().publish()
        assert waiting() == [source_of(guide)]
        transaction.set_rollback(True)
    assert waiting() == []


def test_a_job_that_waits_after_a_failure_is_due_again_when_the_page_changes(guide):
    later = timezone.now() + timedelta(hours=1)
    IndexJob.objects.create(source=source_of(guide), attempts=5, error="x", due_at=later)
    touch(guide)
    job = IndexJob.objects.get()
    assert (job.attempts, job.error, job.due_at < later) == (0, "", True)


def test_no_more_jobs_than_asked_for_are_done():
    enqueue(f"knowledge.guidepage:{number}" for number in range(900_000, 900_005))
    assert (drain(limit=2), IndexJob.objects.count()) == (2, 3)


def test_a_source_that_nobody_knows_any_more_is_done_with():
    enqueue(["knowledge.guidepage:999999", "gone.model:1", "knowledge.nothing:1"])
    assert (drain(), waiting()) == (3, [])


# failures


@pytest.fixture
def broken(monkeypatch):
    """A mapper that fails, until it is mended."""
    original = mappers[GuidePage]

    def fail(_page: GuidePage) -> None:
        raise ValueError("the body\x00 cannot be read")

    monkeypatch.setitem(mappers, GuidePage, fail)
    return lambda: monkeypatch.setitem(mappers, GuidePage, original)


def test_a_failure_is_kept_with_its_reason_and_tried_again_later(guide, broken):
    guide.title = "Drehen lernen"
    guide.save_revision().publish()
    before = timezone.now()
    drain()
    job = IndexJob.objects.get()
    assert (job.source, job.attempts, job.error) == (
        source_of(guide),
        1,
        "ValueError: the body  cannot be read",
    )
    assert before + FIRST_WAIT < job.due_at < before + LONGEST_WAIT
    assert titles("Fräsen") == ["Fräsen lernen"]
    broken()
    assert drain() == 0
    IndexJob.objects.update(due_at=before)
    assert (drain(), waiting(), titles("Drehen")) == (1, [], ["Drehen lernen"])


def test_a_failure_does_not_hold_up_the_next_page(broken):
    GuidePageFactory(title="Fräsen").save_revision().publish()
    page = StandardPageFactory(title="Impressum der Werkstatt")
    page.save_revision().publish()
    assert drain() == 2
    assert titles("Werkstatt") == ["Impressum der Werkstatt"]


def test_the_wait_grows_to_an_hour_and_no_further(guide, broken):
    IndexJob.objects.create(source=source_of(guide), attempts=29)
    drain()
    job = IndexJob.objects.get()
    assert timezone.now() + LONGEST_WAIT - timedelta(minutes=1) < job.due_at <= timezone.now() + LONGEST_WAIT


# all at once


def test_a_rebuild_finds_everything_anew_and_drops_the_rest(guide):
    missed = GuidePageFactory(title="Nie veröffentlicht, aber da")
    GuidePage.objects.filter(pk=guide.pk).delete()
    IndexJob.objects.all().delete()
    seen = []
    count = rebuild(seen.append)
    assert (titles("Fräsen"), titles("Nie veröffentlicht")[0]) == ([], missed.title)
    assert count == engine().count() == SearchDocument.objects.count()
    assert max(seen) <= BATCH


def test_a_rebuild_does_what_was_waiting(guide):
    touch(guide)
    rebuild()
    assert waiting() == []


def test_a_rebuilt_index_agrees_with_the_pages(guide):
    rebuild()
    assert list(differences()) == []


def test_an_empty_index_that_is_filled_agrees_with_the_pages(guide):
    engine().clear()
    rebuild()
    assert list(differences()) == []
    assert titles(guide.title) == [guide.title]


def test_every_difference_is_named():
    pages = {name: GuidePageFactory(title=name) for name in ("Gleich", "Geändert", "Fehlt", "Zu viel")}
    rebuild()
    GuidePage.objects.filter(pk=pages["Geändert"].pk).update(title="Anders")
    engine().delete([source_of(pages["Fehlt"])])
    GuidePage.objects.filter(pk=pages["Zu viel"].pk).update(live=False)
    assert sorted(differences()) == sorted(
        [
            f"{source_of(pages['Geändert'])} has changed since it was indexed",
            f"{source_of(pages['Fehlt'])} is not in the index",
            f"{source_of(pages['Zu viel'])} is in the index, but should not be found",
        ]
    )
