"""Whoever writes down a person, a company or an event chooses the place from a dialog, by whichever name they know."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from knowledge.models import EventIndexPage
from portal.accounts.models import User
from tests.editorial import member_of
from tests.factories.people import CoordinatorFactory, UserFactory, place

pytestmark = pytest.mark.django_db

DIALOG, LIST, CHOSEN = (
    "/admin/place_chooser/",
    "/admin/place_chooser/results/",
    "/admin/place_chooser/chosen/{}/",
)
#: session, account with its rights and profile, number and page of the places
QUERIES = 10


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.PORTAL_DEMO = True


def sign_in(client: Client, user: User, language: str = "de") -> None:
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)


@pytest.fixture
def coordinator(client: Client) -> None:
    sign_in(client, CoordinatorFactory().user)


def only_the_door() -> User:
    """Somebody who may enter the administration, and nothing else there."""
    group = Group.objects.create(name="Guests")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return member_of("Guests")


def listed(client: Client, **query) -> list[str]:
    """The names in the list."""
    page = client.get(LIST, query).content.decode()
    return [name.strip() for name in re.findall(r"data-chooser-modal-choice[^>]*>([^<]+)<", page)]


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [
        ("de", "usti nad labem", ["Ústí nad Labem"]),
        ("de", "Aussig", ["Ústí nad Labem"]),
        ("de", "drazdany", ["Dresden"]),
        ("cs", "dresden", ["Drážďany"]),
        ("cs", "drazdany", ["Drážďany"]),
        ("cs", "lipova", ["Lipová", "Lipová"]),
    ],
)
def test_a_place_is_found_by_its_names_in_both_languages_and_without_diacritics(
    client: Client, language: str, typed: str, found: list[str]
):
    sign_in(client, CoordinatorFactory().user, language)
    assert listed(client, q=typed) == found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["Ort auswählen", "Name des Ortes", "Weitere Namen", "Landkreis Bautzen", "Insgesamt: "]),
        ("cs", ["Vybrat místo", "Název místa", "Další názvy", "okres Budyšín", "Celkem: "]),
    ],
)
def test_the_dialog_speaks_the_language_of_its_reader(client: Client, language: str, words: list[str]):
    sign_in(client, CoordinatorFactory().user, language)
    dialog = client.get(DIALOG).json()["html"] + client.get(LIST, {"q": "Bautzen"}).content.decode()
    assert [word for word in words if word not in dialog] == []


@pytest.mark.usefixtures("coordinator")
def test_all_places_are_there_on_pages_the_largest_first(client: Client):
    first, second = listed(client), listed(client, p=2)
    assert first[:3] == ["Prag", "Dresden", "Leipzig"]
    assert len({*first, *second}) == 20
    assert client.get(LIST, {"p": "999"}).status_code == 404


@pytest.mark.usefixtures("coordinator")
def test_what_nobody_knows_is_said_so(client: Client):
    assert "qqxxqq" in client.get(LIST, {"q": "qqxxqq"}).content.decode()
    assert listed(client, q="qqxxqq") == []


@pytest.mark.usefixtures("coordinator")
def test_the_form_is_told_the_region_too_for_some_places_are_called_alike(client: Client):
    chosen = place("Lipová")
    result = client.get(CHOSEN.format(chosen.pk)).json()["result"]
    assert result == {
        "id": str(chosen.pk),
        "title": f"Lipová, {chosen.region.name_in('de')}",
        "edit_url": None,
    }


@pytest.mark.usefixtures("coordinator")
def test_there_is_one_place_to_choose_and_none_to_add(client: Client):
    assert "checkbox" not in client.get(DIALOG, {"multiple": "1"}).json()["html"]
    assert client.get(CHOSEN.format(10**9)).status_code == 404
    assert client.get("/admin/place_chooser/create/").status_code == 404


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize("query", [{}, {"q": "Zwickau"}, {"q": "b"}, {"p": 5}])
def test_the_list_costs_few_queries_however_much_it_finds(client: Client, query: dict):
    client.get(LIST, query)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST, query)
    assert len(queries) <= QUERIES


@pytest.mark.parametrize("address", [DIALOG, LIST, CHOSEN])
def test_who_edits_nothing_that_has_a_place_is_refused(client: Client, address: str):
    address = address.format(place("Zwickau").pk)
    sign_in(client, only_the_door())
    assert client.get(address).url == "/admin/"
    assert client.get(address, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    client.force_login(UserFactory())
    assert client.get(address).status_code == 403


def test_editors_choose_the_place_of_an_event_in_the_same_way(client: Client):
    sign_in(client, member_of("Editors"))
    index = EventIndexPage.objects.get(locale__language_code="de")
    form = client.get(f"/admin/pages/add/knowledge/eventpage/{index.pk}/").content.decode()
    assert f'data-chooser-url="{DIALOG}"' in form
    assert client.get(DIALOG).status_code == 200
