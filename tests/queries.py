"""What pages ask the database, and whether that changes anything in it."""

from collections.abc import Iterable

from django.test.utils import CaptureQueriesContext

#: how a statement begins that changes no data; PostgreSQL puts a bracket before each part of a UNION
READS = ("SELECT", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "BEGIN")


def statements(queries: CaptureQueriesContext) -> list[str]:
    """What was asked, in its order."""
    return [query["sql"] for query in queries]


def writes(asked: Iterable[str]) -> list[str]:
    """Those of the statements that change data."""
    return [sql for sql in asked if not sql.lstrip("( \n").upper().startswith(READS)]
