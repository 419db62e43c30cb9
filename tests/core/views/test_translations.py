"""Translating in the admin: who may, what the translator is told, and what stays hidden."""

from io import BytesIO

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from knowledge.models import GuidePage
from portal.core.domain.translations import update_translation
from portal.core.rules import translation_into
from tests.core.views.translating import edit, signed_in, told
from tests.editorial import begin_translation, member_of, other_locale, publish, reread, write
from tests.factories.pages import GuidePageFactory, MentorPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_second_factor")]


# The publish button of the side-by-side editor


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "de",
            "2 Textstellen sind noch nicht übersetzt: Zusammenfassung (1), Text (1). Die Übersetzung geht nur als Ganzes online.",
        ),
        ("cs", "2 pasáže ještě nejsou přeloženy: shrnutí (1), text (1). Překlad se zveřejní jen jako celek."),
    ],
)
def test_a_translation_with_gaps_does_not_go_live_and_the_editor_reads_what_is_missing(
    guide: GuidePage, language: str, expected: str
) -> None:
    page = begin_translation(guide)
    write(page, leave_out=["summary", "body"])
    editor = signed_in(member_of("Editors"), language)

    response = editor.post(edit(page), {"action": "publish"})

    assert response.status_code == 302
    assert response.url == edit(page)
    assert told(response) == [expected]
    assert not reread(page).live


def test_what_was_typed_is_still_there_after_the_refusal(guide: GuidePage, editor: Client) -> None:
    page = begin_translation(guide)
    write(page, leave_out=["summary"], title="Údržba strojů")

    editor.post(edit(page), {"action": "publish"})

    assert "Údržba strojů" in editor.get(edit(page)).context["props"].encode().decode("unicode_escape")


def test_a_complete_translation_goes_live_and_the_editor_finds_the_page(
    guide: GuidePage, editor: Client
) -> None:
    page = begin_translation(guide)
    write(page, title="Údržba strojů")

    response = editor.post(edit(page), {"action": "publish"})

    assert reread(page).live
    message = told(response)[0]
    assert message.startswith("„Údržba strojů“ ist veröffentlicht.")
    assert reread(page).full_url in message


def test_a_passage_that_is_too_long_is_refused_with_a_sentence(guide: GuidePage, editor: Client) -> None:
    page = begin_translation(publish(guide, seo_title="Wartung"))
    write(page, seo_title="x" * 300)

    response = editor.post(edit(page), {"action": "publish"})

    assert told(response) == [
        f"„{reread(page).get_admin_display_title()}“ kann nicht veröffentlicht werden: "
        "Einige Textstellen passen nicht in ihr Feld; sehen Sie dort die Hinweise."
    ]
    assert not reread(page).live


def test_a_translator_may_not_publish(guide: GuidePage, translator: Client) -> None:
    page = begin_translation(guide)
    write(page)

    response = translator.post(edit(page), {"action": "publish"})

    assert told(response) == [f"Sie dürfen „{reread(page).get_admin_display_title()}“ nicht veröffentlichen."]
    assert not reread(page).live


def test_half_a_profile_keeps_showing_its_author_and_the_editor_reads_why(editor: Client) -> None:
    mentor = publish(MentorPageFactory(headline="Leiterin", about="Ich helfe.", live=False))
    page = reread(mentor.get_translation(other_locale(mentor)))
    write(page, leave_out=["about"])

    response = editor.post(edit(page), {"action": "publish"})

    assert told(response)[0].startswith("1 Textstelle ist noch nicht übersetzt")
    assert (reread(page).live, reread(page).written_in, reread(page).headline) == (True, "de", "Leiterin")


# Who opens a translation


def test_a_translator_reads_what_is_still_to_be_done(guide: GuidePage, translator: Client) -> None:
    page = begin_translation(guide)
    write(page, leave_out=["summary"])

    html = translator.get(edit(page)).content.decode()

    assert "1 Textstelle ist noch nicht übersetzt: Zusammenfassung (1)." in html
    assert "Alle Textstellen sind übersetzt." not in html


def test_a_translator_who_is_done_is_shown_the_way_to_the_review(
    guide: GuidePage, translator: Client
) -> None:
    page = begin_translation(guide)
    write(page)

    html = translator.get(edit(page)).content.decode()

    assert "Alle Textstellen sind übersetzt." in html
    assert reverse("portal_review", args=[page.pk]) in html


# The review


def test_a_translator_submits_and_an_editor_approves(
    guide: GuidePage, translator: Client, editor: Client
) -> None:
    page = begin_translation(guide)
    write(page, title="Údržba strojů")
    address = reverse("portal_review", args=[page.pk])

    assert "Zur Prüfung geben" in translator.get(address).content.decode()
    translator.post(address)
    state = reread(page).current_workflow_task_state
    assert not reread(page).live

    editor.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
    assert (reread(page).live, reread(page).title) == (True, "Údržba strojů")


def test_a_review_that_asked_for_changes_goes_on_when_they_are_made(
    guide: GuidePage, translator: Client
) -> None:
    page = begin_translation(guide)
    write(page)
    address = reverse("portal_review", args=[page.pk])
    translator.post(address)
    first = reread(page).current_workflow_state
    first.current_task_state.specific.reject(comment="Bitte „stroje“ statt „mašiny“.")

    translator.post(address)

    again = reread(page).current_workflow_state
    assert (again.pk, again.status) == (first.pk, "in_progress")


def test_a_translation_with_gaps_is_not_submitted(guide: GuidePage, translator: Client) -> None:
    page = begin_translation(guide)
    write(page, leave_out=["summary"])
    address = reverse("portal_review", args=[page.pk])

    assert "1 Textstelle fehlt noch." in translator.get(address).content.decode()
    translator.post(address)

    assert reread(page).current_workflow_state is None


def test_a_reviewer_cannot_approve_what_got_gaps_during_the_review(
    guide: GuidePage, translator: Client, editor: Client
) -> None:
    page = begin_translation(guide)
    write(page)
    translator.post(reverse("portal_review", args=[page.pk]))
    state = reread(page).current_workflow_task_state
    publish(guide, summary="Bevor sie stillstehen.")

    response = editor.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))

    assert response.status_code == 302
    assert not reread(page).live


def test_only_a_translation_is_handed_to_the_review_of_translations(guide: GuidePage, editor: Client) -> None:
    response = editor.get(reverse("portal_review", args=[guide.pk]))

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))


# Other doors


def test_several_pages_are_published_only_if_none_has_gaps(guide: GuidePage, editor: Client) -> None:
    page, other = begin_translation(guide), GuidePageFactory(live=False, language="cs")
    write(page, leave_out=["summary"], title="Údržba strojů")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    pages = f"{address}?id={page.pk}&id={other.pk}&next={reverse('wagtailadmin_home')}"

    response = editor.post(pages)
    assert told(response) == [
        "Es wurde nichts veröffentlicht. Hier fehlen noch Textstellen: Údržba strojů (1)"
    ]
    assert [reread(page).live, reread(other).live] == [False, False]

    write(page, title="Údržba strojů")
    editor.post(pages)
    assert [reread(page).live, reread(other).live] == [True, True]


def test_a_page_does_not_mirror_the_one_in_the_other_language(guide: GuidePage, editor: Client) -> None:
    page = begin_translation(guide)
    write(page)
    update_translation(page)

    response = editor.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))

    assert told(response)[0].startswith("Eine Seite steht in der Sprache ihrer Leser:innen")
    assert reread(page).alias_of is None


def passage(page: Page, field: str) -> str:
    segment = StringSegment.objects.get(context__path=field)
    return reverse("wagtail_localize:edit_string_translation", args=[translation_into(page).pk, segment.pk])


def typed(**fields: str) -> dict[str, str]:
    """What the side-by-side editor sends for one passage."""
    return {"data": encode_multipart(BOUNDARY, fields), "content_type": MULTIPART_CONTENT}


def test_each_passage_is_saved_as_soon_as_it_is_written(guide: GuidePage, translator: Client) -> None:
    page = begin_translation(guide)

    response = translator.put(passage(page, "title"), **typed(value="Údržba strojů"))

    assert (response.status_code, response.json()["data"]) == (201, "Údržba strojů")
    assert response.json()["comment"] == "Von Hand übersetzt"


def test_a_passage_without_words_is_refused(guide: GuidePage, translator: Client) -> None:
    page = begin_translation(guide)

    assert translator.put(passage(page, "title"), **typed()).status_code == 400


@pytest.mark.postgresql
@pytest.mark.parametrize("words", ["x" * 300, "a\x00b"], ids=["too long", "NUL"])
def test_a_passage_that_the_database_cannot_hold_is_refused(
    guide: GuidePage, translator: Client, words: str
) -> None:
    page = begin_translation(guide)

    assert translator.put(passage(page, "title"), **typed(value=words)).status_code == 400
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize(
    "upload",
    [None, b"", b"\x00\xff", b'msgid "a"\nmsgstr "b"\n', b"/etc/passwd"],
    ids=["no file", "empty", "not text", "without heading", "a path"],
)
def test_a_file_that_is_no_translation_of_this_page_is_refused_with_a_sentence(
    guide: GuidePage, translator: Client, upload: bytes | None
) -> None:
    page = translation_into(begin_translation(guide))
    address = reverse("wagtail_localize:upload_pofile", args=[page.pk])
    files = {} if upload is None else {"file": BytesIO(upload)}

    response = translator.post(address, files)

    assert response.status_code == 302
    assert len(told(response)) == 1


def test_a_translation_that_was_written_elsewhere_is_uploaded(guide: GuidePage, translator: Client) -> None:
    page = begin_translation(guide)
    written = translation_into(page).export_po()
    for entry in written:
        entry.msgstr = entry.msgctxt.upper().split(".")[0]
    file = BytesIO(str(written).encode())
    file.name = "navod.po"

    address = reverse("wagtail_localize:upload_pofile", args=[Translation.objects.get().pk])
    translator.post(address, {"file": file})

    update_translation(page)
    assert reread(page).title == "TITLE"


# What follows from going off line


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_before_a_page_goes_off_line_the_editor_reads_what_follows(
    guide: GuidePage, editor: Client, action: str
) -> None:
    page = begin_translation(guide)
    write(page)
    update_translation(page)
    address = reverse(f"wagtailadmin_pages:{action}", args=[guide.pk])

    question = editor.get(address)
    if action == "delete":
        assert "Übersetzung offline; sie bleibt als Entwurf erhalten: TITLE" in question.content.decode()
    else:
        assert question.context["translation_count"] == 1
    editor.post(address)

    assert not reread(page).live
