"""Guides from a file: each line stands or falls alone, and a second run repeats nothing."""

import io
import json
from typing import Any

import pytest
from wagtail.models import Page

from knowledge.domain import importing
from knowledge.domain.importing import Outcome, import_guides
from knowledge.models import GuideIndexPage, GuidePage

pytestmark = pytest.mark.django_db

LINE: dict[str, Any] = {
    "id": "guide-1",
    "topic": "CYBER",
    "source": "example/security 1.md",
    "licence": "CC BY 4.0",
    "translation": "machine",
    "title_de": "Passwörter sicher verwalten",
    "body_de": "## Warum\n\nEin Passwortmanager merkt sich alle Passwörter, damit sich niemand auch nur eines merken muss.",
    "title_cs": "Bezpečná správa hesel",
    "body_cs": "## Proč\n\nSprávce hesel si pamatuje všechna hesla, takže si nikdo nemusí pamatovat ani jedno z nich.",
}


def file_of(*lines: dict[str, Any] | str | bytes) -> io.BytesIO:
    raw = [
        line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
        for line in lines
    ]
    return io.BytesIO(b"\n".join(raw) + b"\n")


def run(*lines: dict[str, Any] | str | bytes) -> list[Outcome]:
    return list(import_guides(file_of(*lines)))


def statuses(*lines: dict[str, Any] | str | bytes) -> list[str]:
    return [outcome.status for outcome in run(*lines)]


def guide(language: str) -> GuidePage:
    return GuidePage.objects.get(locale__language_code=language)


def test_a_line_becomes_a_published_guide_in_both_languages_that_are_translations_of_each_other() -> None:
    assert statuses(LINE) == ["created"]

    german, czech = guide("de"), guide("cs")
    assert (german.title, czech.title) == (LINE["title_de"], LINE["title_cs"])
    assert german.translation_key == czech.translation_key
    assert german.live
    assert czech.live
    assert [block.block_type for block in german.body] == ["heading", "text"]


def test_the_page_tells_where_the_text_comes_from_and_that_a_machine_translated_it() -> None:
    run(LINE)

    assert (guide("cs").source, guide("cs").licence) == ("example/security 1.md", "CC BY 4.0")
    assert guide("cs").is_machine_translated


def test_what_a_person_translated_carries_no_warning() -> None:
    run({**LINE, "translation": "human"})

    assert not guide("cs").is_machine_translated


def test_the_summary_is_what_the_text_says_first() -> None:
    text = "Kurz.\n\n- ein Punkt\n\nDas lernen Sie:\n\nEin Satz, der lang genug ist, um etwas zu sagen, steht hier. Noch einer."
    run({**LINE, "body_de": text})

    assert guide("de").summary == "Ein Satz, der lang genug ist, um etwas zu sagen, steht hier. Noch einer."


def test_a_first_sentence_without_end_is_cut_between_two_words() -> None:
    run({**LINE, "body_de": "Wort " * 200})

    assert len(guide("de").summary) <= 250
    assert guide("de").summary.endswith("Wort…")


def test_topics_come_from_the_words_of_both_languages_and_from_the_subject_of_the_collection() -> None:
    run(LINE)

    slugs = {topic.slug for topic in guide("de").topics.all()}
    assert slugs == {topic.slug for topic in guide("cs").topics.all()}
    assert {"password-management", "sme-cybersecurity"} <= slugs


def test_a_subject_that_is_no_topic_is_no_reason_to_reject() -> None:
    assert statuses({**LINE, "topic": "???"}) == ["created"]
    assert statuses({**LINE, "id": "guide-2", "topic": 7}) == ["created"]


def test_a_second_run_changes_nothing() -> None:
    run(LINE)
    before = list(Page.objects.order_by("pk").values())

    assert statuses(LINE) == ["unchanged"]
    assert list(Page.objects.order_by("pk").values()) == before


def test_a_changed_line_changes_its_pages_and_keeps_their_addresses_and_topics() -> None:
    run(LINE)
    slug = guide("de").slug
    german = guide("de")
    german.topics.clear()
    german.save()

    assert statuses({**LINE, "title_de": "Passwörter im Griff"}) == ["updated"]
    assert (guide("de").title, guide("de").slug) == ("Passwörter im Griff", slug)
    assert list(guide("de").topics.all()) == []
    assert GuidePage.objects.count() == 2


def test_a_page_that_was_taken_off_line_stays_off_and_gets_the_new_words_as_a_draft() -> None:
    run(LINE)
    guide("de").unpublish()
    changed = {**LINE, "title_de": "Passwörter im Griff"}

    assert statuses(changed) == ["updated"]
    assert not guide("de").live
    assert guide("de").get_latest_revision_as_object().title == "Passwörter im Griff"
    assert statuses(changed) == ["unchanged"]


def test_a_deleted_language_comes_back_with_the_topics_of_the_other() -> None:
    run(LINE)
    kept = {topic.slug for topic in guide("de").topics.all()}
    guide("cs").delete()

    assert statuses(LINE) == ["updated"]
    assert {topic.slug for topic in guide("cs").topics.all()} == kept


REJECTED = {
    "not JSON": ("{", "not JSON"),
    "not an object": ("[1]", "not a JSON object"),
    "not UTF-8": (b'{"id": "\xff"}', "not UTF-8 (byte 9)"),
    "nested without end": ("[" * 100_000, "not JSON"),
    "a column is missing": ({k: v for k, v in LINE.items() if k != "title_cs"}, "title_cs is missing"),
    "the licence is missing": ({**LINE, "licence": None}, "licence is missing"),
    "the licence is empty": ({**LINE, "licence": "  "}, "licence is empty"),
    "a title is no text": ({**LINE, "title_de": ["x"]}, "title_de is not a text but list"),
    "a title is too long": ({**LINE, "title_de": "x" * 256}, "title_de has 256 characters, at most 255 fit"),
    "a body is empty": ({**LINE, "body_cs": "\n"}, "body_cs is empty"),
    "a body holds nothing to read": ({**LINE, "body_cs": "<div></div>"}, "body_cs holds nothing to read"),
    "a body does not fit into the blocks": (
        {**LINE, "body_de": "::: checklist " + "x" * 101 + "\n- Kabel\n:::"},
        "body_de does not fit: ",
    ),
    "half a character": (
        {**LINE, "title_de": "Pass\ud800wort"},
        "title_de holds half a character (position 5)",
    ),
}


@pytest.mark.parametrize(("line", "reason"), REJECTED.values(), ids=REJECTED.keys())
def test_a_broken_line_is_rejected_with_its_number_and_reason_and_costs_itself_alone(
    line: Any, reason: str
) -> None:
    first, second = run(line, {**LINE, "id": "whole"})

    assert (first.line, first.status) == (1, "rejected")
    assert first.reason.startswith(reason)
    assert (second.line, second.status) == (2, "created")


def test_the_second_of_two_lines_with_one_id_is_rejected() -> None:
    first, second = run(LINE, {**LINE, "title_de": "Ein anderer"})

    assert (first.status, second.status) == ("created", "rejected")
    assert second.reason == "id 'guide-1' stood on an earlier line"
    assert guide("de").title == LINE["title_de"]


def test_a_line_without_end_is_rejected_and_never_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LONGEST_LINE", 2_000)
    endless = {**LINE, "body_de": "x" * 10_000}

    first, second = run(endless, LINE)

    assert (first.line, first.status, first.reason) == (1, "rejected", "longer than 2,000 bytes")
    assert (second.line, second.status) == (2, "created")


def test_a_nul_is_left_out_for_no_database_stores_it() -> None:
    run({**LINE, "title_de": "Pass\0wort"})

    assert guide("de").title == "Passwort"


def test_empty_lines_are_passed_over() -> None:
    assert statuses(b"", LINE, b"   ") == ["created"]


def test_raw_html_and_scripts_do_not_come_along() -> None:
    run(
        {
            **LINE,
            "body_de": "Ein Satz <script>alert(1)</script> [hier](javascript:alert(1)).\n\n<script>x</script>",
        }
    )

    assert str(guide("de").body[0].value) == "<p>Ein Satz alert(1) hier.</p>"


def test_an_import_that_broke_off_is_continued_by_starting_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [{**LINE, "id": f"guide-{number}", "title_de": f"Anleitung {number}"} for number in range(1, 5)]
    whole = importing.publish_in_languages

    def breaks_at_the_third(pages: dict, parents: dict, key: Any) -> None:
        whole(pages, parents, key)
        if pages["de"].title == "Anleitung 3":
            raise KeyboardInterrupt

    monkeypatch.setattr(importing, "publish_in_languages", breaks_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        run(*lines)
    assert sorted(GuidePage.objects.values_list("title", flat=True).filter(locale__language_code="de")) == [
        "Anleitung 1",
        "Anleitung 2",
    ], "the line that broke left nothing behind"

    monkeypatch.setattr(importing, "publish_in_languages", whole)
    assert statuses(*lines) == ["unchanged", "unchanged", "created", "created"]


def test_without_the_list_of_guides_nothing_begins() -> None:
    GuideIndexPage.objects.get(locale__language_code="cs").delete()

    with pytest.raises(LookupError, match="no list of guides in: cs"):
        run(LINE)
