"""People who can help with what something is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import F
from django.utils import timezone

from knowledge.models.querysets import carrying
from matching.domain.candidates import Profile, people
from matching.domain.needs import SIDES, read_need
from matching.domain.scoring import Candidate, Need, Score, hopeful, rank, topic_shares
from matching.domain.vocabulary import Vocabulary
from portal.members.models import Person, PersonLanguage, PersonTopic, is_paused

#: (language, level)
Languages = list[tuple[str, int]]

#: the facts are read of so many of the best by topics, and of all who could overtake them
PROBED = 40


#: how lists of people are ordered after their free places
NEWEST_FIRST = (F("last_confirmed_on").desc(nulls_last=True), "name", "pk")


@dataclass(frozen=True)
class Carrier:
    """Somebody who carries a topic, or one below it."""

    profile: Profile
    languages: Languages


@dataclass(frozen=True)
class Helper:
    """Somebody who can help, and why."""

    profile: Profile
    score: Score
    #: the topics of the person that count here, and those of them that were asked for by name
    topics: frozenset[int]
    hits: frozenset[int]
    language_level: int
    across_the_border: bool
    languages: Languages


def who_can_help(
    about: models.Model, language: str, limit: int = 3, without: Iterable[int] = ()
) -> tuple[list[Helper], Vocabulary]:
    """The `limit` people who know most about the topics of `about`, for a reader of `language`; four queries.

    `about` is whatever carries topics: a page, a company, a person. People in `without` (keys) are left out.
    """
    asked = read_need(about, language, Person, SIDES.get(language, ""), without)
    need = asked.need
    candidates, languages = _candidates(need, asked.carried, language, limit)
    best = rank(need, candidates, limit)
    profiles = people().profiles([candidate.key for candidate, _parts in best], language) if best else {}
    helpers = [
        _helper(need, candidate, parts, profiles[candidate.key], languages[candidate.key])
        for candidate, parts in best
        if candidate.key in profiles
    ]
    return helpers, asked.vocabulary


def people_with_topic(topic: str, language: str, limit: int) -> list[Carrier]:
    """People who carry `topic` (a slug) or a narrower one: free places first, then who confirmed last; three queries."""
    carriers = PersonTopic.objects.filter(carrying([topic])).values("content_object")
    rows = people().shown(language).filter(pk__in=carriers).order_by(*NEWEST_FIRST)
    today = timezone.localdate()
    keys = [
        (key, is_mentor and places > 0 and not is_paused(paused_until, today))
        for key, is_mentor, places, paused_until in rows.values_list(
            "pk", "is_mentor", "places", "paused_until"
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


def _candidates(
    need: Need, carried: Mapping[int, set[int]], language: str, limit: int
) -> tuple[list[Candidate], dict[int, Languages]]:
    """Those of `carried` who can be among the best and have a public page, with their languages.

    One query, unless nearly all of the best have no public page: then a second one asks about everybody.
    """
    shares = topic_shares(need, carried)
    keys = hopeful(shares, PROBED)
    facts = _facts(keys, language)
    if len(keys) < len(shares) and sum(key in facts for key in keys[:PROBED]) < limit:
        facts = _facts(shares, language)
    candidates = [
        Candidate(key, frozenset(carried[key]), country, places, dict(known).get(language, 0))
        for key, (country, places, known) in facts.items()
    ]
    return candidates, {key: known for key, (_country, _places, known) in facts.items()}


def _facts(keys: Iterable[int], language: str) -> dict[int, tuple[str, int, Languages]]:
    """(country, free places, languages with levels) of the people among `keys` who have a public page."""
    keys = list(keys)
    if not keys:
        return {}
    columns = [
        "pk",
        "place__country",
        "places",
        "paused_until",
        "is_mentor",
        "languages__language",
        "languages__level",
    ]
    rows = people().shown(language).filter(pk__in=keys).order_by("pk", "-languages__level", "languages__pk")
    today = timezone.localdate()
    facts: dict[int, tuple[str, int, Languages]] = {}
    for key, country, places, paused_until, is_mentor, known, level in rows.values_list(*columns):
        is_free = is_mentor and not is_paused(paused_until, today)
        languages = facts.setdefault(key, (country, places if is_free else 0, []))[2]
        if known:
            languages.append((known, level))
    return facts


def _helper(need: Need, candidate: Candidate, parts: Score, profile: Profile, languages: Languages) -> Helper:
    return Helper(
        profile=profile,
        score=parts,
        topics=candidate.topics & need.earned_by.keys(),
        hits=candidate.topics & need.worth.keys(),
        language_level=candidate.language_level,
        across_the_border=parts.border > 0,
        languages=languages,
    )
