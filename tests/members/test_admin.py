"""What coordinators see and do in the admin."""

import re

import pytest
from django.contrib.auth.models import Group

from portal.members.models import Company, Coordinator, Membership, Person
from portal.topics.models import Sector
from tests.factories.people import (
    CompanyFactory,
    OrganisationFactory,
    PersonFactory,
    UserFactory,
    known_topics,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.PORTAL_DEMO = True


def signed_in(client, **partner):
    user = UserFactory(language="de")
    user.groups.add(Group.objects.get(name="Coordinators"))
    Coordinator.objects.create(user=user, organisation=OrganisationFactory(**partner))
    client.force_login(user)
    return user


@pytest.fixture
def ours(client):
    """The client is signed in as a coordinator of the partner that the rows of the factories belong to."""
    return signed_in(client)


@pytest.fixture
def theirs(client):
    return signed_in(client, slug="icuk", short_name="ICUK")


def facts(person: Person, **changes) -> dict:
    """What the form sends for `person`."""
    return {
        "name": person.name,
        "title": person.title,
        "employer": person.employer,
        "place": person.place_id,
        "home_partner": person.home_partner_id,
        "topics": ", ".join(topic.label_in("de") for topic in person.topics.all()),
        "works_in": ["cs"],
        "on_site_radius": 0,
        "places": person.places,
        **changes,
    }


@pytest.mark.usefixtures("ours")
def test_the_list_shows_the_rows_of_the_own_partner_only(client):
    PersonFactory(name="Ours")
    PersonFactory(name="Theirs", home_partner=OrganisationFactory(slug="icuk", short_name="ICUK"))
    page = client.get("/admin/person/").content.decode()
    assert ("Ours" in page, "Theirs" in page) == (True, False)


@pytest.mark.parametrize("view", ["edit", "decide", "history", "usage"])
@pytest.mark.parametrize("kind", ["person", "company", "membership"])
def test_a_row_of_another_partner_is_not_found(client, view, kind, request):
    row = {
        "person": PersonFactory,
        "company": CompanyFactory,
        "membership": lambda: Membership.objects.create(user=UserFactory(), company=CompanyFactory()),
    }[kind]()
    address = f"/admin/{kind}/{view}/{row.pk}/"
    request.getfixturevalue("theirs")
    assert client.get(address, follow=True).status_code == 404
    assert client.post(address, follow=True).status_code == 404
    request.getfixturevalue("ours")
    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("ours")
def test_coordinators_delete_nobody(client):
    person = PersonFactory()
    client.post(f"/admin/person/delete/{person.pk}/")
    assert Person.objects.filter(pk=person.pk).exists()


def test_a_person_is_written_down_with_languages_topics_and_sectors(client, ours):
    template = PersonFactory()
    sector = Sector.objects.get(code="C")
    sent = facts(
        template,
        name="Neue Person",
        topics="OPC UA",
        works_in=["de", "cs"],
        understands=["cs", "pl"],
        sectors=[sector.pk],
        formats=["months", "office_hour"],
    )
    response = client.post("/admin/person/new/", sent)
    assert response.status_code == 302
    person = Person.objects.get(name="Neue Person")
    assert {row.language: row.level for row in person.languages.all()} == {"de": 2, "cs": 2, "pl": 1}
    assert list(person.topics.all()) == known_topics(["opc-ua"])
    assert list(person.sectors.all()) == [sector]
    assert person.formats == ["office_hour", "months"]
    assert person.verified_on is None


@pytest.mark.usefixtures("ours")
def test_a_new_person_is_offered_to_the_own_partner(client):
    page = client.get("/admin/person/new/").content.decode()
    choices = re.search(r'<select name="home_partner".*?</select>', page, re.DOTALL)[0]
    assert re.search(r"selected>\s*BIC Zwickau", choices)


@pytest.mark.usefixtures("ours")
def test_what_was_typed_stays_and_the_error_speaks_the_readers_language(client):
    person = PersonFactory()
    sent = facts(person, name="Neuer Name", works_in=[], topics="Wurstsalat")
    page = client.post(f"/admin/person/edit/{person.pk}/", sent).content.decode()
    assert "Wählen Sie mindestens eine Sprache." in page
    assert 'value="Neuer Name"' in page
    assert "Wurstsalat" in page
    person.refresh_from_db()
    assert person.name != "Neuer Name"


@pytest.mark.usefixtures("ours")
def test_looking_at_the_question_decides_nothing_and_answering_it_does(client):
    person = PersonFactory(verified_on=None)
    address = f"/admin/person/decide/{person.pk}/"
    assert "Stehen Sie dafür ein" in client.get(address).content.decode()
    person.refresh_from_db()
    assert person.verified_on is None

    assert "ist geprüft." in client.post(address, follow=True).content.decode()
    person.refresh_from_db()
    assert person.verified_on is not None

    client.post(address)
    person.refresh_from_db()
    assert person.verified_on is None


@pytest.mark.usefixtures("ours")
def test_the_form_leads_to_the_decision_and_cannot_take_it(client):
    company = CompanyFactory(verified_on=None)
    page = client.get(f"/admin/company/edit/{company.pk}/").content.decode()
    assert f'href="/admin/company/decide/{company.pk}/"' in page
    assert "verified_on" not in page
    assert "verified_by" not in page


def test_a_membership_is_confirmed_once(client, ours):
    membership = Membership.objects.create(user=UserFactory(), company=CompanyFactory())
    address = f"/admin/membership/decide/{membership.pk}/"
    client.post(address)
    membership.refresh_from_db()
    assert membership.confirmed_by == ours
    assert 'type="submit"' not in client.get(address).content.decode().split("<main")[1]


def test_partners_and_coordinators_are_the_administrators(client, ours):
    assert client.get("/admin/coordinator/").status_code == 302
    assert client.post("/admin/organisation/new/", {}).status_code == 302
    client.force_login(UserFactory(is_superuser=True))
    assert client.get("/admin/coordinator/").status_code == 200
    assert client.get("/admin/organisation/new/").status_code == 200


@pytest.mark.parametrize("kind", [Person, Company])
def test_the_list_does_not_ask_for_each_row(client, kind, django_assert_max_num_queries):
    client.force_login(UserFactory(is_superuser=True))
    factory = {Person: PersonFactory, Company: CompanyFactory}[kind]
    for _number in range(8):
        factory()
    address = f"/admin/{kind._meta.model_name}/"
    client.get(address)
    with django_assert_max_num_queries(16):
        client.get(address)
