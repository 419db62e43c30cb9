"""An editor publishes a case study, a translator writes it anew, and it goes live in the other language when it is whole."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils.text import slugify
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringSegment, Translation

from knowledge.models import CaseStudyIndexPage, CaseStudyPage
from portal.accounts.models import User
from tests.editorial import member_of, other_locale, reread

pytestmark = pytest.mark.django_db


@dataclass
class Story:
    """Who writes in which language, for whom, and what the editor reads on the way."""

    language: str
    title: str
    published: str
    missing: str
    released: str


STORIES = [
    Story(
        language="de",
        title="Weniger Ausschuss in der Dreherei",
        published="veröffentlicht",
        missing="1 Textstelle ist noch nicht übersetzt: Text (1). Die Übersetzung geht nur als Ganzes online.",
        released="ist veröffentlicht.",
    ),
    Story(
        language="cs",
        title="Méně zmetků v soustružně",
        published="publikována",
        missing="1 pasáž ještě není přeložena: text (1). Překlad se zveřejní jen jako celek.",
        released="je publikováno.",
    ),
]


@pytest.fixture(autouse=True)
def _demo(settings) -> None:
    settings.PORTAL_DEMO = True


def browser(user: User, language: str) -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def filled_in(story: Story) -> dict[str, str]:
    """The form of a case study as an editor leaves it before pressing "publish"."""
    return nested_form_data(
        {
            "title": story.title,
            "slug": slugify(story.title),
            "topics": '"OPC UA"',
            "summary": "Was ein Sensor verändert hat.",
            "body": streamfield([("text", rich_text("<p>Zuerst hörten sie zu.</p><p>Dann maßen sie.</p>"))]),
            "results": streamfield([("result", {"value": "−38 %", "label": "Ausschuss"})]),
            "published_on": "2026-11-02",
            "author": "",
            "institution": "",
            "company": "",
            "country": "DE",
            "seo_title": "",
            "search_description": "",
            "comments": {
                "TOTAL_FORMS": "0",
                "INITIAL_FORMS": "0",
                "MIN_NUM_FORMS": "0",
                "MAX_NUM_FORMS": "0",
            },
            "action-publish": "publish",
        }
    )


def message(client: Client, url: str) -> str:
    """What the page tells the editor, as text."""
    return client.get(url).content.decode()


def write_passage(client: Client, page: Page, segment: StringSegment, words: str) -> None:
    """Types one passage, as the side-by-side editor sends it."""
    translation = Translation.objects.get(target_locale_id=page.locale_id, source=segment.source)
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    body = encode_multipart(BOUNDARY, {"value": words})
    assert client.put(address, data=body, content_type=MULTIPART_CONTENT).status_code == 201


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.language)
def test_a_case_study_is_written_translated_and_read_in_both_languages(story: Story) -> None:
    editor = browser(member_of("Editors"), story.language)
    translator = browser(member_of("Translators"), story.language)
    reader = Client()

    # The editor writes and publishes.
    index = CaseStudyIndexPage.objects.get(locale__language_code=story.language)
    create = reverse("wagtailadmin_pages:add", args=["knowledge", "casestudypage", index.pk])
    after = editor.post(create, filled_in(story))
    assert after.status_code == 302, after.context["form"].errors
    assert story.published in message(editor, after.url)
    study = CaseStudyPage.objects.get(title=story.title)
    assert story.title in reader.get(study.url).content.decode()

    # The translator asks for the other language and writes all passages but one.
    locale = other_locale(study)
    submit = reverse("wagtail_localize:submit_page_translation", args=[study.pk])
    after = translator.post(submit, {"locales": [locale.pk]})
    page = reread(study.get_translation(locale))
    assert after.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    passages = list(
        StringSegment.objects.filter(source__object_id=study.translation_key).select_related("context")
    )
    body = [passage for passage in passages if passage.context.path.startswith("body")]
    for passage in passages:
        if passage != body[-1] and passage.context.path != "slug":
            write_passage(translator, page, passage, f"({passage.context.path.split('.')[0]})")

    # It is not whole, so it stays off line, and the editor reads why.
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    editor.post(edit, {"action": "publish"})
    assert story.missing in message(editor, edit)
    assert not reread(page).live
    assert (
        reader.get(study.url.replace(f"/{story.language}/", f"/{locale.language_code}/")).status_code == 404
    )

    # The last passage, and both languages are read.
    write_passage(translator, page, body[-1], "(konec)")
    editor.post(edit, {"action": "publish"})
    assert story.released in message(editor, edit)
    page = reread(page)
    html = reader.get(page.url).content.decode()
    assert page.live
    assert all(words in html for words in ["(title)", "(body)", "(konec)", "(results)"])
    assert "Dann maßen sie." not in html
    assert page.published_on == study.published_on
    assert [topic.slug for topic in page.topics.all()] == ["opc-ua"]
