"""The best people for a need, ranked by the database: the rows of all who know something never travel to Python.

The SQL says what `matching.domain.scoring` says; a test holds the two together. First it reads the facts of those who know
most. Then only of those who could still come before the last of them: who knows so much less that all other parts together
cannot make up for it is left out unseen (the threshold algorithm of Fagin, Lotem and Naor, Optimal aggregation algorithms
for middleware, 2003).
"""

import json
from collections.abc import Collection, Mapping
from math import ceil, cos, radians
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from matching.domain.asked import LISTING
from matching.domain.candidates import people
from matching.domain.knowledge import Group, divided, members, wisest
from matching.domain.needs import NeedFacts
from matching.domain.scoring import (
    DAYS_TO_ANSWER,
    DIGITS,
    EQUALS,
    HALF_AS_NEAR_KM,
    KM_PER_DEGREE,
    ONLINE_AS_WELL,
    UNKNOWN_HABIT,
    Need,
    place_among_equals,
    shuffle,
)
from matching.rules import Weights
from portal.core.domain.prepared import Sql, prepared
from portal.members.enums import LanguageLevel, Meeting

#: what rounding a score may add to it
ROUNDED = 10**-DIGITS
#: which part of all that counts besides knowledge the last of the wisest is guessed to have; a wrong guess costs a query
USUAL = 0.6
#: so many are ranked for each that is wanted, and more only if too few of them may be shown
SPARE = 1.5
WIDER = 8
#: so many of the wisest are measured for each that is ranked, to learn what the others would have to reach
MEASURED_FIRST = 2

#: what the wisest are worth in all, and who could still come before the last of them
RANKED = """SELECT * FROM (
WITH wisest(person, knowledge) AS MATERIALIZED ({people}),
sure AS MATERIALIZED ({measured_wisest}),
bar AS MATERIALIZED (SELECT total FROM sure ORDER BY total DESC LIMIT 1 OFFSET %s),
hopeful(person, knowledge) AS MATERIALIZED (
    {people} WHERE {knowledge} >= COALESCE((SELECT total FROM bar), 0) - %s
),
top AS MATERIALIZED (
    SELECT person, total, free FROM (SELECT * FROM sure UNION ALL SELECT * FROM ({measured_hopeful}) AS more) AS measured
    ORDER BY total DESC, free DESC, person * %s %% {equals}, person LIMIT %s
)
SELECT top.person, top.total, top.free, visible.is_mentor,
    (SELECT {listing}(CAST(carried.tag_id AS text), ',') FROM members_persontopic AS carried
        WHERE carried.content_object_id = top.person) AS topics,
    (SELECT {listing}(spoken.language || ':' || spoken.level, ',') FROM members_personlanguage AS spoken
        WHERE spoken.person_id = top.person) AS languages,
    (SELECT total FROM bar) AS bar
FROM top LEFT JOIN ({visible}) AS visible ON visible.id = top.person
) AS ranked"""

MEASURED = """
SELECT person, ROUND(CAST(total + CASE WHEN free > 0 THEN %s ELSE 0 END AS numeric), {digits}) AS total,
    CASE WHEN free > 0 THEN free ELSE 0 END AS free
FROM (
    SELECT person.id AS person, person.sure + {language} + {habit} AS total,
        CASE WHEN person.is_away THEN 0 ELSE person.places - {held} END AS free
    FROM (
        SELECT person.id AS id, person.places AS places, those.knowledge + {reach} + {format} + {border} AS sure,
            person.user_id IS NULL OR COALESCE(person.paused_until > %s, FALSE) AS is_away
        FROM {those} AS those
        JOIN members_person AS person ON person.id = those.person
        JOIN topics_place AS place ON place.id = person.place_id
        WHERE person.verified_on IS NOT NULL AND {allowed}
        LIMIT %s
    ) AS person
    WHERE person.sure >= %s + COALESCE({bar}, 0)
    LIMIT %s
) AS parts
"""


GIVEN = """
SELECT person.id, 0, 0, NULL,
    (SELECT {listing}(CAST(carried.tag_id AS text), ',') FROM members_persontopic AS carried
        WHERE carried.content_object_id = person.id),
    (SELECT {listing}(spoken.language || ':' || spoken.level, ',') FROM members_personlanguage AS spoken
        WHERE spoken.person_id = person.id),
    NULL
FROM members_person AS person WHERE person.id IN ({keys}) AND {allowed} ORDER BY person.id
"""

#: how each database reads groups of people from one parameter, [[knowledge, [key, ...]], ...], so that the query is the same
#: however many there are, and is understood but once
PEOPLE = {
    "sqlite": """SELECT member.value, {knowledge} FROM json_each(%s) AS people
        CROSS JOIN json_each(people.value, '$[1]') AS member""",
    "postgresql": """SELECT CAST(member.key AS bigint), {knowledge} FROM jsonb_array_elements(CAST(%s AS jsonb)) AS people(value)
        CROSS JOIN LATERAL jsonb_array_elements_text(people.value -> 1) AS member(key)""",
}
KNOWLEDGE = {
    "sqlite": "json_extract(people.value, '$[0]')",
    "postgresql": "CAST(people.value ->> 0 AS double precision)",
}


class Listed(NamedTuple):
    """Somebody on the list; `is_mentor` is None for those who have no public page."""

    key: int
    total: float
    free: int
    is_mentor: bool | None
    topics: frozenset[int]
    #: (language, level), the best known first
    languages: list[tuple[str, int]]

    def place(self, factor: int) -> tuple[float, int, int, int]:
        """What the list is sorted by."""
        return -self.total, -self.free, place_among_equals(self.key, factor), self.key


def shortlist(
    need: Need,
    carriers: Mapping[int, str],
    texts: Mapping[int, float],
    language: str,
    limit: int,
    mentors_only: bool,
) -> list[Listed]:
    """The `limit` best people who may be shown in the tree of `language`, the best first.

    `carriers` and `texts` as `knowledge.divided` takes them. One query, unless most of the best may not be shown, or fit badly
    but for what they know.
    """
    factor, size = shuffle(need.facts.seed), ceil(SPARE * limit)
    groups = divided(need, carriers, texts)
    while groups:
        rows, bar = _read(need, groups, language, size)
        found = sorted(
            (_exact(need, row) for row in rows if row.is_mentor is not None), key=lambda r: r.place(factor)
        )
        best = [row for row in found if row.is_mentor or not mentors_only][:limit]
        if len(rows) < size or (len(best) == limit and _is_settled(best[-1], rows, bar, factor)):
            return best
        size *= WIDER
    return []


def given(facts: NeedFacts, keys: Collection[int]) -> list[Listed]:
    """The people `keys` with what they know, in the order of their keys and without a score; who must not be shown is left out.

    One query, or none.
    """
    if not keys:
        return []
    may_be, params = allowed(facts)
    sql = GIVEN.format(listing=LISTING[connection.vendor], keys=placeholders(sorted(keys)), allowed=may_be)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*sorted(keys), *params])
        return [_listed(row) for row in cursor.fetchall()]


def _is_settled(last: Listed, rows: list[Listed], bar: float | None, factor: int) -> bool:
    """Whether nobody who is not among `rows` can come before `last`."""
    end = max(row.place(factor) for row in rows)
    return (bar is None or last.total >= bar) and last.place(factor) <= end


def _exact(need: Need, row: Listed) -> Listed:
    """The database does not see that people who are experts alone have no places."""
    if row.is_mentor or not row.free:
        return row
    return row._replace(total=round(row.total - need.weights.free, DIGITS), free=0)


def _read(need: Need, groups: list[Group], language: str, size: int) -> tuple[list[Listed], float | None]:
    """The `size` best, and the score that the last of them has at least (None: there are fewer).

    Who could still come before them is known only then, so it is guessed first, and read again if that was too few.
    """
    first, rest = wisest(groups, MEASURED_FIRST * size)
    others = need.weights.others + ROUNDED
    least = first[-1].knowledge - others * (1 - USUAL) if rest else 0.0
    while True:
        hopeful = [group for group in rest if group.knowledge >= least]
        rows = _measure(need, first, hopeful, language, size)
        bar = None if not rows or rows[0][-1] is None else float(rows[0][-1])
        if len(hopeful) == len(rest) or (bar is not None and bar - others >= least):
            return [_listed(row) for row in rows], bar
        least = (bar or 0.0) - others


def _measure(
    need: Need, first: list[Group], hopeful: list[Group], language: str, size: int
) -> list[tuple[Any, ...]]:
    """The `size` best of both lists as rows, each with the score that all of them have at least."""
    sure, more = _measured(need, "wisest", "0"), _measured(need, "hopeful", "(SELECT total FROM bar)")
    shown = visible(language)
    knowledge = KNOWLEDGE[connection.vendor]
    sql = RANKED.format(
        people=PEOPLE[connection.vendor].format(knowledge=knowledge),
        knowledge=knowledge,
        measured_wisest=sure[0],
        measured_hopeful=more[0],
        visible=shown.sql,
        equals=EQUALS,
        listing=LISTING[connection.vendor],
    )
    params = [
        *[_as_json(first), *sure[1], size - 1],
        *[_as_json(hopeful), need.weights.others + ROUNDED, *more[1]],
        *[shuffle(need.facts.seed), size, *shown.params],
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _as_json(groups: list[Group]) -> str:
    return json.dumps([[group.knowledge, members(group.people)] for group in groups])


def _listed(row: tuple[Any, ...]) -> Listed:
    key, total, free, is_mentor, topics, languages, _bar = row
    return Listed(
        key,
        float(total),
        free,
        None if is_mentor is None else bool(is_mentor),
        frozenset(map(int, topics.split(","))) if topics else frozenset(),
        _languages(languages),
    )


@prepared
def visible(language: str) -> QuerySet[Any]:
    """Everybody who may be shown."""
    return people().shown(language).order_by().values("id", "is_mentor")


@prepared
def held() -> QuerySet[Any]:
    """Every place that is taken."""
    return people().held_places()


@prepared
def _habits() -> QuerySet[Any]:
    """Within how many days people usually answer."""
    return people().habits()


def _languages(listed: str | None) -> list[tuple[str, int]]:
    pairs = (pair.split(":") for pair in listed.split(",")) if listed else ()
    return sorted(((code, int(level)) for code, level in pairs), key=lambda pair: (-pair[1], pair[0]))


def _measured(need: Need, those: str, bar: str) -> Sql:
    """The whole score of the people in the table `those`, except those whom the asker or they themselves bar.

    Left out, too, is who stays below `bar` however well they speak and answer: that is asked for only of the others.
    """
    weights = need.weights
    parts = {name: part(need.facts, weights) for name, part in PARTS.items()}
    barred = allowed(need.facts)
    taken = held()
    sql = MEASURED.format(
        those=those,
        digits=DIGITS,
        held=f"(SELECT COUNT(*) FROM ({taken.sql}) AS held WHERE held.person = person.id)",
        allowed=barred[0],
        bar=bar,
        **{name: part[0] for name, part in parts.items()},
    )
    fit = {name: part[1] for name, part in parts.items()}
    # The limits are none: SQLite would else compute each part anew wherever it stands.
    return sql, [
        *[weights.free, *fit["language"], *fit["habit"], *taken.params],
        *[*fit["reach"], *fit["format"], *fit["border"], timezone.localdate(), *barred[1], EQUALS],
        *[-(weights.works_in + weights.habit + weights.free + ROUNDED), EQUALS],
    ]


#: the key of no row
NOBODY = -1


def _language(facts: NeedFacts, weights: Weights) -> Sql:
    lacking = weights.language(0, facts.interpreting)
    if not facts.spoken:
        return "%s", [lacking]
    spoken = list(facts.spoken)
    return (
        f"""COALESCE((SELECT MAX(CASE WHEN spoken.level = %s THEN %s ELSE %s END) FROM members_personlanguage AS spoken
            WHERE spoken.person_id = person.id AND spoken.language IN ({placeholders(spoken)})), %s)""",
        [
            LanguageLevel.WORKS_IN.value,
            weights.works_in,
            weights.understands,
            *spoken,
            lacking,
        ],
    )


def squared_km(facts: NeedFacts) -> Sql:
    """The square of how far away somebody is; empty if the need does not say from where."""
    if facts.latitude is None or facts.longitude is None:
        return "", []
    north, east = "(place.latitude - %s) * %s", "(place.longitude - %s) * %s"
    km_east = KM_PER_DEGREE * cos(radians(facts.latitude))
    params = [facts.latitude, KM_PER_DEGREE] * 2 + [facts.longitude, km_east] * 2
    return f"(({north}) * ({north}) + ({east}) * ({east}))", params


def _reach(facts: NeedFacts, weights: Weights) -> Sql:
    if facts.meeting == Meeting.ONLINE:
        return "CASE WHEN person.online THEN %s ELSE 0 END", [weights.reach]
    squared, params = squared_km(facts)
    if not squared:
        return "0", []
    near = f"""CASE WHEN person.on_site_radius > 0 AND {squared} <= person.on_site_radius * person.on_site_radius
        THEN 1 / (1 + ({squared}) / %s) ELSE 0 END"""
    params = [*params, *params, float(HALF_AS_NEAR_KM**2)]
    if facts.meeting == Meeting.ON_SITE:
        return f"%s * {near}", [weights.reach, *params]
    either = f"CASE WHEN person.online AND {near} < %s THEN %s ELSE {near} END"
    return f"%s * {either}", [weights.reach, *params, ONLINE_AS_WELL, ONLINE_AS_WELL, *params]


def _format(facts: NeedFacts, weights: Weights) -> Sql:
    if not facts.format:
        return "0", []
    return "CASE WHEN CAST(person.formats AS text) LIKE %s THEN %s ELSE 0 END", [
        f'%"{facts.format}"%',
        weights.format,
    ]


def _border(facts: NeedFacts, weights: Weights) -> Sql:
    if not facts.across_the_border or not facts.country:
        return "0", []
    return "CASE WHEN place.country <> %s THEN %s ELSE 0 END", [facts.country, weights.border]


def _habit(_facts: NeedFacts, weights: Weights) -> Sql:
    habits = _habits()
    return (
        f"""%s * COALESCE((SELECT CASE WHEN habit.days < %s THEN 1 - habit.days / %s ELSE 0 END
            FROM ({habits.sql}) AS habit WHERE habit.person = person.id), %s)""",
        [weights.habit, DAYS_TO_ANSWER, float(DAYS_TO_ANSWER), *habits.params, UNKNOWN_HABIT],
    )


def allowed(facts: NeedFacts) -> Sql:
    """Neither barred by name, nor of the company that asks, nor unwilling to work for it."""
    barred = [NOBODY, *facts.excluded]
    sql, params = f"person.id NOT IN ({placeholders(barred)})", barred
    if facts.company is None:
        return sql, params
    return (
        f"""{sql} AND (person.company_id IS NULL OR person.company_id <> %s)
            AND NOT EXISTS (SELECT 1 FROM members_person_excluded_companies AS barred
                WHERE barred.person_id = person.id AND barred.company_id = %s)""",
        [*params, facts.company, facts.company],
    )


def placeholders(values: list[Any]) -> str:
    """A place for each of `values` in a piece of SQL."""
    return ", ".join(["%s"] * len(values))


#: the parts by their names in MEASURED
PARTS = {
    "reach": _reach,
    "format": _format,
    "border": _border,
    "language": _language,
    "habit": _habit,
}
