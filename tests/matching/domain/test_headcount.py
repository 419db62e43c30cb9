"""How many fit is counted among the same people as the list is made of."""

import pytest

from matching.domain.needs import NeedFacts
from matching.domain.people import Question
from tests.factories.mentoring import mentor
from tests.factories.pages import ExpertPageFactory, MentorPageFactory
from tests.factories.people import CompanyFactory, PersonFactory, known_topics

pytestmark = pytest.mark.django_db


def test_who_must_not_be_shown_is_neither_listed_nor_counted():
    company = CompanyFactory()
    mentor("shown")
    excluded = mentor("excluded by the asker")
    mentor("works there", company=company)
    mentor("a competitor's friend").excluded_companies.add(company)
    topics = [topic.pk for topic in known_topics(["nis2-directive"])]

    def listed_and_counted(**facts) -> tuple[int, int]:
        question = Question(NeedFacts(topics=topics, language="de", **facts), "de")
        return len(question.best(10)), question.fitting().count

    assert listed_and_counted() == (4, 4)
    assert listed_and_counted(excluded=[excluded.pk]) == (3, 3)
    assert listed_and_counted(excluded=[excluded.pk], company=company.pk) == (1, 1)


def test_only_who_has_a_public_page_as_a_mentor_is_listed_or_counted():
    mentor("shown")
    MentorPageFactory(person=PersonFactory(name="not published", topics=["nis2-directive"]), live=False)
    ExpertPageFactory(person=PersonFactory(name="an expert only", topics=["nis2-directive"]))
    PersonFactory(name="without a page", topics=["nis2-directive"])
    topics = [topic.pk for topic in known_topics(["nis2-directive"])]
    question = Question(NeedFacts(topics=topics, language="de"), "de")
    assert [helper.profile.person.name for helper in question.best(10)] == ["shown"]
    assert question.fitting().count == 1
