"""The directory of mentors and experts as readers see it."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.domain.requests import withdraw
from portal.core.enums import SpokenLanguage
from portal.members.models import Person
from tests.factories.mentoring import sent
from tests.factories.pages import ExpertPageFactory, MentorPageFactory
from tests.factories.people import PersonFactory, place
from tests.queries import statements, writes

pytestmark = pytest.mark.django_db

GERMAN, CZECH = "/de/mentoring/", "/cs/mentoring/"
NAME = re.compile(r'<h3 class="name"><a href="[^"]*">([^<]*)</a>')


def someone(name: str, *topics: str, roles=(MentorPageFactory,), **facts) -> Person:
    """A verified person from Zwickau with pages in both languages."""
    facts = {"place": place("Zwickau"), "languages": [SpokenLanguage.GERMAN], **facts}
    person = PersonFactory(name=name, topics=list(topics), **facts)
    for role in roles:
        german = role(person=person, slug=f"{person.pk}-{role._meta.model.kind}")
        role(person=person, slug=german.slug, language="cs", translation_of=german)
    return person


def listed(client, query: str = "", address: str = GERMAN) -> list[str]:
    response = client.get(address + query)
    assert response.status_code == 200
    return NAME.findall(response.content.decode())


@pytest.fixture
def cast():
    """Four people who differ in everything that the directory asks for."""
    someone("Anna", "nis2-directive", places=0)
    someone("Bert", "opc-ua", online=False)
    someone("Cyril", "nis2-directive", place=place("Liberec"), languages=["cs", "en"])
    someone("Dana", "crm", place=place("Liberec"), languages=["cs", "de"], roles=[ExpertPageFactory])


FOUND = {
    "": ["Bert", "Cyril", "Anna", "Dana"],
    "?topic=nis2-directive": ["Cyril", "Anna"],
    "?topic=sme-cybersecurity": ["Cyril", "Anna"],
    "?topic=nis2-directive&topic=crm": ["Cyril", "Anna", "Dana"],
    "?topic=sme-cybersecurity&topic=ransomware": [],
    "?role=mentor": ["Bert", "Cyril", "Anna"],
    "?role=expert": ["Dana"],
    "?language=cs": ["Cyril", "Dana"],
    "?language=en": ["Cyril"],
    "?country=DE": ["Bert", "Anna"],
    "?region=CZ051": ["Cyril", "Dana"],
    "?online=yes": ["Cyril", "Anna", "Dana"],
    "?free=yes": ["Bert", "Cyril"],
    "?country=CZ&role=mentor": ["Cyril"],
}


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("address", [GERMAN, CZECH])
def test_a_filter_leaves_those_who_fit(client, address):
    assert {query: listed(client, query, address) for query in FOUND} == FOUND


@pytest.mark.usefixtures("cast")
def test_a_choice_shows_how_many_it_would_find(client):
    page = client.get(GERMAN + "?country=CZ").content.decode()
    counts = dict(re.findall(r'value="(\w+)"[^>]*><span>[^<]*</span> <span class="count">(\d+)</span>', page))
    assert {name: counts[name] for name in ("mentor", "expert", "CZ", "DE", "cs")} == {
        "mentor": "1",
        "expert": "1",
        "CZ": "2",
        "DE": "2",
        "cs": "2",
    }
    assert "pl" not in counts


@pytest.mark.usefixtures("cast")
def test_a_chosen_filter_can_be_taken_away_and_the_others_stay(client):
    page = client.get(GERMAN + "?country=CZ&language=en").content.decode()
    assert re.findall(r'class="chip hit" href="([^"]*)"', page)[:2] == ["?country=CZ", "?language=en"]


@pytest.mark.usefixtures("cast")
def test_what_excludes_everybody_is_said_with_what_would_be_found_without_it(client):
    page = client.get(GERMAN + "?topic=nis2-directive&role=expert").content.decode()
    assert "Nichts passt zu allen diesen Filtern." in page
    assert re.findall(r'<a href="([^"]*)">ohne „[^“]*“ <span class="count">(\d)</span>', page) == [
        ("?topic=nis2-directive", "2"),
        ("?role=expert", "1"),
    ]


def test_somebody_who_is_both_stands_there_once_with_both_badges(client):
    someone("Eva", roles=[MentorPageFactory, ExpertPageFactory])
    page = client.get(CZECH).content.decode()
    assert NAME.findall(page) == ["Eva"]
    assert re.findall(r'<span class="chip outline">(\w+)</span>', page) == ["Mentoring", "Odbornost"]


def test_free_places_come_first_then_who_confirmed_last_then_the_name(client):
    today = timezone.localdate()
    someone("A full", places=0, last_confirmed_on=today)
    someone("B long ago", last_confirmed_on=today - dt.timedelta(days=100))
    someone("C today", last_confirmed_on=today)
    someone("D today", last_confirmed_on=today)
    someone("E never")
    assert listed(client) == ["C today", "D today", "B long ago", "E never", "A full"]


def test_whoever_is_not_verified_is_not_listed_and_then_is(client):
    person = someone("Fritz", verified_on=None)
    assert listed(client) == []
    Person.objects.filter(pk=person.pk).update(verified_on=timezone.localdate())
    assert listed(client) == ["Fritz"]


def test_a_draft_is_not_listed(client):
    MentorPageFactory(live=False)
    assert listed(client) == []


def test_a_headline_in_the_other_language_says_so(client):
    MentorPageFactory(language="cs", written_in="de", headline="Leiterin Instandhaltung")
    assert '<p class="meta" lang="de">Leiterin Instandhaltung</p>' in client.get(CZECH).content.decode()
    MentorPageFactory(headline="Werkleiterin")
    assert '<p class="meta">Werkleiterin</p>' in client.get(GERMAN).content.decode()


@pytest.mark.parametrize(
    ("address", "status", "speaks"),
    [
        (GERMAN, "2 freie Plätze", "Deutsch · versteht Tschechisch"),
        (CZECH, "2 volná místa", "německy · rozumí česky"),
    ],
)
def test_a_card_speaks_the_language_of_the_reader(client, address, status, speaks):
    person = someone("Gerda", places=2)
    person.languages.create(language="cs", level=1)
    page = client.get(address).content.decode()
    assert f'<span class="free">{status}</span>' in page
    assert f"<span>{speaks}</span>" in page


@pytest.mark.parametrize(
    ("places", "words"),
    [(1, "1 volné místo"), (4, "4 volná místa"), (5, "5 volných míst"), (0, "Momentálně žádné volné místo")],
)
def test_places_are_counted_as_czechs_count(client, places, words):
    someone("Hana", places=places)
    assert words in client.get(CZECH).content.decode()


def test_a_place_that_an_invitation_holds_is_not_free(client):
    half, full = someone("A half", "nis2-directive", places=2), someone("B full", "nis2-directive", places=1)
    sent(half)
    sent(full)
    page = client.get(GERMAN).content.decode()
    assert re.findall(r'<span class="(free|full)">([^<]*)</span>', page) == [
        ("free", "1 freier Platz"),
        ("full", "Zurzeit kein freier Platz"),
    ]
    assert listed(client, "?free=yes") == ["A half"]


def test_a_place_is_free_again_once_the_request_is_withdrawn(client):
    person = someone("Jan", "nis2-directive", places=1)
    request = sent(person)
    assert listed(client, "?free=yes") == []
    withdraw(request, request.asker)
    assert listed(client, "?free=yes") == ["Jan"]


def test_nobody_can_ask_a_mentor_without_an_account(client):
    someone("Karl", user=None)
    assert listed(client, "?free=yes") == []
    assert "Zurzeit kein freier Platz" in client.get(GERMAN).content.decode()


def test_a_pause_names_its_end(client):
    someone("Ida", paused_until=dt.date(2099, 3, 1))
    assert "Wieder frei ab 1. März 2099" in client.get(GERMAN).content.decode()
    assert "Volné místo od 1. března 2099" in client.get(CZECH).content.decode()


def test_twelve_stand_on_a_page_and_filters_stay_when_turning_it(client):
    for number in range(13):
        someone(f"Person {number:02}")
    assert len(listed(client, "?country=DE")) == 12
    assert listed(client, "?country=DE&page=2") == ["Person 12"]
    assert 'href="?country=DE&amp;page=2"' in client.get(GERMAN + "?country=DE").content.decode()


HOSTILE = [
    "%00",
    "%ED%A0%80",
    '"',
    "a%22b%20(x)%20AND*",
    "9" * 1000,
    "x" * 10_000,
    "../../etc",
    "%F0%9F%98%80",
]


@pytest.mark.usefixtures("cast")
def test_a_filter_that_there_is_not_narrows_nothing(client):
    filters = ["topic", "role", "language", "country", "region", "free", "online", "unknown"]
    for value in HOSTILE:
        query = "&".join(f"{name}={value}" for name in filters)
        assert listed(client, f"?{query}") == ["Bert", "Cyril", "Anna", "Dana"]


@pytest.mark.usefixtures("cast")
def test_a_page_that_there_is_not_is_not_found(client):
    for page in ["0", "-1", "2", "1000000000", "9" * 5000, "x", "%00", "1.5"]:
        assert client.get(f"{GERMAN}?page={page}").status_code == 404


def test_the_queries_do_not_grow_with_the_people_and_none_writes(client):
    counts = []
    for people in (1, 12):
        for number in range(people):
            someone(f"{people} {number}", "crm", "opc-ua", roles=[MentorPageFactory, ExpertPageFactory])
        client.get(GERMAN)
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(client, "?language=de")) == min(people, 12)
        assert writes(statements(queries)) == []
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
