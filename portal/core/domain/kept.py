"""What was read from the database, kept in the process until anything in the database changes.

Not for some minutes, as a cache would, nor until whoever writes remembers to throw it away: before each use the database says
whether it is still the one that was read. PostgreSQL names the snapshot that a query would see; where the names are equal, so are
the rows. SQLite counts what others have committed (`PRAGMA data_version`) and what the connection itself has changed, so each
thread keeps what its own connection has read. What is kept may be newer than the state it is kept for, never older: the state
is asked for first.

Within a transaction nothing is kept, for what it has written may never come to be. Why not a cache: docs/decisions/0011-kept-reads.md.
"""

import threading
from collections.abc import Callable, Hashable
from functools import wraps
from types import SimpleNamespace
from typing import Any, TypeVar

from django.db import connection

Answer = TypeVar("Answer")


#: (a state of the database, the answers of that state by function and arguments) as `known`: on PostgreSQL all threads share it
_kept: dict[str, Any] = {"sqlite": threading.local(), "postgresql": SimpleNamespace()}


def kept(read: Callable[..., Answer]) -> Callable[..., Answer]:
    """`read`, which asks the database, and is asked again only after a change; one short query otherwise.

    Its arguments must be hashable, and nobody may change its answers.
    """

    @wraps(read)
    def answer(*arguments: Any) -> Answer:
        answers = _answers()
        if (read, arguments) not in answers:
            answers[read, arguments] = read(*arguments)
        return answers[read, arguments]

    return answer


def _answers() -> dict[Hashable, Any]:
    """What is known of the database as it is now."""
    if connection.in_atomic_block:
        return {}
    store, now = _kept[connection.vendor], STATES[connection.vendor]()
    state, answers = getattr(store, "known", (None, {}))
    if state != now:
        answers = {}
        store.known = now, answers
    return answers


def _state_of_sqlite() -> Hashable:
    with connection.cursor() as cursor:
        (committed_by_others,) = cursor.execute("PRAGMA data_version").fetchone()
        # the connection itself, too, for the counts begin anew with each
        return connection.connection, connection.connection.total_changes, committed_by_others


def _state_of_postgresql() -> Hashable:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), CAST(pg_current_snapshot() AS text)")
        return cursor.fetchone()


STATES = {"sqlite": _state_of_sqlite, "postgresql": _state_of_postgresql}
