"""What pages ask the database, and whether that changes anything in it."""

import re
from collections.abc import Iterable

from django.test.utils import CaptureQueriesContext

#: how a statement begins that changes no data; PostgreSQL puts a bracket before each part of a UNION
READS = ("SELECT", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "BEGIN")

#: what WITH can hold besides: PostgreSQL changes rows there
CHANGES = re.compile(r"\b(INSERT INTO|DELETE FROM|UPDATE \S+ SET)\b", re.IGNORECASE)


def statements(queries: CaptureQueriesContext) -> list[str]:
    """What was asked, in its order."""
    return [query["sql"] for query in queries]


def writes(asked: Iterable[str]) -> list[str]:
    """Those of the statements that change data."""
    return [sql for sql in asked if CHANGES.search(sql) or not sql.lstrip("( \n").upper().startswith(READS)]
