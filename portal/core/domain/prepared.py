"""Queries that are asked again and again: their SQL is put together once, for that takes Django longer than the answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

from django.db import connection
from django.db.models import QuerySet

#: a piece of SQL and its parameters
Sql = tuple[str, list[Any]]

#: a table with one column, `key`, of whole numbers that travel as one parameter, a JSON text: so the query stays the same
#: however many there are, and is understood but once
KEYS = {
    "sqlite": "(SELECT value AS key FROM json_each(%s))",
    "postgresql": "(SELECT CAST(value AS bigint) AS key FROM jsonb_array_elements_text(CAST(%s AS jsonb)) AS value)",
}
#: the values of a group as one text, with commas between them
JOINED = {"sqlite": "group_concat({})", "postgresql": "string_agg(CAST({} AS text), ',')"}

#: For certain rows of a query. PostgreSQL takes all keys as one parameter, so that what it has planned serves any number of them;
#: behind unnest() it cannot count them, or it would plan each query for two of them anew. SQLite looks at no index for those.
AMONG = {
    "sqlite": 'SELECT * FROM ({query}) AS prepared WHERE "{column}" IN ({places})',
    "postgresql": 'SELECT * FROM ({query}) AS prepared WHERE "{column}" = ANY(ARRAY(SELECT unnest(CAST(%s AS {type}[]))))',
}


@dataclass(frozen=True)
class PreparedQuery:
    """The SQL of a query, of which everybody asks for other rows."""

    sql: str
    params: tuple[Any, ...]

    def rows(self, column: str, keys: Iterable[int | str]) -> list[tuple[Any, ...]]:
        """The rows whose `column` is one of `keys`, of which there must be some, with values as the database gives them; one query."""
        values = list(keys)
        places, of_type = ", ".join(["%s"] * len(values)), "bigint" if isinstance(values[0], int) else "text"
        sql = AMONG[connection.vendor].format(query=self.sql, column=column, places=places, type=of_type)
        given = [values] if connection.vendor == "postgresql" else values
        return _read(sql, [*self.params, *given])

    def all(self) -> list[tuple[Any, ...]]:
        """All rows, in the order of the query; likewise."""
        return _read(self.sql, list(self.params))


def _read(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def keys_table() -> str:
    """KEYS as SQL; one parameter."""
    return KEYS[connection.vendor]


def joined(values: str) -> str:
    """JOINED as SQL: an aggregate of the expression `values`."""
    return JOINED[connection.vendor].format(values)


def prepared(build: Callable[..., QuerySet[Any]]) -> Callable[..., PreparedQuery]:
    """`build` with its query as SQL, put together once for each choice of arguments; nothing in it may change with time."""

    @cache
    def put_together(_vendor: str, *arguments: Any) -> PreparedQuery:
        sql, params = build(*arguments).query.sql_with_params()
        return PreparedQuery(sql, tuple(params))

    @wraps(build)
    def query(*arguments: Any) -> PreparedQuery:
        return put_together(connection.vendor, *arguments)

    return query
