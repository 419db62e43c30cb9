"""Who fits a need: the list is the one that the formula would make of everybody, without those who must not be shown."""

import datetime as dt
import random
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.domain.asked import read_need
from matching.domain.candidate_facts import candidates
from matching.domain.candidates import people
from matching.domain.needs import NeedFacts
from matching.domain.people import who_can_help_with
from matching.domain.scoring import Candidate, rank, score
from matching.domain.shortlist import shortlist
from portal.members.enums import LanguageLevel, Meeting, MentoringFormat
from portal.members.models import Person, PersonLanguage
from portal.topics.models import Place, Topic
from search.domain.indexing import rebuild
from search.models import SearchDocument
from tests.factories.mentoring import mentor, sent
from tests.factories.pages import ExpertPageFactory
from tests.factories.people import CompanyFactory, PersonFactory, known_topics, place

pytestmark = pytest.mark.django_db

TOPICS = ["nis2-directive", "sme-cybersecurity", "opc-ua", "crm", "ransomware"]


def asking(*topics: str, **facts) -> NeedFacts:
    return NeedFacts(
        **{"topics": [topic.pk for topic in known_topics(list(topics))], "language": "de", **facts}
    )


def names(need: NeedFacts, limit: int = 10, **options) -> list[str]:
    return [helper.profile.person.name for helper in who_can_help_with(need, "de", limit, **options)[0]]


def crowd(size: int) -> None:
    """Mentors who differ in everything that counts, some of them exactly alike."""
    chance = random.Random(7)
    places = list(Place.objects.order_by("pk")[:40])
    for number in range(size):
        person = mentor(
            f"mentor {number}",
            topics=chance.sample(TOPICS, chance.randint(1, 3)),
            place=chance.choice(places),
            places=chance.randint(0, 3),
            paused_until=chance.choice(
                [None, None, timezone.localdate() + dt.timedelta(days=chance.randint(-1, 1))]
            ),
            online=chance.random() < 0.7,
            on_site_radius=chance.choice([0, 20, 80]),
            formats=chance.sample(MentoringFormat.values, 2),
        )
        PersonLanguage.objects.filter(person=person).delete()
        for language in chance.sample(["de", "cs", "en"], 2):
            PersonLanguage.objects.create(
                person=person, language=language, level=chance.choice(LanguageLevel.values)
            )


def candidate(person: Person, text: float) -> Candidate:
    profile = people().profiles([person.pk], "de")[person.pk]
    return Candidate(
        key=person.pk,
        topics=frozenset(person.topics.values_list("pk", flat=True)),
        text=text,
        languages=dict(person.languages.values_list("language", "level")),
        free_places=profile.free_places,
        country=person.country,
        latitude=person.place.latitude,
        longitude=person.place.longitude,
        online=person.online,
        radius_km=person.on_site_radius,
        formats=frozenset(person.formats),
    )


@pytest.fixture
def few_are_measured_first(monkeypatch):
    """So that of these few, too, some are left out unseen."""
    monkeypatch.setattr("matching.domain.shortlist.FIRST", 0)


@pytest.mark.usefixtures("few_are_measured_first")
def test_the_list_is_what_the_formula_makes_of_everybody():
    """However few are wanted of the many, and however they should meet and talk."""
    crowd(40)
    asker = place("Zwickau")
    texts = {person.pk: share / 10 for share, person in enumerate(Person.objects.order_by("-pk")[:8])}
    candidates = [candidate(person, texts.get(person.pk, 0.0)) for person in Person.objects.all()]
    for meeting, interpreting, limit in product(Meeting.values, (True, False), (1, 3, 10)):
        facts = asking(
            "nis2-directive",
            "opc-ua",
            meeting=meeting,
            interpreting=interpreting,
            spoken=["de", "en"],
            country=asker.country,
            latitude=asker.latitude,
            longitude=asker.longitude,
            format=MentoringFormat.TANDEM,
            seed="a need",
        )
        need, _vocabulary, carriers = read_need(facts, facts.topics, "de", Person)
        by_formula = rank(need, candidates, limit)
        best = shortlist(need, carriers, texts, "de", limit, mentors_only=True)
        assert [someone.key for someone in best] == [someone.key for someone, _score in by_formula]
        assert [score(need, someone) for someone in best] == [parts for _someone, parts in by_formula]


def wise_and_fitting() -> NeedFacts:
    """A need, some who know all of it and fit in nothing else, and one who knows less and fits in everything."""
    for number in range(6):
        wise = mentor(
            f"wise {number}",
            topics=["nis2-directive", "opc-ua", "crm"],
            place=place("Zwickau"),
            places=0,
            online=False,
            formats=[],
        )
        PersonLanguage.objects.filter(person=wise).delete()
    there = place("Liberec")
    fits = mentor("fits", topics=["nis2-directive", "opc-ua"], place=there, formats=[MentoringFormat.TANDEM])
    PersonLanguage.objects.create(person=fits, language="en", level=LanguageLevel.WORKS_IN)
    needs = {"spoken": ["en"], "meeting": Meeting.ONLINE, "format": MentoringFormat.TANDEM, "country": "DE"}
    return asking("nis2-directive", "opc-ua", "crm", **needs)


@pytest.mark.usefixtures("few_are_measured_first")
def test_who_knows_a_little_less_but_fits_in_all_else_comes_before_many_who_fit_in_nothing_else():
    """They are further down the list of the wise than is looked at first."""
    assert names(wise_and_fitting(), limit=1) == ["fits"]


@pytest.mark.usefixtures("few_are_measured_first")
def test_without_a_bound_for_all_else_they_would_be_left_out(monkeypatch):
    monkeypatch.setattr("matching.domain.shortlist.most_beside_knowledge", lambda need: 0.0)
    assert names(wise_and_fitting(), limit=1) != ["fits"]


@pytest.mark.usefixtures("few_are_measured_first")
def test_who_cannot_make_up_for_what_the_others_know_more_is_not_even_read(monkeypatch):
    topics = ["nis2-directive", "opc-ua", "crm", "ransomware"]
    wise = {mentor(f"wise {number}", topics=topics, places=2).pk for number in range(4)}
    mentor("knows little", topics=["crm"])
    read = set()
    monkeypatch.setattr(
        "matching.domain.shortlist.candidates",
        lambda language, keys: read.update(keys) or candidates(language, keys),
    )
    assert len(names(asking(*topics), limit=2)) == 2
    assert read == wise


def test_nobody_shows_who_was_excluded_or_is_of_the_company_or_excludes_it():
    company = CompanyFactory()
    mentor("shown")
    excluded = mentor("excluded by the asker")
    mentor("works there", company=company)
    mentor("a competitor's friend").excluded_companies.add(company)
    assert names(asking("nis2-directive", company=company.pk, excluded=[excluded.pk])) == ["shown"]
    assert len(names(asking("nis2-directive"))) == 4


def test_nobody_shows_who_is_not_verified_or_has_no_public_page_or_is_no_mentor():
    mentor("shown")
    mentor("not verified", verified_on=None)
    PersonFactory(name="without a page", topics=["nis2-directive"])
    ExpertPageFactory(person=PersonFactory(name="expert", topics=["nis2-directive"]), slug="expert")
    assert names(asking("nis2-directive")) == ["shown"]
    assert names(asking("nis2-directive"), mentors_only=False) == ["shown", "expert"]


def test_those_who_may_not_show_do_not_push_others_out():
    for number in range(30):
        PersonFactory(name=f"hidden {number}", topics=["nis2-directive", "opc-ua"])
    mentor("shown")
    assert names(asking("nis2-directive", "opc-ua"), limit=3) == ["shown"]


def test_a_mentor_whose_places_are_all_held_comes_after_one_with_a_free_place():
    full, free = mentor("full", places=1), mentor("free", places=1)
    sent(full)
    helpers, _vocabulary = who_can_help_with(asking("nis2-directive"), "de", 5)
    assert [(h.profile.person, h.profile.free_places) for h in helpers] == [(free, 1), (full, 0)]


def test_a_mentor_without_an_account_has_no_free_place():
    mentor("cannot be asked", user=None)
    (helper,) = who_can_help_with(asking("nis2-directive"), "de", 5)[0]
    assert (helper.profile.free_places, helper.score.free) == (0, 0)


def test_the_bonus_for_the_other_side_can_be_turned_off():
    near = mentor("same side", place=place("Zwickau"), places=3)
    far = mentor("other side", place=place("Liberec"), places=1)
    need = {"country": "DE", "seed": "a"}
    assert names(asking("nis2-directive", **need)) == [far.name, near.name]
    assert names(asking("nis2-directive", across_the_border=False, **need)) == [near.name, far.name]


def test_words_find_people_whom_topics_miss_and_order_those_who_share_them():
    mentor("knows another topic", topics=["crm"])
    mentor("plain", topics=["opc-ua"])
    for name, words in [("knows another topic", "Fräsmaschinen"), ("plain", "Buchhaltung")]:
        page = Person.objects.get(name=name).mentorpages.get()
        page.about = f"Ich helfe bei {words}, seit vielen Jahren."
        page.save()
    rebuild()
    need = {"text": "Unsere Fräsmaschinen stehen oft still."}
    assert names(asking("opc-ua")) == ["plain"]
    assert names(asking("opc-ua", **need)) == ["knows another topic", "plain"]
    assert names(asking(**need)) == ["knows another topic"]


def test_a_profile_that_the_index_knows_under_a_former_key_is_compared_with_nothing_until_it_is_read_again():
    person = mentor("plain", topics=["opc-ua"])
    page = person.mentorpages.get()
    page.about = "Ich helfe bei Fräsmaschinen."
    page.save()
    rebuild()
    SearchDocument.objects.update(object_key="5f0b-former")
    assert names(asking(text="Unsere Fräsmaschinen stehen oft still.")) == []
    assert names(asking("opc-ua", text="Unsere Fräsmaschinen stehen oft still.")) == ["plain"]


def test_a_need_without_topics_and_words_finds_nobody():
    mentor("anybody")
    assert names(asking()) == []


def test_as_many_queries_for_few_as_for_many():
    counts, topic = [], "nis2-directive"
    need = asking(
        topic, text="Wir suchen Hilfe bei der Instandhaltung.", spoken=["de"], company=CompanyFactory().pk
    )
    for others in (2, 30):
        for number in range(others):
            mentor(f"{others} {number}", topics=[topic, "crm"])
        rebuild()
        names(need)
        with CaptureQueriesContext(connection) as queries:
            names(need)
        counts.append(len(queries))
    assert counts == [7, 7]


def test_topics_that_are_gone_are_no_error():
    mentor("anybody")
    gone = Topic.objects.order_by("-pk")[0].pk + 1
    assert names(NeedFacts(topics=[gone], language="de")) == []
