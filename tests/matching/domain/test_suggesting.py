"""Which topics a text is about, by its words and by what people gave to similar pages."""

import pytest

from matching.domain.suggesting import suggested_topics
from search.domain.indexing import rebuild
from tests.factories.pages import GuidePageFactory

pytestmark = pytest.mark.django_db

TEXT = "Unsere Fräsmaschinen stehen oft still, und niemand weiß warum."


@pytest.fixture
def similar():
    page = GuidePageFactory(title="Fräsmaschinen, die oft stillstehen", topics=["predictive-maintenance"])
    GuidePageFactory(title="Rechnungen schreiben", topics=["e-invoicing"])
    rebuild()
    return page


def slugs(text: str, **options) -> list[str]:
    return [topic.slug for topic in suggested_topics(text, "de", **options)]


def test_what_no_label_names_is_told_by_similar_pages(similar):
    assert slugs(TEXT) == ["predictive-maintenance"]
    assert slugs(TEXT, without=[similar.pk]) == []


def test_what_both_say_is_surest(similar):
    assert slugs(f"{TEXT} Vorausschauende Wartung wäre gut, OPC UA auch.")[0] == "predictive-maintenance"


def test_a_text_that_says_nothing_has_no_topics(similar):
    assert slugs("") == slugs("   ") == []
