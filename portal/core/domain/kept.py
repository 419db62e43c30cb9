"""What was read from the database, kept in the process until anything in the database changes, or what it was read from.

Not for some minutes, as a cache would, nor until whoever writes remembers to throw it away: before each use the database says
whether it is still the one that was read. PostgreSQL names the snapshot that a query would see; where the names are equal, so are
the rows. SQLite counts what others have committed (`PRAGMA data_version`) and what the connection itself has changed, so each
thread keeps what its own connection has read. What is kept may be newer than the state it is kept for, never older: the state
is asked for first. Who writes certain tables in one place can name a state of them alone, which others leave as it is.

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


#: Says a value that is another one after every change that counts, and None where nothing may be kept.
State = Callable[[], Hashable]

STATES: dict[str, State] = {}
#: (value of a state, the answers of that time by function and arguments) as `known`; on SQLite, `any_change` has one in each thread
_kept: dict[State, Any] = {}
_kept_by_thread = threading.local()
#: the answers of each state that a thread has asked for `at_one_time`, as `answers`
_at_one_time = threading.local()


def any_change() -> Hashable:
    """The state of the whole database."""
    return STATES[connection.vendor]()


def kept(read: Callable[..., Answer], state: State = any_change) -> Callable[..., Answer]:
    """`read`, which asks the database, and is asked again only after a change of `state`; one short query otherwise.

    Its arguments must be hashable, and nobody may change its answers.
    """

    @wraps(read)
    def answer(*arguments: Any) -> Answer:
        answers = _answers(state)
        if (read, arguments) not in answers:
            answers[read, arguments] = read(*arguments)
        return answers[read, arguments]

    return answer


def kept_rows(
    most: int, size: Callable[[Any], int] = lambda _row: 1, state: State = any_change
) -> Callable[[Callable[..., Mapping[Key, Answer]]], Callable[..., dict[Key, Answer]]]:
    """For a function that reads rows by their keys, its last argument: it is asked only for those it has not been asked for yet.

    What has no row is left out, and remembered too. Where rows would have more than `most` together, each its `size`, only those
    stay that are asked for just now.
    """

    def keeping(read: Callable[..., Mapping[Key, Answer]]) -> Callable[..., dict[Key, Answer]]:
        def nothing(*_arguments: Any) -> SimpleNamespace:
            return SimpleNamespace(rows={}, size=0)

        known = kept(nothing, state)

        def size_of(rows: Mapping[Key, Answer | None]) -> int:
            return sum(1 if row is None else size(row) for row in rows.values())

        @wraps(read)
        def answer(*arguments: Any) -> dict[Key, Answer]:
            *others, keys = arguments
            of_these = known(*others)
            # other threads look at the same rows: they grow, but what has been seen in them does not go
            rows: dict[Key, Answer | None] = of_these.rows
            if missing := [key for key in keys if key not in rows]:
                found = dict.fromkeys(missing) | dict(read(*others, missing))
                of_these.size += size_of(found)
                if of_these.size > most:
                    of_these.rows = rows = {key: rows[key] for key in keys if key in rows}
                    of_these.size = size_of(rows | found)
                rows |= found
            return {key: row for key in keys if (row := rows[key]) is not None}

        return answer

    return keeping


@contextmanager
def at_one_time() -> Iterator[None]:
    """Within it, what is kept is asked for but once whether it is still so. For reading only: own changes do not show."""
    if hasattr(_at_one_time, "answers"):
        yield
        return
    _at_one_time.answers = {}
    try:
        yield
    finally:
        del _at_one_time.answers


def _answers(state: State) -> dict[Hashable, Any]:
    """What is known of `state` as it is now, or was when it was first asked for `at_one_time`."""
    if connection.in_atomic_block:
        return {}
    asked = getattr(_at_one_time, "answers", {})
    if state not in asked:
        asked[state] = _known(state)
    return asked[state]


def _known(state: State) -> dict[Hashable, Any]:
    is_of_thread = state is any_change and connection.vendor == "sqlite"
    store = _kept_by_thread if is_of_thread else _kept.setdefault(state, SimpleNamespace())
    if (now := state()) is None:
        return {}
    former, answers = getattr(store, "known", (None, {}))
    if former != now:
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


STATES |= {"sqlite": _state_of_sqlite, "postgresql": _state_of_postgresql}
