"""What the score knows of people is what the database says at that moment, though a process reads it only after a change."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from matching.domain.candidate_facts import candidates
from portal.members.enums import LanguageLevel, MentoringFormat
from portal.members.models import Person, PersonLanguage
from tests.factories.mentoring import mentor, sent
from tests.factories.pages import ExpertPageFactory
from tests.factories.people import CompanyFactory, PersonFactory

# Within a transaction, as other tests are, nothing is kept.
pytestmark = pytest.mark.django_db(transaction=True)


def free_places(person: Person) -> int:
    return candidates("de", [person.pk])[person.pk].free_places


def test_everything_that_counts_is_read():
    company, barred = CompanyFactory(), CompanyFactory()
    person = mentor("Adam", company=company, formats=[MentoringFormat.TANDEM], places=2, on_site_radius=30)
    person.excluded_companies.add(barred)
    PersonLanguage.objects.filter(person=person).delete()
    PersonLanguage.objects.create(person=person, language="cs", level=LanguageLevel.WORKS_IN)
    (someone,) = candidates("de", [person.pk]).values()
    assert (someone.company, someone.barred) == (company.pk, {barred.pk})
    assert (someone.formats, someone.languages) == ({MentoringFormat.TANDEM}, {"cs": LanguageLevel.WORKS_IN})
    assert (someone.free_places, someone.radius_km, someone.online) == (2, 30, True)
    assert (someone.latitude, someone.longitude) == (person.place.latitude, person.place.longitude)


def test_experts_have_no_places_and_whoever_has_no_page_is_not_there():
    expert = ExpertPageFactory(person=PersonFactory(places=3), slug="expert").person
    hidden = PersonFactory()
    (someone,) = candidates("de", [expert.pk, hidden.pk]).values()
    assert (someone.key, someone.is_mentor, someone.free_places) == (expert.pk, False, 0)


def test_as_long_as_nothing_changes_only_others_are_read(django_assert_num_queries):
    one, other, hidden = mentor("one"), mentor("other"), PersonFactory()
    candidates("de", [one.pk, hidden.pk])
    with django_assert_num_queries(1):
        assert list(candidates("de", [one.pk, hidden.pk])) == [one.pk]
    with django_assert_num_queries(2):
        assert list(candidates("de", [one.pk, other.pk])) == [one.pk, other.pk]


def test_a_place_that_was_just_taken_and_a_pause_that_was_just_begun_count_at_once():
    person = mentor("Adam", places=2)
    assert free_places(person) == 2
    sent(person)
    assert free_places(person) == 1
    Person.objects.filter(pk=person.pk).update(paused_until=timezone.localdate() + timedelta(days=1))
    assert free_places(person) == 0


def test_a_pause_is_over_on_its_last_day_though_nothing_was_written():
    tomorrow = timezone.localtime() + timedelta(days=1)
    person = mentor("Adam", places=2, paused_until=tomorrow.date())
    assert free_places(person) == 0
    with time_machine.travel(tomorrow):
        assert free_places(person) == 2
