"""What search finds of people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.members.models import Person
from search.models import IndexJob
from search.registry import available, dependants, mappers
from tests.factories.mentoring import mentor, sent
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
    assert (found.url, found.object_key) == (page.url, str(person.pk))
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


# free places


def free(*keys):
    return available["mentor"](keys or None)


def key_of(person):
    return document(person.mentorpages.get()).object_key


def test_a_mentor_with_a_free_place_is_named_by_the_key_that_search_knows():
    anna, bert = mentor("Anna"), mentor("Bert", places=0)
    assert free() == {key_of(anna)}
    assert (free(key_of(anna), key_of(bert)), free(key_of(bert))) == ({key_of(anna)}, set())


def test_a_place_is_free_until_somebody_holds_it(client):
    anna = mentor("Anna", places=1)
    sent(anna)
    assert free() == set()


@pytest.mark.parametrize(
    "facts",
    [
        {"paused_until": timezone.localdate() + timedelta(days=3)},
        {"user": None},
        {"verified_on": None},
        {"places": 0},
    ],
)
def test_who_cannot_be_asked_has_no_free_place(facts):
    anna = mentor("Anna")
    assert free() == {key_of(anna)}
    Person.objects.update(**facts)
    assert free() == set()


def test_a_profile_that_is_not_published_and_an_expert_have_no_free_place(person):
    ExpertPageFactory(person=person)
    MentorPageFactory(person=person, slug="draft", live=False)
    assert free() == set()


def test_both_languages_of_a_mentor_are_one_and_one_query_asks_for_all(person, django_assert_num_queries):
    german = MentorPageFactory(person=person)
    MentorPageFactory(person=person, language="cs", translation_of=german)
    with django_assert_num_queries(1):
        assert free(str(person.pk), "no key at all") == {str(person.pk)}
