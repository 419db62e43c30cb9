"""Whatever is asked, whoever is there, however the weights are set: the list is the one that the formula would make of everybody."""

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.domain.asked import Asked, read_need
from matching.domain.headcount import count_fitting
from matching.domain.needs import NeedFacts
from matching.domain.people import Question, who_can_help_with
from matching.domain.relaxing import SIMILAR, fits, relaxed, situations
from matching.domain.scoring import Candidate, beside_knowledge, most_beside_knowledge, rank, score
from matching.domain.shortlist import shortlist
from matching.rules import Weights
from mentoring.models import AnsweringHabit
from portal.members.enums import LanguageLevel, Meeting, MentoringFormat
from portal.members.models import Person, PersonLanguage, PersonTopic
from portal.topics.models import Place
from search.domain.indexing import rebuild
from tests.factories.mentoring import mentor
from tests.factories.people import known_topics, place
from tests.matching.domain.weights import sound_weights

pytestmark = pytest.mark.django_db

TOPICS = ["sme-cybersecurity", "nis2-directive", "ransomware", "crm"]
TOWNS = ["Zwickau", "Dresden", "Liberec", "Ústí nad Labem"]
LANGUAGES = ["de", "cs", "en"]
MENTORS = 7


class Someone(NamedTuple):
    topics: frozenset[str]
    languages: dict[str, int]
    town: str
    places: int
    pause: int | None
    online: bool
    radius: int
    formats: list[str]
    answers_within: int | None
    text: float


crowds = st.lists(
    st.builds(
        Someone,
        topics=st.frozensets(st.sampled_from(TOPICS), max_size=3),
        languages=st.dictionaries(st.sampled_from(LANGUAGES), st.sampled_from(LanguageLevel.values)),
        town=st.sampled_from(TOWNS),
        places=st.integers(0, 2),
        pause=st.none() | st.integers(-1, 1),
        online=st.booleans(),
        radius=st.sampled_from([0, 40, 120]),
        formats=st.lists(st.sampled_from(MentoringFormat.values), unique=True, max_size=2),
        answers_within=st.none() | st.integers(1, 9),
        text=st.sampled_from([0.0, 0.0, 0.3, 0.7, 1.0]),
    ),
    min_size=MENTORS,
    max_size=MENTORS,
)
needs = st.fixed_dictionaries(
    {
        "topics": st.frozensets(st.sampled_from(TOPICS), max_size=3),
        "spoken": st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=2),
        "interpreting": st.booleans(),
        "across_the_border": st.booleans(),
        "town": st.none() | st.sampled_from(TOWNS),
        "meeting": st.sampled_from(Meeting.values),
        "format": st.sampled_from(["", *MentoringFormat.values]),
    }
)
of_rows = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def _few_are_measured_first(monkeypatch):
    """So that of these few, too, some are left out unseen."""
    monkeypatch.setattr("matching.domain.shortlist.FIRST", 0)


@pytest.fixture
def mentors() -> list[Person]:
    return [mentor(f"mentor {number}") for number in range(MENTORS)]


def settle(mentors: list[Person], crowd: list[Someone]) -> dict[int, Candidate]:
    """Writes what `crowd` says into the rows; the people as the formula takes them, by their keys."""
    towns = {town: place(town) for town in TOWNS}
    topics = {topic.slug: topic.pk for topic in known_topics(TOPICS)}
    for model in (PersonTopic, PersonLanguage, AnsweringHabit):
        model.objects.all().delete()
    found = {}
    for person, someone in zip(mentors, crowd, strict=True):
        town = towns[someone.town]
        pause = None if someone.pause is None else timezone.localdate() + dt.timedelta(someone.pause)
        Person.objects.filter(pk=person.pk).update(
            place=town,
            places=someone.places,
            paused_until=pause,
            online=someone.online,
            on_site_radius=someone.radius,
            formats=someone.formats,
        )
        found[person.pk] = Candidate(
            key=person.pk,
            topics=frozenset(topics[slug] for slug in someone.topics),
            text=someone.text,
            languages=someone.languages,
            free_places=0 if someone.pause == 1 else someone.places,
            country=town.country,
            latitude=town.latitude,
            longitude=town.longitude,
            online=someone.online,
            radius_km=someone.radius,
            formats=frozenset(someone.formats),
            answers_within=someone.answers_within,
        )
    both = list(zip(mentors, crowd, strict=True))
    PersonTopic.objects.bulk_create(
        PersonTopic(content_object=p, tag_id=topics[slug]) for p, one in both for slug in one.topics
    )
    PersonLanguage.objects.bulk_create(
        PersonLanguage(person=p, language=language, level=level)
        for p, one in both
        for language, level in one.languages.items()
    )
    AnsweringHabit.objects.bulk_create(
        AnsweringHabit(mentor=p, days=one.answers_within) for p, one in both if one.answers_within
    )
    return found


def facts_of(topics: frozenset[str], town: str | None, **rest) -> NeedFacts:
    where: Place | None = place(town) if town else None
    if where:
        rest |= {"country": where.country, "latitude": where.latitude, "longitude": where.longitude}
    return NeedFacts(
        topics=[topic.pk for topic in known_topics(sorted(topics))], language="de", seed="a need", **rest
    )


def read(facts: NeedFacts, weights: Weights) -> Asked:
    asked = read_need(facts, facts.topics, "de", Person)
    return asked._replace(need=replace(asked.need, weights=weights))


@of_rows
@given(crowds, needs, sound_weights, st.integers(1, MENTORS))
def test_the_list_is_what_the_formula_makes_of_everybody(mentors, crowd, asked, weights, limit):
    candidates = settle(mentors, crowd)
    need, _vocabulary, carriers = read(facts_of(**asked), weights)
    texts = {key: someone.text for key, someone in candidates.items() if someone.text}
    by_formula = rank(need, candidates.values(), limit)
    best = shortlist(need, carriers, texts, "de", limit, mentors_only=True)
    assert [someone.key for someone in best] == [someone.key for someone, _score in by_formula]
    assert [score(need, someone) for someone in best] == [parts for _someone, parts in by_formula]
    assert all(
        sum(beside_knowledge(need, someone)) <= most_beside_knowledge(need) + 1e-9
        for someone in candidates.values()
    )


@of_rows
@given(crowds, needs)
def test_the_database_counts_who_fits_as_people_would(mentors, crowd, asked):
    candidates = settle(mentors, crowd)
    facts = facts_of(**asked)
    need, vocabulary, _carriers = read(facts, Weights())
    texts = {key: someone.text for key, someone in candidates.items() if someone.text}
    found = count_fitting(need, texts, vocabulary, "de")

    below = {below for topic in facts.topics for below in vocabulary.with_narrower(topic)}
    able = [
        someone
        for someone in candidates.values()
        if someone.free_places and (someone.topics & below or someone.text >= SIMILAR)
    ]

    def fitting(asking: NeedFacts) -> int:
        return sum(1 for someone in able if can_work_together(asking, someone))

    assert found.count == fitting(facts)
    for way in found.ways:
        assert way.more == fitting(relaxed(facts, way)) - found.count


def can_work_together(facts: NeedFacts, someone: Candidate) -> bool:
    """As a card says it: nothing on it is marked as missing, formats aside."""
    from matching.domain.scoring import distance_km, goes_there

    km = distance_km(facts, someone.latitude, someone.longitude)
    talks = not facts.spoken or facts.interpreting or set(facts.spoken) & set(someone.languages)
    comes = km is None or goes_there(someone.radius_km, km)
    meets = {
        Meeting.ONLINE: someone.online,
        Meeting.ON_SITE: comes,
        Meeting.EITHER: comes or someone.online,
    }
    return bool(talks and meets[facts.meeting])


@of_rows
@given(crowds, needs)
def test_the_order_does_not_depend_on_the_order_of_the_rows(mentors, crowd, asked):
    settle(mentors, crowd)
    facts = facts_of(**asked)
    names = [helper.profile.person.name for helper in who_can_help_with(facts, "de", MENTORS)[0]]
    # a row that is written anew may come to lie elsewhere
    for person in reversed(mentors):
        rows = list(PersonTopic.objects.filter(content_object=person))
        PersonTopic.objects.filter(content_object=person).delete()
        PersonTopic.objects.bulk_create(
            PersonTopic(content_object=person, tag_id=row.tag_id) for row in rows[::-1]
        )
    assert [helper.profile.person.name for helper in who_can_help_with(facts, "de", MENTORS)[0]] == names


@of_rows
@given(crowds, needs, st.integers(0, MENTORS - 1), st.sampled_from(TOPICS))
def test_whoever_learns_one_more_topic_never_falls_behind(mentors, crowd, asked, number, topic):
    """Rarities change with the carriers, so the topic is learned by somebody whom the need's numbers do not count."""
    settle(mentors, crowd)
    facts = facts_of(**asked)
    need, person = read(facts, Weights()).need, mentors[number]

    def total() -> float:
        carriers = read(facts, Weights()).carriers
        best = shortlist(need, carriers, {}, "de", MENTORS, mentors_only=True)
        return next((score(need, someone).total for someone in best if someone.key == person.pk), 0.0)

    before = total()
    (learned,) = known_topics([topic])
    PersonTopic.objects.get_or_create(content_object=person, tag=learned)
    assert total() >= before - 1e-9


def test_cards_and_counts_agree_on_whom_a_need_finds(mentors):
    crowd = [Someone(frozenset(["crm"]), {"en": 2}, "Dresden", 1, None, True, 0, [], None, 0.0)] * MENTORS
    settle(mentors, crowd)
    rebuild()
    question = Question(facts_of(frozenset(["crm"]), "Zwickau", spoken=["de"], meeting=Meeting.ON_SITE), "de")
    assert question.fitting().count == 0
    assert not any(helper.can_meet for helper in question.best(MENTORS))


def test_situations_are_read_from_sums():
    both = situations(iter([(3, 1, 0, 4)]))
    ((situation, number),) = both.items()
    assert (len(situation.languages), situation.online, situation.comes, number) == (2, True, False, 4)
    assert fits(NeedFacts(spoken=["de"]), situation) is True
