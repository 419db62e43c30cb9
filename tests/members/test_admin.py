"""What coordinators see and do in the admin."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import override

from mentoring.enums import RequestState
from portal.accounts.models import User
from portal.members.models import Company, Coordinator, Membership, Person
from portal.topics.models import Sector
from tests.factories.mentoring import mentor, sent
from tests.factories.people import (
    CompanyFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    UserFactory,
    known_topics,
    place,
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
def test_the_list_of_memberships_speaks_the_readers_language(client):
    MembershipFactory()
    page = client.get("/admin/membership/")
    labels = [str(column.label) for column in page.context["table"].columns.values()]
    assert labels == ["Konto", "Unternehmen", "Wartet seit", "Bestätigt am"]
    assert "Insgesamt: 1" in page.content.decode()


@pytest.mark.parametrize(("kind", "called"), [(Company, "název"), (Person, "jméno"), (User, "jméno")])
def test_czech_has_one_word_for_the_name_of_a_company_and_another_for_that_of_a_person(kind, called):
    with override("cs"):
        assert kind._meta.get_field("name").verbose_name == called


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
@pytest.mark.parametrize("kind", ["person", "company"])
def test_the_chosen_place_stays_when_something_else_is_wrong(client, kind):
    chosen = place("Plzeň")
    page = client.post(f"/admin/{kind}/new/", {"name": "", "place": chosen.pk}).content.decode()
    assert re.search(rf'<input type="hidden" name="place" value="{chosen.pk}"', page)
    assert "Pilsen, Region Pilsen" in page


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize(
    ("sent_place", "sentence"),
    [("", "Dieses Feld muss ausgefüllt werden."), ("883x", "Bitte eine gültige Auswahl treffen.")],
)
def test_without_a_place_the_form_asks_for_one(client, sent_place, sentence):
    page = client.post("/admin/company/new/", {"name": "Weber GmbH", "place": sent_place})
    assert sentence in str(page.context["form"].errors["place"])
    assert "Ort auswählen" in page.content.decode()


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("kind", ["person", "company"])
def test_the_form_is_light_for_nobody_scrolls_through_all_places(client, kind, django_assert_max_num_queries):
    row = {"person": PersonFactory, "company": CompanyFactory}[kind](place=place("Plzeň"))
    for address in (f"/admin/{kind}/new/", f"/admin/{kind}/edit/{row.pk}/"):
        client.get(address)
        with django_assert_max_num_queries(30):
            page = client.get(address).content.decode()
        assert page.count("<option") < 60
        assert 'data-chooser-url="/admin/place_chooser/"' in page


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


@pytest.mark.usefixtures("ours")
def test_what_waits_stands_first_the_longest_first(client):
    now = timezone.now()
    CompanyFactory(name="Alpha verified")
    CompanyFactory(name="Beta waits", verified_on=None, created_at=now)
    CompanyFactory(name="Gamma waits longer", verified_on=None, created_at=now - dt.timedelta(days=3))
    listed = [row.name for row in client.get("/admin/company/").context["object_list"]]
    assert listed == ["Gamma waits longer", "Beta waits", "Alpha verified"]
    by_name = client.get("/admin/company/?ordering=name").context["object_list"]
    assert [row.name for row in by_name] == ["Alpha verified", "Beta waits", "Gamma waits longer"]


@pytest.mark.parametrize("kind", ["person", "company", "membership"])
@pytest.mark.usefixtures("ours")
def test_the_list_can_be_narrowed_to_what_waits(client, kind):
    factory, decided = {
        "person": (PersonFactory, "verified_on"),
        "company": (CompanyFactory, "verified_on"),
        "membership": (MembershipFactory, "confirmed_on"),
    }[kind]
    settled, waits = factory(), factory(**{decided: None})

    def listed(query: str) -> set[int]:
        return {row.pk for row in client.get(f"/admin/{kind}/{query}").context["object_list"]}

    assert listed("?state=waiting") == {waits.pk}
    assert settled.pk in listed("?state=decided")
    assert waits.pk not in listed("?state=decided")
    assert listed("") >= {settled.pk, waits.pk}


@pytest.mark.usefixtures("ours")
def test_a_company_without_sector_or_topics_is_listed_and_verified(client):
    company = CompanyFactory(sector=None, languages=[], verified_on=None)
    assert client.get("/admin/company/").status_code == 200
    client.post(f"/admin/company/decide/{company.pk}/")
    company.refresh_from_db()
    assert company.verified_on is not None


@pytest.mark.parametrize(
    ("changes", "is_passed_on"),
    [
        ({}, False),
        ({"paused_until": "2099-01-01"}, True),
        ({"places": 0}, True),
        ({"employer": "Elsewhere"}, False),
    ],
)
def test_pausing_a_mentor_here_passes_open_requests_on(client, ours, changes, is_passed_on):
    person = mentor(topics=["nis2-directive"])
    request = sent(person)
    assert request.state == RequestState.OFFERED
    response = client.post(f"/admin/person/edit/{person.pk}/", facts(person, user=person.user_id, **changes))
    assert response.status_code == 302
    request.refresh_from_db()
    assert request.state == (RequestState.MATCHING if is_passed_on else RequestState.OFFERED)


def test_withdrawing_a_verification_here_passes_open_requests_on(client, ours):
    person = mentor()
    request = sent(person)
    client.post(f"/admin/person/decide/{person.pk}/")
    request.refresh_from_db()
    assert request.state == RequestState.MATCHING


def test_account_telephone_and_exclusions_of_a_person_are_written_down(client, ours):
    person, company, account = PersonFactory(user=None), CompanyFactory(), UserFactory()
    sent_facts = facts(person, user=account.pk, phone="+49 375 1234", excluded_companies=[company.pk])
    client.post(f"/admin/person/edit/{person.pk}/", sent_facts)
    person.refresh_from_db()
    assert (person.user, person.phone) == (account, "+49 375 1234")
    assert list(person.excluded_companies.all()) == [company]


def test_the_desk_of_a_partner_has_an_address(client):
    client.force_login(UserFactory(is_superuser=True))
    partner = OrganisationFactory()
    page = client.get(f"/admin/organisation/edit/{partner.pk}/").content.decode()
    assert 'name="email"' in page
