"""The worker: every task in its turn, and none stops the others."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.core import worker
from portal.core.management.commands import worker as command
from portal.core.worker import Task, run, run_once, task

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def tasks(monkeypatch):
    """A worker without the portal's own tasks."""
    own: dict[str, Task] = {}
    monkeypatch.setattr(worker, "tasks", own)
    return own


def test_a_task_is_known_by_its_function(tasks):
    @task(every=60)
    def tidy() -> None:
        pass

    (found,) = tasks.values()
    assert (found.name, found.every, found.function) == (f"{__name__}.tidy", 60, tidy)


@pytest.mark.django_db
def test_a_task_comes_round_after_its_time_or_at_once_if_there_is_more():
    answers = [True, False, None]
    each = Task("t", lambda: answers.pop(0), every=60)
    dues = []
    for _time in range(3):
        each.run(clock=lambda: 1_000)
        dues.append(each.due)
    assert dues == [1_000, 1_060, 1_060]


@pytest.mark.django_db
def test_a_task_that_fails_waits_for_its_next_time_and_the_others_go_on(caplog):
    done = []

    @task(every=60)
    def fails() -> None:
        raise ValueError("no")

    @task(every=60)
    def works() -> None:
        done.append("worked")

    run_once()
    assert done == ["worked"]
    assert [record.getMessage() for record in caplog.records] == [f"Task {__name__}.fails failed"]


@pytest.mark.django_db
def test_once_means_until_nothing_is_left():
    left = [1, 2, 3]

    @task(every=60)
    def works() -> bool:
        left.pop()
        return bool(left)

    run_once()
    assert left == []


@pytest.mark.django_db
def test_one_task_can_be_run_alone(monkeypatch, tasks):
    done = []

    @task(every=60)
    def first() -> None:
        done.append("first")

    @task(every=60)
    def second() -> None:
        done.append("second")

    monkeypatch.setattr(command, "tasks", tasks)
    call_command("worker", "--once", f"{__name__}.second")
    assert done == ["second"]
    call_command("worker", "--once")
    assert done == ["second", "first", "second"]
    with pytest.raises(CommandError, match="no task is called third"):
        call_command("worker", "--once", f"{__name__}.first", "third")
    assert done == ["second", "first", "second"]


@pytest.mark.django_db
def test_it_runs_until_it_is_told_to_stop():
    stop, rounds = threading.Event(), []

    @task(every=0.01)
    def works() -> None:
        rounds.append(time.monotonic())
        if len(rounds) == 3:
            stop.set()

    run(stop)
    assert len(rounds) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_in_good_order(number, tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout.readline().startswith(b"Working on: ")
    process.send_signal(number)
    assert process.wait(timeout=20) == 0
