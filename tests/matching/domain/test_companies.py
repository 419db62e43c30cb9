"""Companies across the border that do similar things."""

import pytest

from matching.domain.companies import companies_like, companies_with_topic
from portal.topics.models import Topic
from tests.factories.pages import CompanyPageFactory
from tests.factories.people import CompanyFactory, place

pytestmark = pytest.mark.django_db


def firm(name: str, town: str, *topics: str, **facts) -> CompanyPageFactory:
    company = CompanyFactory(name=name, place=place(town), topics=list(topics), **facts)
    return CompanyPageFactory(company=company)


@pytest.fixture
def saxon():
    return firm("Sachse", "Zwickau", "opc-ua", "crm")


def like(page) -> list[str]:
    return [found.company.name for found in companies_like(page.company, "de", limit=3)]


def test_they_stand_on_the_other_side_and_share_topics(saxon):
    firm("shares one", "Liberec", "crm")
    firm("shares both", "Liberec", "opc-ua", "crm")
    firm("shares none", "Liberec", "e-invoicing")
    firm("same side", "Dresden", "opc-ua", "crm")
    assert like(saxon) == ["shares both", "shares one"]


def test_a_company_that_is_not_verified_or_has_no_page_is_not_shown(saxon):
    firm("not verified", "Liberec", "opc-ua", verified_on=None)
    CompanyFactory(name="no page", place=place("Liberec"), topics=["opc-ua"])
    assert like(saxon) == []


def test_companies_of_a_topic_include_those_of_the_narrower_ones(saxon):
    broader = Topic.objects.get(slug="opc-ua").broader.slug
    firm("Other", "Liberec", "e-invoicing")
    assert [page.company.name for page in companies_with_topic(broader, "de", limit=6)] == ["Sachse"]


def test_the_queries_do_not_grow_with_the_companies(saxon, django_assert_max_num_queries):
    for number in range(10):
        firm(f"firm {number}", "Liberec", "opc-ua")
    with django_assert_max_num_queries(6):
        like(saxon)
