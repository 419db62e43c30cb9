"""What was read from the database, kept in the process until anything in the database changes.

Not for some minutes, as a cache would, nor until whoever writes remembers to throw it away: before each use the database says
whether it is still the one that was read. PostgreSQL names the snapshot that a query would see; where the names are equal, so are
the rows. SQLite counts what others have committed (`PRAGMA data_version`) and what the connection itself has changed, so each
thread keeps what its own connection has read. What is kept may be newer than the state it is kept for, never older: the state
is asked for first.

Within a transaction nothing is kept, for what it has written may never come to be. Why not a cache: docs/decisions/0011-kept-reads.md.
"""

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from types import SimpleNamespace
from typing import Any, TypeVar

from django.db import connection

Answer = TypeVar("Answer")
Key = TypeVar("Key", bound=Hashable)


#: (a state of the database, the answers of that state by function and arguments) as `known`: on PostgreSQL all threads share it
_kept: dict[str, Any] = {"sqlite": threading.local(), "postgresql": SimpleNamespace()}
#: what each thread knows `at_one_time`, as `answers`
_at_one_time = threading.local()


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


def kept_rows(
    most: int,
) -> Callable[[Callable[..., Mapping[Key, Answer]]], Callable[..., dict[Key, Answer]]]:
    """For a function that reads rows by their keys, its last argument: it is asked only for those it has not been asked for yet.

    What has no row is left out, and remembered too. Of more than `most` rows, those that are asked for just now are kept.
    """

    def keeping(read: Callable[..., Mapping[Key, Answer]]) -> Callable[..., dict[Key, Answer]]:
        @kept
        def known(*_arguments: Any) -> SimpleNamespace:
            return SimpleNamespace(rows={})

        @wraps(read)
        def answer(*arguments: Any) -> dict[Key, Answer]:
            *others, keys = arguments
            of_these = known(*others)
            # other threads look at the same rows: they grow, but what has been seen in them does not go
            rows: dict[Key, Answer | None] = of_these.rows
            if missing := [key for key in keys if key not in rows]:
                found = dict.fromkeys(missing) | dict(read(*others, missing))
                if len(rows) + len(found) > most:
                    of_these.rows = rows = {key: rows[key] for key in keys if key in rows}
                rows |= found
            return {key: row for key in keys if (row := rows[key]) is not None}

        return answer

    return keeping


@contextmanager
def at_one_time() -> Iterator[None]:
    """Within it, what is kept is asked for but once whether it is still so. For reading only: own changes do not show."""
    if hasattr(_at_one_time, "answers") or connection.in_atomic_block:
        yield
        return
    _at_one_time.answers = _answers()
    try:
        yield
    finally:
        del _at_one_time.answers


def _answers() -> dict[Hashable, Any]:
    """What is known of the database as it is now, or was when `at_one_time` began."""
    if connection.in_atomic_block:
        return {}
    if (answers := getattr(_at_one_time, "answers", None)) is not None:
        return answers
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
