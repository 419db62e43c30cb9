"""Processes that live as long as the tests of races, and act on one database at the same instant."""

import random
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

#: what a process does: the name of a function in jobs.py, and what it is called with
Job = tuple[str, tuple]
#: until then each process has got its jobs and its connection
RUN_UP = 0.25


class Workers:
    """`count` processes, each with a connection of its own."""

    def __init__(self, count: int = 8) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload(["tests.mentoring.trust.ready"])
        self._pipes, self._processes = [], []
        for number in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs, number), daemon=True)
            process.start()
            self._pipes.append(ours)
            self._processes.append(process)
        for pipe in self._pipes:
            pipe.recv()

    def run(self, database: str, jobs: Iterable[Job], *, without: str = "") -> list[str]:
        """Has all `jobs` done at once, dealt in turn; returns what came of each, in their order.

        `without` names a guard that the processes leave out, for the twins of the tests.
        """
        jobs = list(jobs)
        count, start = len(self._pipes), time.time() + RUN_UP
        for number, pipe in enumerate(self._pipes):
            pipe.send((database, start, jobs[number::count], without))
        outcomes: list[str] = [""] * len(jobs)
        for number, pipe in enumerate(self._pipes):
            outcomes[number::count] = pipe.recv()
        return outcomes

    def close(self) -> None:
        for pipe in self._pipes:
            pipe.send(None)
        for process in self._processes:
            process.join(timeout=10)


def serve(pipe: Connection, number: int) -> None:
    """What one process does until it is told to stop."""
    from django.db import connection

    from tests.mentoring.trust import jobs

    pipe.send("ready")
    while (order := pipe.recv()) is not None:
        database, start, work, without = order
        connection.close()
        connection.settings_dict["NAME"] = database
        connection.ensure_connection()
        with left_out(without, number):
            time.sleep(max(0.0, start - time.time()))
            outcomes = [jobs.outcome(name, *args) for name, args in work]
        connection.close()
        pipe.send(outcomes)


@contextmanager
def left_out(guard: str, number: int):
    """This process without a guard: `locks` (rows are read, and somebody else is let in), also without the `first write`
    of a draft that is sent, by which its row is held even so; or the `order` of locks."""
    from django.db.models import QuerySet

    from mentoring.domain import places
    from mentoring.models import MentoringRequest

    kept: dict[str, Callable[..., Any]] = {"rows": QuerySet.select_for_update, "mentors": places.lock}
    save = MentoringRequest.save
    if guard in ("locks", "first write"):
        QuerySet.select_for_update = unlocked
    if guard == "first write":
        MentoringRequest.save = lambda row, **options: None if options else save(row)
    elif guard == "order":
        places.lock = lambda keys: locked_one_by_one(keys, backwards=bool(number % 2))
    yield
    QuerySet.select_for_update, places.lock = kept["rows"], kept["mentors"]
    MentoringRequest.save = save


def unlocked(rows, **_options):
    time.sleep(random.uniform(0, 0.005))
    return rows.all()


def locked_one_by_one(keys, *, backwards: bool):
    from portal.members.models import Person

    found = {}
    for key in sorted(keys, reverse=backwards):
        found[key] = Person.objects.select_for_update().get(pk=key)
        time.sleep(random.uniform(0, 0.005))
    return found
