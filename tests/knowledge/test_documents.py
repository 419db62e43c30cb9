"""What can be found of the knowledge base, and what cannot."""

import pytest
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from knowledge.models import CaseStudyPage, EventPage, GuidePage, NewsPage
from search.registry import DocumentData, mappers
from tests.factories.pages import CaseStudyPageFactory, EventPageFactory, GuidePageFactory, NewsPageFactory
from tests.factories.people import CompanyFactory, place

pytestmark = pytest.mark.django_db


def document(page) -> DocumentData | None:
    return mappers[type(page)](page)


def test_every_kind_of_page_can_be_found() -> None:
    assert {GuidePage, CaseStudyPage, NewsPage, EventPage} <= mappers.keys()


def test_a_guide_is_found_by_every_word_of_its_text_and_by_its_topics() -> None:
    body = [
        {"type": "heading", "value": {"text": "Vor dem Kauf", "level": "2"}},
        {"type": "callout", "value": {"style": "tip", "title": "Tipp", "text": "<p>Erst <b>messen</b>.</p>"}},
    ]
    page = GuidePageFactory(
        title="Kabel", summary="Worum es geht.", body=body, topics=["opc-ua"], language="cs"
    )

    with override("de"):
        found = document(page)

    assert found == DocumentData(
        kind="guide",
        object_key=str(page.translation_key),
        locale="cs",
        language="cs",
        url=f"/cs/znalosti/navody/{page.slug}/",
        title="Kabel",
        summary="Worum es geht.",
        text="Vor dem Kauf\nTipp\nErst messen.",
        topics=["opc-ua"],
        level="beginner",
        published_on=page.published_on,
    )


def test_both_languages_of_a_page_are_one_thing_to_the_index() -> None:
    german = GuidePageFactory()
    czech = GuidePageFactory(language="cs", translation_of=german)

    assert document(german).object_key == document(czech).object_key


def test_a_case_study_is_found_by_its_company_and_figures_on_its_side_of_the_border() -> None:
    results = [{"type": "result", "value": {"value": "−38 %", "label": "Ausschuss"}}]
    company = CompanyFactory(name="Sklárna s.r.o.", place=place("Liberec"))

    found = document(CaseStudyPageFactory(company=company, country="CZ", results=results))

    assert found.text.startswith("Sklárna s.r.o.\n−38 % Ausschuss\n")
    assert (found.country, found.region) == ("CZ", company.place.region.code)


def test_a_case_study_without_a_company_still_has_a_country() -> None:
    found = document(CaseStudyPageFactory(country="DE"))

    assert (found.country, found.region) == ("DE", "")


def test_an_event_is_found_by_whatever_people_call_its_place() -> None:
    page = EventPageFactory(place=place("Ústí nad Labem"), venue="Rathaus", language="de")

    found = document(page)

    assert found.text.split("\n")[:3] == ["Rathaus", "Ústí nad Labem", "Aussig"]
    assert (found.starts_at, found.published_on, found.country) == (page.starts_at, None, "CZ")


def test_drafts_and_restricted_pages_cannot_be_found() -> None:
    hidden = NewsPageFactory()
    PageViewRestriction.objects.create(page=hidden.get_parent(), restriction_type=PageViewRestriction.LOGIN)

    assert document(NewsPageFactory(live=False)) is None
    assert document(NewsPage.objects.get(pk=hidden.pk)) is None
    assert document(GuidePageFactory()) is not None
