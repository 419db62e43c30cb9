"""How many people know something about a need and have a place, by how they can talk and meet: one query for any number."""

from collections.abc import Mapping

from django.db import connection
from django.utils import timezone

from matching.domain.relaxing import SIMILAR, Fitting, bit, fitting, situations
from matching.domain.scoring import Need
from matching.domain.shortlist import NOBODY, allowed, held, placeholders, squared_km, visible
from matching.domain.vocabulary import Vocabulary
from portal.core.enums import SpokenLanguage

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
        AND (SELECT visible.is_mentor FROM ({visible}) AS visible WHERE visible.id = person.id)
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
    far, far_params = squared_km(facts)
    comes = (
        f"person.on_site_radius > 0 AND {far} <= person.on_site_radius * person.on_site_radius"
        if far
        else "1 = 1"
    )
    taken, shown = held(), visible(language)
    allowed_sql, allowed_params = allowed(facts)
    sql = COUNTED.format(
        topics=placeholders(topics),
        alike=placeholders(alike),
        comes=comes,
        bits=" ".join(f"WHEN '{code}' THEN {bit(code)}" for code in SpokenLanguage.values),
        held=taken.sql,
        allowed=allowed_sql,
        visible=shown.sql,
    )
    params = [
        *topics,
        *alike,
        *far_params,
        timezone.localdate(),
        *taken.params,
        *allowed_params,
        *shown.params,
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return fitting(facts, situations(iter(cursor.fetchall())))
