"""What a reader sees of a guide, a case study, a news item and an event."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from knowledge.models import GuidePage
from portal.core.enums import SpokenLanguage
from search.domain.indexing import rebuild
from tests.factories.pages import (
    CaseStudyPageFactory,
    EventPageFactory,
    GuidePageFactory,
    MentorPageFactory,
    NewsPageFactory,
)
from tests.factories.people import CompanyFactory, OrganisationFactory, PersonFactory, place

pytestmark = pytest.mark.django_db

BERLIN = timezone.get_default_timezone()


def text_of(client: Client, page) -> str:
    response = client.get(page.url.removeprefix("http://localhost"))
    assert response.status_code == 200
    # space between two tags is a matter of taste
    return re.sub(r">\s+<", "><", response.content.decode())


def test_a_guide_names_its_level_its_time_and_who_reviewed_it_when(client: Client) -> None:
    facts = {
        "level": "advanced",
        "minutes_needed": 480,
        "reviewed_on": dt.date(2026, 11, 3),
        "institution": OrganisationFactory(),
        "body": [{"type": "text", "value": f"<p>{'Wort ' * 900}</p>"}],
    }
    german = GuidePageFactory(**facts)
    czech = GuidePageFactory(language="cs", translation_of=german, **facts)

    text = text_of(client, german)
    assert [
        words
        for words in (
            "5 Minuten Lesezeit",
            "Für Fortgeschrittene",
            "Umsetzung: 8 Stunden",
            "Geprüft am 3. November 2026",
            "BIC Zwickau",
        )
        if words not in text
    ] == []
    text = text_of(client, czech)
    assert [
        words
        for words in (
            "5 minut čtení",
            "Pro pokročilé",
            "Realizace: 8 hodin",
            "Zkontrolováno 3. listopadu 2026",
        )
        if words not in text
    ] == []


def test_a_guide_leads_to_its_other_language_in_the_words_of_that_language(client: Client) -> None:
    german = GuidePageFactory()
    czech = GuidePageFactory(language="cs", translation_of=german)

    assert f'<a href="{czech.get_url_parts()[2]}" lang="cs" hreflang="cs">Číst česky</a>' in text_of(
        client, german
    )
    assert f'<a href="{german.get_url_parts()[2]}" lang="de" hreflang="de">Auf Deutsch lesen</a>' in text_of(
        client, czech
    )


def test_a_guide_without_a_translation_offers_none(client: Client) -> None:
    assert "Číst česky" not in text_of(client, GuidePageFactory())


def test_the_contents_list_leads_to_the_sections_of_the_text(client: Client) -> None:
    headings = [
        {"type": "heading", "value": {"text": words, "level": "2"}}
        for words in ("Vor dem Kauf", "Die Schritte")
    ]
    text = text_of(client, GuidePageFactory(body=headings))

    for anchor, words in (("vor-dem-kauf", "Vor dem Kauf"), ("die-schritte", "Die Schritte")):
        assert f'<a href="#{anchor}">{words}</a>' in text
        assert f'id="{anchor}"' in text


def test_an_imported_guide_says_where_it_comes_from_and_that_a_machine_translated_it(client: Client) -> None:
    facts = {"source": "example/iot 1.md", "licence": "MIT", "is_machine_translated": True}

    german = text_of(client, GuidePageFactory(**facts))
    czech = text_of(client, GuidePageFactory(language="cs", **facts))

    assert "Quelle: example/iot 1.md · Lizenz: MIT · maschinell übersetzt" in german
    assert "Zdroj: example/iot 1.md · Licence: MIT · strojově přeloženo" in czech
    assert "aschinell übersetzt" not in text_of(client, GuidePageFactory())


def test_a_guide_shows_related_guides_next_events_and_people_who_can_help(client: Client) -> None:
    page = GuidePageFactory(topics=["opc-ua"])
    GuidePageFactory(title="Auch über OPC UA", topics=["opc-ua"])
    EventPageFactory(title="Workshop zu OPC UA", topics=["opc-ua"])
    EventPageFactory(title="Vorbei", topics=["opc-ua"], starts_at=timezone.now() - dt.timedelta(days=9))
    MentorPageFactory(person=PersonFactory(name="Jana Horká", topics=["opc-ua"]))
    GuidePageFactory(title="Ganz anderes", topics=["gdpr"], summary="Belege ablegen.", body=[])
    rebuild()

    text = text_of(client, page)

    assert [
        words for words in ("Auch über OPC UA", "Workshop zu OPC UA", "Jana Horká") if words not in text
    ] == []
    assert [words for words in ("Vorbei", "Ganz anderes") if words in text] == []


def test_topics_are_links_to_their_pages_in_the_reader_s_language(client: Client) -> None:
    text = text_of(client, GuidePageFactory(topics=["generative-ai"]))

    assert '<a class="chip" href="/de/wissen/themen/generative-ki/">Generative KI</a>' in text


def test_a_case_study_shows_its_figures_its_company_and_the_side_of_the_border(client: Client) -> None:
    page = CaseStudyPageFactory(
        country="CZ",
        company=CompanyFactory(name="Sklárna s.r.o.", place=place("Liberec")),
        results=[{"type": "result", "value": {"value": "−38 %", "label": "Ausschuss"}}],
    )

    text = text_of(client, page)

    assert "<dt>Ausschuss</dt><dd>−38 %</dd>" in text
    assert "Sklárna s.r.o., " in text
    assert '<span aria-hidden="true">CZ</span><span class="visually-hidden">(Tschechien)</span>' in text


def test_a_news_item_names_its_day_and_author(client: Client) -> None:
    page = NewsPageFactory(published_on=dt.date(2026, 10, 7), author="Eva Malá", language="cs")

    text = text_of(client, page)

    assert "7. října 2026" in text
    assert "Eva Malá" in text


@pytest.fixture
def workshop() -> dict[str, object]:
    """Facts of a workshop in Zwickau in January."""
    return {
        "online": False,
        "place": place("Zwickau"),
        "venue": "Lessingstraße 4",
        "starts_at": dt.datetime(2027, 1, 14, 13, tzinfo=BERLIN),
        "ends_at": dt.datetime(2027, 1, 14, 17, tzinfo=BERLIN),
        "registration_deadline": dt.datetime(2027, 1, 7, 23, 59, tzinfo=BERLIN),
        "seats": 20,
        "spoken_languages": [SpokenLanguage.GERMAN],
        "interpreting": True,
        "institution": OrganisationFactory(website="https://www.bic-zwickau.de"),
    }


def test_an_event_tells_when_where_in_which_languages_and_for_how_many(
    client: Client, workshop, time_machine
) -> None:
    time_machine.move_to("2026-11-23")

    german = text_of(client, EventPageFactory(**workshop))
    czech = text_of(client, EventPageFactory(language="cs", **workshop))

    expected = {
        german: [
            "Donnerstag, 14. Januar 2027, 13:00–17:00 Uhr",
            "Lessingstraße 4, Zwickau",
            "mit Verdolmetschung",
            "<dt>Plätze</dt><dd>20</dd>",
            "7. Januar 2027 23:59",
        ],
        czech: [
            "čtvrtek 14. ledna 2027, 13:00–17:00",
            "s tlumočením",
            "<dt>Počet míst</dt><dd>20</dd>",
            "7. ledna 2027",
        ],
    }
    for text, facts in expected.items():
        assert [words for words in facts if words not in text] == []


def test_who_wants_to_come_learns_how_until_registration_is_built(
    client: Client, workshop, time_machine
) -> None:
    time_machine.move_to("2026-11-23")

    text = text_of(client, EventPageFactory(**workshop))

    assert "Bis dahin nimmt der Veranstalter Ihre Anmeldung gern entgegen." in text
    assert 'href="https://www.bic-zwickau.de"' in text
    assert "In meinen Kalender" in text


def test_an_event_that_is_over_asks_nobody_to_come_but_shows_its_recording(
    client: Client, workshop, time_machine
) -> None:
    time_machine.move_to("2027-03-01")

    text = text_of(client, EventPageFactory(**workshop, recording="https://example.org/video"))

    assert "Die Veranstaltung ist vorbei" in text
    assert "In meinen Kalender" not in text
    assert 'href="https://example.org/video"' in text


def test_an_event_of_several_days_names_both(client: Client, workshop, time_machine) -> None:
    time_machine.move_to("2026-11-23")
    workshop["ends_at"] = dt.datetime(2027, 1, 15, 12, tzinfo=BERLIN)

    assert "14. Januar 2027, 13:00 – 15. Januar 2027, 12:00 Uhr" in text_of(
        client, EventPageFactory(**workshop)
    )


@pytest.mark.parametrize(("language", "url"), [("de", "/de/wissen/"), ("cs", "/cs/znalosti/")])
def test_the_knowledge_base_shows_the_newest_of_each_kind(client: Client, language: str, url: str) -> None:
    for factory in (GuidePageFactory, CaseStudyPageFactory, NewsPageFactory):
        factory(title=f"Neu: {factory.__name__}", language=language)

    text = client.get(url).content.decode()

    assert [
        words for words in ("GuidePage", "CaseStudyPage", "NewsPage") if f"Neu: {words}Factory" not in text
    ] == []


def test_what_people_wrote_stands_before_what_a_machine_translated(client: Client) -> None:
    for number in range(6):
        GuidePageFactory(title=f"Importiert {number}", is_machine_translated=True)
    GuidePageFactory(title="Von uns", published_on=dt.date(2026, 1, 1))

    assert client.get("/de/wissen/").context["guides"][0].title == "Von uns"


def test_a_draft_is_previewed_with_its_own_topics(client: Client) -> None:
    page = GuidePageFactory(topics=["opc-ua"])
    draft = GuidePage.objects.get(pk=page.pk)
    draft.topics.clear()
    draft.save_revision()

    preview = draft.get_latest_revision_as_object()
    text = preview.make_preview_request(preview_mode="").rendered_content

    assert "OPC UA" not in text
    assert "OPC UA" in text_of(client, page)


def test_a_restricted_page_is_not_shown_to_strangers_nor_what_stands_below_it(client: Client) -> None:
    page = GuidePageFactory(title="Nur für Mitglieder")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)

    response = client.get(page.get_url_parts()[2])

    assert response.status_code == 302
    assert "Nur für Mitglieder" not in response.content.decode()
