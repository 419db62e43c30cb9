"""What search finds of people."""

import pytest

from portal.members.models import Person
from search.models import IndexJob
from search.registry import dependants, mappers
from tests.factories.pages import ExpertPageFactory, MentorPageFactory
from tests.factories.people import PersonFactory, place

pytestmark = pytest.mark.django_db


def document(page):
    return mappers[type(page)](page)


@pytest.fixture
def person():
    return PersonFactory(
        name="Petra Nováková", title="Ing.", place=place("Liberec"), topics=["opc-ua", "crm"]
    )


def test_a_person_is_found_by_their_words_and_their_facts(person):
    page = ExpertPageFactory(
        person=person, headline="Automatisierung", services="Gutachten", equipment="Messwagen"
    )
    found = document(page)
    assert (found.kind, found.title, found.summary) == ("expert", "Ing. Petra Nováková", "Automatisierung")
    assert (found.topics, found.region, found.country) == (["crm", "opc-ua"], "CZ051", "CZ")
    assert (found.url, found.object_key) == (page.url, str(page.translation_key))
    assert [word in found.text for word in ("Gutachten", "Messwagen", "Liberec")] == [True, True, True]


def test_a_page_that_is_not_translated_stands_in_its_tree_with_the_language_of_its_words(person):
    found = document(MentorPageFactory(person=person, language="cs", written_in="de"))
    assert (found.locale, found.language) == ("cs", "de")


def test_the_pages_of_one_person_in_two_languages_are_one_thing(person):
    german = MentorPageFactory(person=person)
    czech = MentorPageFactory(person=person, language="cs", translation_of=german)
    assert document(german).object_key == document(czech).object_key


def test_a_draft_and_somebody_who_is_not_verified_are_not_found(person):
    page = MentorPageFactory(person=person)
    assert document(page) is not None
    assert document(MentorPageFactory(person=person, slug="draft", live=False)) is None
    Person.objects.update(verified_on=None)
    page.refresh_from_db()
    assert document(type(page).objects.get(pk=page.pk)) is None


def test_a_change_of_facts_asks_to_read_the_person_and_so_their_pages_again(person):
    mentor, expert = MentorPageFactory(person=person), ExpertPageFactory(person=person, slug="expert")
    IndexJob.objects.all().delete()
    person.save()
    assert [job.source for job in IndexJob.objects.all()] == [f"members.person:{person.pk}"]
    assert list(dependants[Person](person)) == [mentor, expert]
