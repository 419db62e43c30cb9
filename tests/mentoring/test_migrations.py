"""What an update makes of rows that an earlier version wrote."""

from importlib import import_module

import pytest
from django.apps import apps

from mentoring.models import RoundPair
from portal.members.models import Person
from tests.factories.mentoring import about, computed, mentor, round_of
from tests.factories.people import CoordinatorFactory

pytestmark = pytest.mark.django_db

forget_names = import_module("mentoring.migrations.0005_refusals_without_names").forget_names


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
