"""What the score has to know of people, but for what they know: read once, and kept for as long as nothing changes."""

import json
from collections.abc import Collection
from datetime import date
from functools import lru_cache

from django.utils import timezone

from matching.domain.candidates import PublicPerson, free_places, people
from matching.domain.scoring import Candidate
from portal.core.domain.kept import at_one_time, kept_rows
from portal.members.models import is_paused

#: so many people are kept: 6 MB, measured
MOST_KEPT = 10_000


@at_one_time()
def candidates(language: str, keys: Collection[int]) -> dict[int, Candidate]:
    """Those of the people `keys` who have a public page in the tree of `language`, without what they know; one query, or none."""
    return _candidates(language, timezone.localdate(), keys)


@kept_rows(MOST_KEPT)
def _candidates(language: str, today: date, keys: list[int]) -> dict[int, Candidate]:
    return {key: _candidate(key, today, facts) for key, facts in people().facts(keys, language).items()}


def _candidate(key: int, today: date, facts: PublicPerson) -> Candidate:
    paused = is_paused(facts.paused_until, today)
    return Candidate(
        key=key,
        is_mentor=bool(facts.is_mentor),
        free_places=free_places(facts.is_mentor, facts.user, facts.places, facts.taken, paused),
        online=bool(facts.online),
        radius_km=facts.on_site_radius,
        formats=_formats(facts.formats),
        company=facts.company,
        barred=frozenset(map(int, facts.barred.split(","))) if facts.barred else frozenset(),
        country=facts.country,
        latitude=facts.latitude,
        longitude=facts.longitude,
        answers_within=facts.answers_within,
        languages=_languages(facts.languages or ""),
    )


@lru_cache
def _formats(listed: str) -> frozenset[str]:
    return frozenset(json.loads(listed))


@lru_cache
def _languages(listed: str) -> dict[str, int]:
    """From "de:2,en:1"."""
    pairs = (pair.split(":") for pair in listed.split(",")) if listed else ()
    return {code: int(level) for code, level in pairs}
