"""What pages ask the database, and whether that changes anything in it."""

import re
from collections.abc import Iterable

from django.test.utils import CaptureQueriesContext

#: how a statement begins that changes no data; PostgreSQL puts a bracket before each part of a UNION
READS = ("SELECT", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "BEGIN")

#: how rows are changed, and of which table; PostgreSQL does it within WITH too
CHANGES = re.compile(
    r'\b(?:INSERT(?: OR \w+)? INTO|DELETE FROM|UPDATE(?= \S+ SET\b)) "?(\w+)"?', re.IGNORECASE
)


def statements(queries: CaptureQueriesContext) -> list[str]:
    """What was asked, in its order."""
    return [query["sql"] for query in queries]


def writes(asked: Iterable[str]) -> list[str]:
    """Those of the statements that change data."""
    return [sql for sql in asked if tables_written(sql) or not sql.lstrip("( \n").upper().startswith(READS)]


def tables_written(sql: str) -> set[str]:
    """The tables of which a statement changes rows."""
    return set(CHANGES.findall(sql))
