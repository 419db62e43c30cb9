"""What the score has to know of people, but for what they know: read once, and kept for as long as nothing changes."""

import json
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from matching.domain.candidates import free_places, people
from matching.domain.scoring import Candidate
from portal.core.domain.kept import kept
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


class Known:
    """The people who have a public page in the tree of a language, as they are on a day; topics apart."""

    def __init__(self, language: str, today: date) -> None:
        self._language, self._today = language, today
        self._people: dict[int, Candidate | None] = {}

    def among(self, keys: Collection[int]) -> dict[int, Candidate]:
        """Those of the people `keys` who may be shown; one query for those whom nobody has asked for yet, or none."""
        known = self._people
        if missing := [key for key in keys if key not in known]:
            read = dict.fromkeys(missing) | {someone.key: someone for someone in self._read(missing)}
            if len(known) + len(read) > MOST_KEPT:
                self._people = known = {key: known[key] for key in keys if key in known}
            known |= read
        return {key: someone for key in keys if (someone := known[key])}

    def _read(self, people: list[int]) -> Iterator[Candidate]:
        shown = _shown(self._language)
        sql = READ.format(
            spoken=joined("spoken.language || ':' || spoken.level"),
            barred=joined("barred.company_id"),
            keys=keys_table(),
            shown=shown.sql,
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [json.dumps(people), *shown.params])
            return (self._candidate(*row) for row in cursor.fetchall())

    def _candidate(
        self,
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
            free_places=free_places(is_mentor, account, places, taken, is_paused(paused_until, self._today)),
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


_known = kept(Known)


def candidates(language: str, keys: Collection[int]) -> dict[int, Candidate]:
    """Those of the people `keys` who have a public page in the tree of `language`, without what they know."""
    return _known(language, timezone.localdate()).among(keys)


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
