"""Who can help with a guide: a cast of four, and the ways not to be among them."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from matching.domain.cards import reasons
from matching.domain.people import people_with_topic, who_can_help
from portal.core.enums import SpokenLanguage
from portal.members.enums import LanguageLevel
from portal.members.models import Person, PersonLanguage
from portal.topics.models import Topic
from tests.factories.pages import ExpertPageFactory, GuidePageFactory, MentorPageFactory
from tests.factories.people import PersonFactory, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return GuidePageFactory(topics=["nis2-directive", "energy-monitoring"])


def mentor(name: str, *topics: str, page=MentorPageFactory, **facts) -> Person:
    """A verified Saxon with a German page, unless `facts` say otherwise."""
    facts = {"place": place("Zwickau"), "languages": [SpokenLanguage.GERMAN], **facts}
    person = PersonFactory(name=name, topics=list(topics), **facts)
    page(person=person)
    return person


def names(about, language="de", **options) -> list[str]:
    helpers, _vocabulary = who_can_help(about, language, **options)
    return [helper.profile.person.name for helper in helpers]


def test_they_are_ranked_by_what_they_share_with_the_guide(guide):
    mentor("knows one", "nis2-directive")
    mentor("knows both", "nis2-directive", "energy-monitoring")
    mentor("knows something else", "crm")
    assert names(guide) == ["knows both", "knows one"]


def test_the_rarer_topic_counts_more(guide):
    for number in range(5):
        mentor(f"one of many {number}", "nis2-directive")
    mentor("the only one", "energy-monitoring")
    assert names(guide, limit=1) == ["the only one"]


def test_whoever_knows_only_the_broader_topic_comes_last(guide):
    broader = Topic.objects.get(slug="nis2-directive").broader
    mentor("knows the broader one", broader.slug)
    mentor("knows it", "nis2-directive")
    assert names(guide) == ["knows it", "knows the broader one"]


def test_at_most_three_are_shown(guide):
    for number in range(5):
        mentor(f"mentor {number}", "nis2-directive")
    assert len(names(guide)) == 3


def test_a_guide_without_topics_has_no_helpers():
    mentor("anybody", "nis2-directive")
    assert names(GuidePageFactory()) == []


def test_nobody_shows_before_a_coordinator_has_verified_them(guide):
    mentor("verified", "nis2-directive")
    mentor("not verified", "nis2-directive", verified_on=None)
    assert names(guide) == ["verified"]


def test_nobody_shows_without_a_published_page_in_the_language_of_the_reader(guide):
    person = PersonFactory(name="no page", topics=["nis2-directive"])
    MentorPageFactory(person=person, live=False)
    assert names(guide) == []
    MentorPageFactory(person=person, language="cs")
    assert names(guide) == []
    assert names(guide, language="cs") == ["no page"]


def test_those_who_may_not_show_do_not_push_others_out(guide):
    for number in range(45):
        PersonFactory(
            name=f"hidden {number}", topics=["nis2-directive", "energy-monitoring"], verified_on=None
        )
    mentor("shown", "nis2-directive")
    assert names(guide) == ["shown"]


def test_a_person_with_two_pages_shows_once_with_both_badges(guide):
    person = mentor("mentor and expert", "nis2-directive")
    ExpertPageFactory(person=person, slug="expert")
    helpers, _vocabulary = who_can_help(guide, "de")
    assert [(helper.profile.is_mentor, helper.profile.is_expert) for helper in helpers] == [(True, True)]


def test_only_mentors_have_places(guide):
    mentor("expert", "nis2-directive", page=ExpertPageFactory, places=2)
    mentor("mentor", "nis2-directive", places=2)
    found = {helper.profile.person.name: helper for helper in who_can_help(guide, "de")[0]}
    assert {name: helper.profile.free_places for name, helper in found.items()} == {"mentor": 2, "expert": 0}
    assert found["mentor"].score.free > found["expert"].score.free == 0


def test_a_paused_mentor_has_no_free_place(guide):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    mentor("back tomorrow", "nis2-directive", paused_until=tomorrow)
    mentor("back today", "nis2-directive", paused_until=timezone.localdate())
    found = {helper.profile.person.name: helper.score.free > 0 for helper in who_can_help(guide, "de")[0]}
    assert found == {"back tomorrow": False, "back today": True}


def test_the_reasons_are_told_in_the_language_of_the_reader(guide):
    helpful = mentor("Petra", "nis2-directive", "energy-efficiency", place=place("Liberec"))
    PersonLanguage.objects.filter(person=helpful).update(level=LanguageLevel.UNDERSTANDS)
    MentorPageFactory(person=helpful, language="cs")
    told = {}
    for language in ("de", "cs"):
        (helper,) = who_can_help(guide, language)[0]
        with translation.override(language):
            told[language] = [reason["text"] for reason in reasons(helper)]
    assert told == {
        "de": ["Gemeinsame Themen: 1", "Von jenseits der Grenze", "Versteht Deutsch"],
        "cs": ["Společná témata: 1", "Nemluví česky, lze zajistit tlumočení"],
    }


@pytest.mark.parametrize("others", [1, 25])
def test_four_queries_are_enough_for_any_number_of_people(guide, others, django_assert_num_queries):
    for number in range(others):
        mentor(f"mentor {number}", "nis2-directive", "energy-monitoring")
    names(guide)  # what a process reads once
    with django_assert_num_queries(4):
        names(guide)


def with_topic(topic: str, limit: int = 6) -> list[str]:
    return [carrier.profile.person.name for carrier in people_with_topic(topic, "de", limit)]


def test_people_of_a_topic_include_those_of_the_narrower_ones():
    broader = Topic.objects.get(slug="nis2-directive").broader.slug
    mentor("A knows the narrower one", "nis2-directive")
    mentor("B knows the broader one", broader)
    assert with_topic(broader) == ["A knows the narrower one", "B knows the broader one"]
    assert with_topic("nis2-directive") == ["A knows the narrower one"]


def test_people_of_a_topic_with_free_places_come_first():
    mentor("A has none", "nis2-directive", places=0)
    mentor("B has one", "nis2-directive", places=1)
    mentor("C is no mentor", "nis2-directive", places=3, page=ExpertPageFactory)
    assert with_topic("nis2-directive") == ["B has one", "A has none", "C is no mentor"]
    assert with_topic("nis2-directive", limit=1) == ["B has one"]
