"""What pages ask the database, and whether that changes anything in it."""

import re
from collections.abc import Iterable
from itertools import count

from django.db import connection
from django.test.utils import CaptureQueriesContext

#: how a statement begins that changes no data; PostgreSQL puts a bracket before each part of a UNION
READS = ("SELECT", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "BEGIN", "PRAGMA DATA_VERSION")

#: how rows are changed, and of which table; PostgreSQL does it within WITH too
CHANGES = re.compile(
    r'\b(?:INSERT(?: OR \w+)? INTO|DELETE FROM|UPDATE(?= \S+ SET\b)) "?(\w+)"?', re.IGNORECASE
)

_asked = count()


def statements(queries: CaptureQueriesContext) -> list[str]:
    """What was asked, in its order."""
    return [query["sql"] for query in queries]


def writes(asked: Iterable[str]) -> list[str]:
    """Those of the statements that change data."""
    return [sql for sql in asked if tables_written(sql) or not sql.lstrip("( \n").upper().startswith(READS)]


def tables_written(sql: str) -> set[str]:
    """The tables of which a statement changes rows."""
    return set(CHANGES.findall(sql))


def plan(sql: str, params: Iterable[object]) -> str:
    """What the database does to answer, whatever the number of rows; within a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # it would look through the few rows of a test all the same
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        # the connection keeps the plan of a text that it knows, even of an index that is gone
        cursor.execute(f"{explain} {sql} -- {next(_asked)}", list(params))
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
