"""What runs beside the web server: tasks that come round again and again, one after the other, in `manage.py worker`.

An app names its tasks in tasks.py, which its AppConfig imports. State lives in the database, so several workers may run.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import close_old_connections

logger = logging.getLogger(__name__)


@dataclass
class Task:
    """A function that is called every so many seconds. It returns True if there is more to do at once."""

    name: str
    function: Callable[[], object]
    every: float
    due: float = field(default=0.0)

    def run(self, clock: Callable[[], float] = time.monotonic) -> bool:
        """Calls the function once; whether it is due again at once. A failure is logged and waits for the next time."""
        close_old_connections()
        try:
            more = self.function() is True
        except Exception:  # a task may fail in any way, and the others must go on
            logger.exception("Task %s failed", self.name)
            more = False
        finally:
            close_old_connections()
        self.due = clock() + (0 if more else self.every)
        return more


#: every task by its name
tasks: dict[str, Task] = {}


def task(*, every: float) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Has the worker call a function every `every` seconds; sooner if it returns True, for there is more to do."""

    def register(function: Callable[[], object]) -> Callable[[], object]:
        name = f"{function.__module__}.{function.__name__}"
        tasks[name] = Task(name, function, every)
        return function

    return register


def run_once(names: Iterable[str] | None = None) -> None:
    """Calls every task, or only those of `names`, until it has nothing more to do."""
    for name in tasks if names is None else names:
        while tasks[name].run():
            pass


def run(stop: threading.Event) -> None:
    """Calls each task when it is due, until `stop` is set; a task that is running is finished."""
    while not stop.is_set():
        now = time.monotonic()
        for each in tasks.values():
            if each.due <= now and not stop.is_set():
                each.run()
        next_due = min((each.due for each in tasks.values()), default=now + 1)
        stop.wait(max(0.0, next_due - time.monotonic()))


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT (Ctrl+C) set."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop
