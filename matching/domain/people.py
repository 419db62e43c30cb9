"""People who can help: with a need, with what a page is about, with a topic."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db import models
from django.db.models import F
from django.utils import timezone

from knowledge.models.querysets import carrying
from matching.domain.asked import read_need
from matching.domain.candidates import Profile, free_places, people
from matching.domain.headcount import count_fitting
from matching.domain.needs import SIDES, NeedFacts
from matching.domain.relaxing import Fitting
from matching.domain.scoring import Candidate, Need, Score, best_language, distance_km, goes_there, score
from matching.domain.shortlist import given, shortlist
from matching.domain.vocabulary import Vocabulary
from matching.rules import Weights
from portal.core.domain.kept import at_one_time
from portal.members.enums import Meeting
from portal.members.models import Person, PersonLanguage, PersonTopic, is_paused
from portal.topics.domain.shown import shown_topics
from search.domain.similarity import most_similar

#: (language, level)
Languages = list[tuple[str, int]]


#: So many profiles count as similar to a text, and so many entries of the index are read to find them: half as many as where
#: pages are compared, for profiles are short, and what they are about stands in their topics as well.
MOST_SIMILAR = 50
SIMILAR_BUDGET = 1_500

#: how lists of people are ordered after their free places
NEWEST_FIRST = (F("last_confirmed_on").desc(nulls_last=True), "name", "pk")


@dataclass(frozen=True)
class Carrier:
    """Somebody who carries a topic, or one below it."""

    profile: Profile
    languages: Languages


@dataclass(frozen=True)
class Helper:
    """Somebody who can help, and why. What is missing can be read off, too: see `matching.domain.cards.reasons`."""

    profile: Profile
    score: Score
    need: NeedFacts
    #: the topics of the person that count here, and those of them that were asked for by name
    topics: frozenset[int]
    hits: frozenset[int]
    languages: Languages
    weights: Weights = field(default_factory=Weights)
    #: what the score has looked at
    candidate: Candidate = field(default_factory=lambda: Candidate(0))

    @cached_property
    def common_language(self) -> tuple[str, int]:
        """The language that both know best, with the person's level; ("", 0) if there is none."""
        return best_language(self.need, dict(self.languages))

    @cached_property
    def distance_km(self) -> float | None:
        """How far away the person is; None if the need does not say from where."""
        place = self.profile.person.place
        return distance_km(self.need, place.latitude, place.longitude)

    @property
    def comes_on_site(self) -> bool:
        """Whether the person meets on site at that distance."""
        return goes_there(self.profile.person.on_site_radius, self.distance_km)

    @property
    def across_the_border(self) -> bool:
        """Whether the person is on the other side, and this is welcome."""
        return self.score.border > 0

    @property
    def can_meet(self) -> bool:
        """Whether the two can meet in the way that was asked for; True as long as nothing speaks against it."""
        is_online = self.profile.person.online
        if self.need.meeting == Meeting.ONLINE:
            return is_online
        if self.distance_km is None:
            return True
        return self.comes_on_site or (is_online and self.need.meeting == Meeting.EITHER)


class Question:
    """A need as readers of one language ask about it: read once, in five queries, and answered in more than one way."""

    @at_one_time()
    def __init__(self, facts: NeedFacts, language: str) -> None:
        self.language = language
        self.need, self.vocabulary, self.carriers = read_need(facts, facts.topics, language, Person)
        self.texts = similar_people(facts)

    @at_one_time()
    def best(
        self,
        limit: int,
        mentors_only: bool = True,
        chosen: Iterable[int] = (),
        weights: Weights | None = None,
    ) -> list[Helper]:
        """The people of `who_can_help_with`; with `weights`, as if coordinators had set these. Two queries, three with others."""
        need = replace(self.need, weights=weights) if weights else self.need
        best = shortlist(need, self.carriers, self.texts, self.language, limit, mentors_only)
        others = self._given(set(chosen) - {someone.key for someone in best})
        return _told(need, self.language, [*others, *best])

    @at_one_time()
    def fit(self, keys: Collection[int]) -> list[Helper]:
        """The people of `how_they_fit`."""
        return _told(self.need, self.language, self._given(keys))

    def _given(self, keys: Collection[int]) -> list[Candidate]:
        return given(self.need.facts, self.carriers, self.texts, self.language, keys)

    def measure(self, helper: Helper, weights: Weights) -> Helper:
        """`helper` as the score would be with `weights`; no query."""
        need = replace(self.need, weights=weights)
        return replace(helper, score=score(need, helper.candidate), weights=weights)

    def fitting(self) -> Fitting:
        """How many mentors fit, and how many more would if the need asked for less; one query."""
        return count_fitting(self.need, self.texts, self.vocabulary, self.language)


@at_one_time()
def who_can_help_with(
    need: NeedFacts, language: str, limit: int, mentors_only: bool = True, chosen: Iterable[int] = ()
) -> tuple[list[Helper], Vocabulary]:
    """The `limit` people who fit `need` best, with their profiles in the tree of `language`, and the vocabulary in it.

    Mentors without a free place are among them, and say so. Experts are not, unless `mentors_only` is False. Before them
    stand those of `chosen` (keys) who are not among them, however well they fit; who must not be shown is not, even then.
    """
    question = Question(need, language)
    return question.best(limit, mentors_only, chosen), question.vocabulary


@at_one_time()
def how_they_fit(need: NeedFacts, language: str, keys: Collection[int]) -> list[Helper]:
    """How each of the people `keys` fits `need`, in the order of their keys; who must not be shown for it is left out, and
    so is who has no profile in the tree of `language`.
    """
    return Question(need, language).fit(keys)


@at_one_time()
def who_can_help(
    about: models.Model, language: str, limit: int = 3, without: Iterable[int] = ()
) -> tuple[list[Helper], Vocabulary]:
    """The `limit` people who know most about the topics of `about`, for a reader of `language`; four queries.

    `about` is whatever carries topics: a page, a company, a person. People in `without` (keys) are left out.
    """
    facts = NeedFacts(
        language=language,
        spoken=[language],
        country=SIDES.get(language, ""),
        excluded=list(without),
        seed=f"{about._meta.model_name}:{about.pk}",
    )
    topics = [topic.pk for topic in shown_topics(about)]
    need, vocabulary, carriers = read_need(facts, topics, language, Person)
    texts = similar_people(facts)
    best = shortlist(need, carriers, texts, language, limit, mentors_only=False)
    return _told(need, language, best), vocabulary


def people_with_topic(topic: str, language: str, limit: int) -> list[Carrier]:
    """People who carry `topic` (a slug) or a narrower one: free places first, then who confirmed last; three queries."""
    carriers = PersonTopic.objects.filter(carrying([topic])).values("content_object")
    rows = people().shown(language).filter(pk__in=carriers).order_by(*NEWEST_FIRST)
    today = timezone.localdate()
    keys = [
        (key, free_places(is_mentor, account, places, taken, is_paused(paused_until, today)) > 0)
        for key, is_mentor, account, places, taken, paused_until in rows.values_list(
            "pk", "is_mentor", "user_id", "places", "taken", "paused_until"
        )
    ]
    keys.sort(key=lambda row: not row[1])
    best = [key for key, _is_free in keys[:limit]]
    profiles = people().profiles(best, language) if best else {}
    languages = languages_of(profiles)
    return [Carrier(profiles[key], languages[key]) for key in best if key in profiles]


def languages_of(keys: Iterable[int]) -> dict[int, Languages]:
    """The languages of people with their levels, the best known first."""
    found: dict[int, Languages] = {key: [] for key in keys}
    rows = PersonLanguage.objects.filter(person__in=list(found)).order_by("-level", "pk")
    for person, language, level in rows.values_list("person_id", "language", "level"):
        found[person].append((language, level))
    return found


def topics_of(keys: Iterable[int]) -> dict[int, list[int]]:
    """The topics of people."""
    found: dict[int, list[int]] = {key: [] for key in keys}
    rows = PersonTopic.objects.filter(content_object__in=list(found)).order_by("pk")
    for person, topic in rows.values_list("content_object_id", "tag_id"):
        found[person].append(topic)
    return found


def similar_people(facts: NeedFacts) -> dict[int, float]:
    """How alike the need's words and the most similar profiles are, by person; the best profile of each counts. Three queries."""
    if not facts.text.strip():
        return {}
    found = most_similar(facts.text, facts.language, people().kinds(), MOST_SIMILAR, budget=SIMILAR_BUDGET)
    texts: dict[int, float] = {}
    for match in found:
        if (person := people().of_object(match.object_key)) is not None:
            texts.setdefault(person, match.score)
    return texts


def _told(need: Need, language: str, candidates: list[Candidate]) -> list[Helper]:
    """The people `candidates` with their profiles in the tree of `language`; one query for photos, or none."""
    keys = [someone.key for someone in candidates]
    profiles = people().profiles(keys, language) if keys else {}
    return [
        _helper(need, profiles[someone.key], someone) for someone in candidates if someone.key in profiles
    ]


def _helper(need: Need, profile: Profile, candidate: Candidate) -> Helper:
    return Helper(
        profile=profile,
        score=score(need, candidate),
        need=need.facts,
        topics=candidate.topics & need.earned_by.keys(),
        hits=candidate.topics & need.worth.keys(),
        languages=sorted(candidate.languages.items(), key=lambda pair: (-pair[1], pair[0])),
        weights=need.weights,
        candidate=candidate,
    )
