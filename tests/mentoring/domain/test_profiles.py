"""Profiles for cards: read with SQL of our own, they hold what the rows of Person, Place and PortalImage hold."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.images.tests.utils import get_test_image_file

from mentoring.domain.profiles import Profiles
from mentoring.models import MentorPage
from portal.core.models import PortalImage
from portal.members.enums import MentoringFormat
from portal.members.models import Person
from tests.factories.mentoring import mentor, sent
from tests.factories.pages import ExpertPageFactory
from tests.factories.people import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> PortalImage:
    return PortalImage.objects.create(
        title="Petra", file=get_test_image_file(), credit="Petra", licence="CC0"
    )


def test_a_profile_holds_the_facts_as_the_row_does(picture):
    facts = {
        "title": "Dr.",
        "place": place("Zwickau"),
        "paused_until": dt.date(2027, 1, 7),
        "online": False,
        "on_site_radius": 30,
        "formats": [MentoringFormat.TANDEM.value],
        "photo": picture,
        "places": 3,
    }
    person = mentor("Petra Nováková", **facts)
    found = Profiles().profiles([person.pk], "de")[person.pk].person
    assert found == person
    assert {name: getattr(found, name) for name in facts} == facts
    assert (found.full_name, found.initials, found.country) == ("Dr. Petra Nováková", "PN", "DE")
    assert (found.place.latitude, found.place.longitude) == (person.place.latitude, person.place.longitude)
    with translation.override("cs"):
        assert found.place.label == person.place.label


def test_places_that_invitations_hold_are_counted():
    person = mentor(places=3)
    sent(person)
    profile = Profiles().profiles([person.pk], "de")[person.pk]
    assert (profile.taken, profile.free_places) == (1, 2)


def test_whoever_is_not_verified_or_has_no_page_in_that_tree_is_left_out():
    shown, hidden = mentor("shown"), mentor("not verified", verified_on=None)
    assert list(Profiles().profiles([shown.pk, hidden.pk], "de")) == [shown.pk]
    assert Profiles().profiles([shown.pk, hidden.pk], "cs") == {}
    assert Profiles().profiles([hidden.pk], "de") == {}


def test_who_is_both_is_shown_as_a_mentor_and_said_to_be_both():
    person = mentor("Petra Nováková")
    MentorPage.objects.filter(person=person).update(headline="as a mentor")
    ExpertPageFactory(person=person, slug="expert", headline="as an expert")
    profile = Profiles().profiles([person.pk], "de")[person.pk]
    assert (profile.headline, profile.is_mentor, profile.is_expert) == ("as a mentor", True, True)


@pytest.mark.django_db(transaction=True)
def test_whether_anything_has_changed_is_asked_once_for_facts_and_profiles(django_assert_num_queries):
    person = mentor("Petra Nováková")
    Profiles().profiles([person.pk], "de")
    Person.objects.update(places=3)
    with django_assert_num_queries(2):
        assert Profiles().profiles([person.pk], "de")[person.pk].person.places == 3


def test_as_many_queries_for_one_face_as_for_five(picture):
    keys = [mentor(f"mentor {number}").pk for number in range(5)]
    Person.objects.update(photo=picture)
    Profiles().profiles(keys, "de")  # what a process reads once
    counts = []
    for asked in (keys[:1], keys):
        with CaptureQueriesContext(connection) as queries:
            found = Profiles().profiles(asked, "de")
            assert {profile.person.photo.title for profile in found.values()} == {"Petra"}
        counts.append(len(queries))
    assert counts == [2, 2]
