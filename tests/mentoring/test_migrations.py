"""What an update makes of rows that an earlier version wrote."""

from importlib import import_module

import pytest
from django.apps import apps

from mentoring.models import RoundPair
from portal.members.models import Person
from search.domain.indexing import drain, rebuild, touch
from search.models import IndexJob, SearchDocument
from tests.factories.mentoring import about, computed, mentor, round_of
from tests.factories.pages import ExpertPageFactory, MentorPageFactory
from tests.factories.people import CoordinatorFactory
from tests.search.library import document, index

pytestmark = pytest.mark.django_db

forget_names = import_module("mentoring.migrations.0005_refusals_without_names").forget_names
read_again = import_module("mentoring.migrations.0006_profiles_by_person").read_again


@pytest.fixture
def pair() -> RoundPair:
    """A pair of a round, whose mentor is called otherwise by now."""
    desk = CoordinatorFactory().user
    person = mentor("Petra Nováková", topics=["opc-ua"])
    row = computed(round_of(desk, [about("opc-ua")], [person]))
    Person.objects.filter(pk=person.pk).update(name="Person 4711", title="")
    return row.pairs.get()


@pytest.mark.parametrize(
    ("kept", "reads"),
    [
        ("Derzeit kein freier Platz: Ing. Petra Nováková", "Derzeit kein freier Platz: Person 4711"),
        ("Nimmt derzeit keine Anfragen an: {mentor}", "Nimmt derzeit keine Anfragen an: Person 4711"),
        ("Firma tuto žádost stáhla.", "Firma tuto žádost stáhla."),
        ("", ""),
    ],
)
def test_an_old_refusal_names_the_mentor_as_he_or_she_is_called_now(pair, kept, reads):
    RoundPair.objects.update(refusal=kept)
    forget_names(apps, None)
    pair.refresh_from_db()
    assert pair.refusal_sentence == reads
    assert "Nováková" not in pair.refusal


def test_profiles_that_the_index_knew_by_their_pages_are_read_again():
    mentors, experts = MentorPageFactory(), ExpertPageFactory()
    rebuild()
    index(document("Ein Leitfaden"))
    SearchDocument.objects.filter(kind__in=["mentor", "expert"]).update(object_key="5f0b-former")
    IndexJob.objects.all().delete()
    touch(mentors)  # waits already, for another reason
    read_again(apps, None)
    assert drain() == 2
    keys = SearchDocument.objects.exclude(kind="guide").values_list("object_key", flat=True)
    assert set(keys) == {str(mentors.person_id), str(experts.person_id)}
