"""What the score has to know of people, but for what they know: read once, and kept for as long as nothing changes."""

import json
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from matching.domain.candidates import free_places, people
from matching.domain.scoring import Candidate
from portal.core.domain.kept import kept_rows
from portal.core.domain.prepared import joined, keys_table, prepared
from portal.members.models import is_paused

#: so many people are kept: 6 MB, measured
MOST_KEPT = 10_000

#: what is read of each, in its order
COLUMNS = (
    *("id", "is_mentor", "user_id", "places", "taken", "paused_until", "online", "on_site_radius", "formats"),
    *("company_id", "place__country", "place__latitude", "place__longitude", "days"),
)

READ = """SELECT shown.*,
    (SELECT {spoken} FROM members_personlanguage AS spoken
        WHERE spoken.person_id = shown.id),
    (SELECT {barred} FROM members_person_excluded_companies AS barred
        WHERE barred.person_id = shown.id)
FROM {keys} AS asked CROSS JOIN ({shown}) AS shown WHERE shown.id = asked.key"""


def candidates(language: str, keys: Collection[int]) -> dict[int, Candidate]:
    """Those of the people `keys` who have a public page in the tree of `language`, without what they know; one query, or none."""
    return _candidates(language, timezone.localdate(), keys)


@kept_rows(MOST_KEPT)
def _candidates(language: str, today: date, keys: list[int]) -> dict[int, Candidate]:
    shown = _shown(language)
    sql = READ.format(
        spoken=joined("spoken.language || ':' || spoken.level"),
        barred=joined("barred.company_id"),
        keys=keys_table(),
        shown=shown.sql,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(keys), *shown.params])
        return {row[0]: _candidate(today, *row) for row in cursor.fetchall()}


def _candidate(
    today: date,
    key: int,
    is_mentor: bool,
    account: int | None,
    places: int,
    taken: int,
    paused_until: date | None,
    online: bool,
    radius_km: int,
    formats: str,
    company: int | None,
    country: str,
    latitude: float,
    longitude: float,
    answers_within: int | None,
    languages: str | None,
    barred: str | None,
) -> Candidate:
    return Candidate(
        key=key,
        is_mentor=bool(is_mentor),
        free_places=free_places(is_mentor, account, places, taken, is_paused(paused_until, today)),
        online=bool(online),
        radius_km=radius_km,
        formats=_formats(formats),
        company=company,
        barred=frozenset(map(int, barred.split(","))) if barred else frozenset(),
        country=country,
        latitude=latitude,
        longitude=longitude,
        answers_within=answers_within,
        languages=_languages(languages or ""),
    )


@prepared
def _shown(language: str) -> QuerySet[Any]:
    """COLUMNS of everybody who may be shown."""
    habit = people().habits().filter(person=OuterRef("pk")).values("days")[:1]
    return people().shown(language).order_by().annotate(days=Subquery(habit)).values(*COLUMNS)


@lru_cache
def _formats(listed: str) -> frozenset[str]:
    return frozenset(json.loads(listed))


@lru_cache
def _languages(listed: str) -> dict[str, int]:
    """From "de:2,en:1"."""
    pairs = (pair.split(":") for pair in listed.split(",")) if listed else ()
    return {code: int(level) for code, level in pairs}
