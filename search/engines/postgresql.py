"""PostgreSQL: a GIN index over a tsvector of lexemes holds the lists. ts_rank() knows no rarity and is not used."""

from typing import Any

from portal.core.domain.prepared import Sql
from search.engines.relational import ADDING, COUNTING, Change, RelationalEngine
from search.models import LEVEL_COLUMNS


class PostgresqlEngine(RelationalEngine):
    @staticmethod
    def known(language: str, keys: list[str]) -> Sql:
        # Many keys stand nowhere: one look at the index for each takes a third of what = ANY does (OFFSET keeps it so).
        sql = f"""SELECT known.language, known.key, {", ".join(LEVEL_COLUMNS)} FROM unnest(%s::text[]) AS list (key)
            CROSS JOIN LATERAL (
                SELECT * FROM search_documentfrequency WHERE language = %s AND key = list.key OFFSET 0
            ) AS known"""
        return sql, [keys, language]

    @staticmethod
    def holding(language: str, lexemes: list[str]) -> Sql:
        return "SELECT %s AS language, held.* FROM search_holding(%s, %s) AS held", [
            language,
            language,
            lexemes,
        ]

    def counted(self, language: str) -> tuple[str, list[Any]]:
        inner = f"SELECT vector FROM search_searchdocument WHERE language = '{language}'"
        return "SELECT word AS lexeme, ndoc AS documents FROM ts_stat(%s)", [inner]

    def add_counts(self, cursor: Any, changes: list[Change]) -> None:
        languages, keys, sums = zip(*changes, strict=True)
        # numbers as the text of an array: psycopg dumps them one by one, which takes five times as long
        levels = [f"{{{','.join(map(str, column))}}}" for column in zip(*sums, strict=True)]
        given = ", ".join(["%s::text[]", "%s::text[]", *("%s::int[]" for _ in LEVEL_COLUMNS)])
        cursor.execute(
            f"{COUNTING} SELECT * FROM unnest({given}) {ADDING}", [list(languages), list(keys), *levels]
        )
