"""SQLite: FTS5 holds the lists, one table per language.

FTS5 ranks with bm25() itself, but counts every term of the query in every document for it: with 30 grams that takes 270 ms
on 20,000 documents where adding up stored weights takes 16 ms (p95, measured).
"""

import json
from typing import Any

from django.db import connection

from portal.core.domain.prepared import Sql, joined
from search.engines.relational import ADDING, COUNTING, Change, RelationalEngine, places
from search.models import LEVEL_COLUMNS
from search.schema import LANGUAGES, counts_table, fts_table


class SqliteEngine(RelationalEngine):
    @staticmethod
    def known(language: str, keys: list[str]) -> Sql:
        # Many keys stand nowhere: one look at the table for each, in this order, is all that it takes.
        sql = f"""SELECT known.language, known.key, {", ".join(LEVEL_COLUMNS)} FROM json_each(%s) AS list
            CROSS JOIN search_documentfrequency AS known ON known.language = %s AND known.key = list.value"""
        return sql, [json.dumps(keys), language]

    @staticmethod
    def holding(language: str, lexemes: list[str]) -> Sql:
        # One parameter, so that the query is the same for any lexemes and is understood but once.
        sql = f"""SELECT %s AS language, list.value AS lexeme, (
                SELECT {joined("fts.rowid")} FROM {fts_table(language)}('"' || list.value || '"') AS fts
            ) AS documents FROM json_each(%s) AS list"""
        return sql, [language, json.dumps(lexemes)]

    def counted(self, language: str) -> tuple[str, list[Any]]:
        return f"SELECT term AS lexeme, doc AS documents FROM {counts_table(language)}", []

    def add_counts(self, cursor: Any, changes: list[Change]) -> None:
        rows = [(language, key, *sums) for language, key, sums in changes]
        cursor.executemany(f"{COUNTING} VALUES ({places(['', '', *LEVEL_COLUMNS])}) {ADDING}", rows)

    def compact(self) -> None:
        """See Engine. Writing leaves many segments, and whoever reads a list looks into all of them: one takes half the time.

        Source: https://www.sqlite.org/fts5.html, the optimize command; others who write wait for 0.1 s at 2,000 documents.
        """
        with connection.cursor() as cursor:
            for table in map(fts_table, LANGUAGES):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
