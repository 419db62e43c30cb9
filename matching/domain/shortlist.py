"""The best people for a need, ranked by the database: the rows of all who know something never travel to Python.

The SQL says what `matching.domain.scoring` says; a test holds the two together. It reads the facts of those only who can
still be among the best: whoever covers so much less of the topics than the `size`th best that all other parts together
cannot make up for it, and is not among the most similar profiles, is left out unseen (upper bounds as in Fagin, Lotem and
Naor, Optimal aggregation algorithms for middleware, 2003).
"""

from collections.abc import Iterable, Mapping
from math import cos, radians
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from matching.domain.candidates import people
from matching.domain.needs import NeedFacts
from matching.domain.scoring import (
    BORDER,
    DIGITS,
    EQUALS,
    FORMAT,
    FREE,
    HALF_AS_NEAR_KM,
    INTERPRETED,
    KM_PER_DEGREE,
    LANGUAGE,
    ONLINE_AS_WELL,
    OTHER_PARTS,
    REACH,
    TEXT,
    Need,
    place_among_equals,
    shuffle,
)
from portal.members.enums import LanguageLevel, Meeting

#: so many are ranked first; more only if too few of them may be shown
PROBED = 100
WIDER = 8

#: a piece of SQL and its parameters
Sql = tuple[str, list[Any]]

RANKED = """SELECT * FROM (
WITH credit(topic, asked, worth) AS (VALUES {credits}),
alike(person, text) AS (VALUES {texts}),
best AS (
    SELECT link.content_object_id AS person, MAX(credit.worth) AS worth
    FROM credit JOIN members_persontopic AS link ON link.tag_id = credit.topic
    GROUP BY link.content_object_id, credit.asked
),
known AS MATERIALIZED (SELECT person, SUM(worth) AS share FROM best GROUP BY person),
bar AS MATERIALIZED (SELECT share FROM known ORDER BY share DESC LIMIT 1 OFFSET %s),
hopeful AS (
    SELECT person, share AS knowledge FROM known
    WHERE share >= COALESCE((SELECT share FROM bar), 0) - %s AND person NOT IN (SELECT person FROM alike)
    UNION ALL
    SELECT alike.person, alike.text + COALESCE(known.share, 0)
    FROM alike LEFT JOIN known ON known.person = alike.person
),
measured AS (
    SELECT person.id AS person, hopeful.knowledge + {language} + {reach} + {format} + {border} AS total,
        CASE WHEN person.user_id IS NULL OR person.paused_until > %s THEN 0 ELSE person.places - {held} END AS free
    FROM hopeful
    JOIN members_person AS person ON person.id = hopeful.person
    JOIN topics_place AS place ON place.id = person.place_id
    WHERE person.verified_on IS NOT NULL AND {allowed}
),
top AS (
    SELECT person, ROUND(CAST(total + CASE WHEN free > 0 THEN %s ELSE 0 END AS numeric), {digits}) AS total,
        CASE WHEN free > 0 THEN free ELSE 0 END AS free
    FROM measured ORDER BY 2 DESC, 3 DESC, person * %s %% {equals}, person LIMIT %s
)
SELECT top.person, top.total, top.free, visible.is_mentor, (SELECT share FROM bar)
FROM top LEFT JOIN ({visible}) AS visible ON visible.id = top.person
) AS ranked"""


class Listed(NamedTuple):
    """Somebody on the list; `is_mentor` is None for those who have no public page."""

    key: int
    total: float
    free: int
    is_mentor: bool | None

    def place(self, factor: int) -> tuple[float, int, int, int]:
        """What the list is sorted by."""
        return -self.total, -self.free, place_among_equals(self.key, factor), self.key


def shortlist(
    need: Need, texts: Mapping[int, float], language: str, limit: int, mentors_only: bool
) -> list[int]:
    """The keys of the `limit` best people who may be shown in the tree of `language`, the best first.

    `texts` says how alike the profiles of some are to the need's words (0 to 1); of all others it is 0. One query, unless
    most of the best may not be shown.
    """
    factor, size = shuffle(need.facts.seed), max(PROBED, 2 * limit)
    while True:
        rows, bar = _read(need, texts, language, size)
        found = sorted(
            (_exact(row) for row in rows if row.is_mentor is not None), key=lambda r: r.place(factor)
        )
        best = [row for row in found if row.is_mentor or not mentors_only][:limit]
        is_all = bar is None and len(rows) < size
        if is_all or (len(best) == limit and _is_settled(best[-1], rows, bar, size, factor)):
            return [row.key for row in best]
        size *= WIDER


def _is_settled(last: Listed, rows: list[Listed], bar: float | None, size: int, factor: int) -> bool:
    """Whether nobody who is not among `rows` can come before `last`."""
    beyond_pruned = bar is None or last.total >= bar
    end = max(row.place(factor) for row in rows)
    return beyond_pruned and (len(rows) < size or last.place(factor) <= end)


def _exact(row: Listed) -> Listed:
    """The database does not see that people who are experts alone have no places."""
    if row.is_mentor or not row.free:
        return row
    return row._replace(total=round(row.total - FREE, DIGITS), free=0)


def _read(
    need: Need, texts: Mapping[int, float], language: str, size: int
) -> tuple[list[Listed], float | None]:
    """The `size` best, and the topic share of the `size`th best by topics (None: there are fewer)."""
    facts = need.facts
    credit, texts_sql = _credits(need), _values((key, TEXT * text) for key, text in texts.items())
    parts = {name: part(facts) for name, part in PARTS.items()}
    held = people().held_places().query.sql_with_params()
    visible = people().shown(language).order_by().values("id", "is_mentor").query.sql_with_params()
    sql = RANKED.format(
        credits=credit[0],
        texts=texts_sql[0],
        held=f"(SELECT COUNT(*) FROM ({held[0]}) AS held WHERE held.person = person.id)",
        visible=visible[0],
        digits=DIGITS,
        equals=EQUALS,
        **{name: part[0] for name, part in parts.items()},
    )
    params = [
        *credit[1],
        *texts_sql[1],
        size - 1,
        OTHER_PARTS,
        *(value for name in ("language", "reach", "format", "border") for value in parts[name][1]),
        timezone.localdate(),
        *held[1],
        *parts["allowed"][1],
        FREE,
        shuffle(facts.seed),
        size,
        *visible[1],
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    listed = [
        Listed(key, float(total), free, None if is_mentor is None else bool(is_mentor))
        for key, total, free, is_mentor, _bar in rows
    ]
    return listed, rows[0][-1] if rows else None


def _credits(need: Need) -> Sql:
    """(topic, asked topic, share of the need that carrying the topic covers) as rows."""
    return (
        _values(
            (topic, asked, need.weights[asked] * credit / need.whole)
            for asked, worth in need.worth.items()
            for topic, credit in worth.items()
        )
        if need.worth
        else _values([(NOBODY, NOBODY, 0.0)])
    )


NOBODY = -1


def _values(rows: Iterable[tuple[Any, ...]]) -> Sql:
    """Rows of whole numbers that end in a fraction; without any, a row that is about nobody."""
    rows = list(rows) or [(NOBODY, 0.0)]
    row = ", ".join([*["%s"] * (len(rows[0]) - 1), "CAST(%s AS double precision)"])
    return ", ".join([f"({row})"] * len(rows)), [value for row in rows for value in row]


def _language(facts: NeedFacts) -> Sql:
    lacking = INTERPRETED if facts.interpreting else 0.0
    if not facts.spoken:
        return "%s", [lacking]
    spoken = list(facts.spoken)
    return (
        f"""COALESCE((SELECT MAX(CASE WHEN spoken.level = %s THEN %s ELSE %s END) FROM members_personlanguage AS spoken
            WHERE spoken.person_id = person.id AND spoken.language IN ({_places(spoken)})), %s)""",
        [
            LanguageLevel.WORKS_IN.value,
            LANGUAGE[LanguageLevel.WORKS_IN],
            LANGUAGE[LanguageLevel.UNDERSTANDS],
            *spoken,
            lacking,
        ],
    )


def _reach(facts: NeedFacts) -> Sql:
    if facts.meeting == Meeting.ONLINE:
        return "CASE WHEN person.online THEN %s ELSE 0 END", [REACH]
    if facts.latitude is None or facts.longitude is None:
        return "0", []
    north, east = "(place.latitude - %s) * %s", "(place.longitude - %s) * %s"
    km_east = KM_PER_DEGREE * cos(radians(facts.latitude))
    squared = f"({north}) * ({north}) + ({east}) * ({east})"
    params = [facts.latitude, KM_PER_DEGREE] * 2 + [facts.longitude, km_east] * 2
    near = f"""CASE WHEN person.on_site_radius > 0 AND {squared} <= person.on_site_radius * person.on_site_radius
        THEN 1 / (1 + ({squared}) / %s) ELSE 0 END"""
    params = [*params, *params, float(HALF_AS_NEAR_KM**2)]
    if facts.meeting == Meeting.ON_SITE:
        return f"%s * {near}", [REACH, *params]
    either = f"CASE WHEN person.online AND {near} < %s THEN %s ELSE {near} END"
    return f"%s * {either}", [REACH, *params, ONLINE_AS_WELL, ONLINE_AS_WELL, *params]


def _format(facts: NeedFacts) -> Sql:
    if not facts.format:
        return "0", []
    return "CASE WHEN CAST(person.formats AS text) LIKE %s THEN %s ELSE 0 END", [
        f'%"{facts.format}"%',
        FORMAT,
    ]


def _border(facts: NeedFacts) -> Sql:
    if not facts.across_the_border or not facts.country:
        return "0", []
    return "CASE WHEN place.country <> %s THEN %s ELSE 0 END", [facts.country, BORDER]


def _allowed(facts: NeedFacts) -> Sql:
    """Neither barred by name, nor of the company that asks, nor unwilling to work for it."""
    barred = [NOBODY, *facts.excluded]
    sql, params = f"person.id NOT IN ({_places(barred)})", barred
    if facts.company is None:
        return sql, params
    return (
        f"""{sql} AND (person.company_id IS NULL OR person.company_id <> %s)
            AND NOT EXISTS (SELECT 1 FROM members_person_excluded_companies AS barred
                WHERE barred.person_id = person.id AND barred.company_id = %s)""",
        [*params, facts.company, facts.company],
    )


def _places(values: list[Any]) -> str:
    return ", ".join(["%s"] * len(values))


PARTS = {"language": _language, "reach": _reach, "format": _format, "border": _border, "allowed": _allowed}
