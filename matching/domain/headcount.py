"""How many people know something about a need and have a place, by how they can talk and meet: one query for any number."""

from collections.abc import Mapping
from math import cos, radians
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from matching.domain.candidates import people
from matching.domain.needs import NeedFacts
from matching.domain.relaxing import SIMILAR, Fitting, bit, fitting, situations
from matching.domain.scoring import KM_PER_DEGREE, Need
from matching.domain.vocabulary import Vocabulary
from portal.core.domain.prepared import Sql, prepared
from portal.core.enums import SpokenLanguage

#: the key of no row
NOBODY = -1

COUNTED = """SELECT * FROM (
WITH knowing(person) AS (
    SELECT content_object_id FROM members_persontopic WHERE tag_id IN ({topics})
    UNION SELECT id FROM members_person WHERE id IN ({alike})
)
SELECT tongues, online, comes, COUNT(*) FROM (
    SELECT person.online AS online, CASE WHEN {comes} THEN 1 ELSE 0 END AS comes,
        COALESCE((SELECT SUM(CASE spoken.language {bits} ELSE 0 END) FROM members_personlanguage AS spoken
            WHERE spoken.person_id = person.id), 0) AS tongues
    FROM knowing
    JOIN members_person AS person ON person.id = knowing.person
    JOIN topics_place AS place ON place.id = person.place_id
    WHERE person.verified_on IS NOT NULL AND person.user_id IS NOT NULL
        AND (person.paused_until IS NULL OR person.paused_until <= %s)
        AND person.places > (SELECT COUNT(*) FROM ({held}) AS held WHERE held.person = person.id)
        AND {allowed}
        AND EXISTS (SELECT 1 FROM ({mentors}) AS mentor WHERE mentor.id = person.id)
) AS able GROUP BY tongues, online, comes
) AS counted"""


def count_fitting(need: Need, texts: Mapping[int, float], vocabulary: Vocabulary, language: str) -> Fitting:
    """How many mentors fit `need` in the tree of `language`, and how many more would if it asked for less; one query."""
    facts = need.facts
    topics = [
        NOBODY,
        *sorted({below for topic in need.rarities for below in vocabulary.with_narrower(topic)}),
    ]
    alike = [NOBODY, *(person for person, share in texts.items() if share >= SIMILAR)]
    far, far_params = _squared_km(facts)
    comes = (
        f"person.on_site_radius > 0 AND {far} <= person.on_site_radius * person.on_site_radius"
        if far
        else "1 = 1"
    )
    taken, mentors = _held(), _mentors(language)
    allowed_sql, allowed_params = _allowed(facts)
    sql = COUNTED.format(
        topics=_placeholders(topics),
        alike=_placeholders(alike),
        comes=comes,
        bits=" ".join(f"WHEN '{code}' THEN {bit(code)}" for code in SpokenLanguage.values),
        held=taken.sql,
        allowed=allowed_sql,
        mentors=mentors.sql,
    )
    params = [
        *topics,
        *alike,
        *far_params,
        timezone.localdate(),
        *taken.params,
        *allowed_params,
        *mentors.params,
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return fitting(facts, situations(iter(cursor.fetchall())))


@prepared
def _mentors(language: str) -> QuerySet[Any]:
    """Every mentor who may be shown."""
    return people().mentors(language).order_by().values("id")


@prepared
def _held() -> QuerySet[Any]:
    """Every place that is taken."""
    return people().held_places()


def _squared_km(facts: NeedFacts) -> Sql:
    """The square of how far away somebody is; empty if the need does not say from where."""
    if facts.latitude is None or facts.longitude is None:
        return "", []
    north, east = "(place.latitude - %s) * %s", "(place.longitude - %s) * %s"
    km_east = KM_PER_DEGREE * cos(radians(facts.latitude))
    params = [facts.latitude, KM_PER_DEGREE] * 2 + [facts.longitude, km_east] * 2
    return f"(({north}) * ({north}) + ({east}) * ({east}))", params


def _allowed(facts: NeedFacts) -> Sql:
    """Who may be shown, as `shortlist.may_be_shown` says it; a test holds the two together."""
    barred = [NOBODY, *facts.excluded]
    sql, params = f"person.id NOT IN ({_placeholders(barred)})", barred
    if facts.company is None:
        return sql, params
    return (
        f"""{sql} AND (person.company_id IS NULL OR person.company_id <> %s)
            AND NOT EXISTS (SELECT 1 FROM members_person_excluded_companies AS barred
                WHERE barred.person_id = person.id AND barred.company_id = %s)""",
        [*params, facts.company, facts.company],
    )


def _placeholders(values: list[Any]) -> str:
    """A place for each of `values` in a piece of SQL."""
    return ", ".join(["%s"] * len(values))
