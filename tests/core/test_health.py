"""/livez and /readyz: what a load balancer learns when the database works, is stopped, or hangs."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from django.db import connections
from django.test import Client

SERVICES = Path(__file__).resolve().parents[2] / "deploy" / "services.sh"


@pytest.fixture
def database_at(monkeypatch):
    """Points new connections to a PostgreSQL server on a port of this machine."""

    def point(port: int, **fields: str) -> None:
        here = {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "OPTIONS": {},
        }
        monkeypatch.setitem(
            connections.settings, "default", {**connections.settings["default"], **here, **fields}
        )

    return point


@contextmanager
def silent_server() -> Iterator[int]:
    """A server that accepts and never says a word: what a hung database looks like. Yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def timed(path: str) -> tuple[int, float]:
    started = time.monotonic()
    status = Client().get(path).status_code
    return status, time.monotonic() - started


@pytest.mark.django_db
def test_ready_with_a_database():
    response = Client().get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_not_ready_with_a_database_that_nobody_migrated(settings, tmp_path, monkeypatch):
    empty = {**connections.settings["default"], "ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
    monkeypatch.setitem(connections.settings, "default", {**empty, "NAME": tmp_path / "empty.sqlite3"})
    assert Client().get("/readyz").status_code == 503


@pytest.mark.django_db
def test_not_ready_when_the_database_is_stopped(database_at):
    with silent_server() as port:
        pass
    database_at(port)
    response = Client().get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "unavailable", "failed": "database"})


@pytest.mark.django_db
def test_the_answer_comes_within_three_seconds_when_the_database_hangs(database_at):
    with silent_server() as port:
        database_at(port)
        status, seconds = timed("/readyz")
    assert status == 503
    assert seconds < 3


def test_alive_in_a_moment_without_the_database(database_at):
    with silent_server() as port:
        database_at(port)
        Client().get("/livez")
        status, seconds = timed("/livez")
    assert status == 200
    assert seconds < 0.1


def test_a_probe_may_come_by_any_name_of_the_host():
    assert Client().get("/livez", headers={"host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_real_server_that_is_frozen_stopped_and_started_again(database_at):
    with TemporaryDirectory() as folder, throwaway_server(Path(folder)) as (services, port, url, processes):
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE django_migrations AS SELECT 1 AS id")
            password = connection.info.password
        database_at(port, NAME="postgres", USER="portal", PASSWORD=password)
        assert timed("/readyz")[0] == 200

        tell(processes(), signal.SIGSTOP)
        status, seconds = timed("/readyz")
        assert (status, seconds < 3, timed("/livez")[0]) == (503, True, 200)
        tell(processes(), signal.SIGCONT)
        assert becomes_ready(within=10)

        services("stop")
        status, seconds = timed("/readyz")
        assert (status, seconds < 3) == (503, True)
        services("start")
        assert becomes_ready(within=10)


def tell(processes: list[int], number: signal.Signals) -> None:
    """Sends a signal to each of them; a server's child that had just done its work is gone by itself."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


@contextmanager
def throwaway_server(folder: Path):
    """A PostgreSQL server of its own; yields a way to command it, its port, its address and its processes."""
    # The server runs as another user than root, who has to reach it.
    folder.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PORTAL_SERVICES": str(folder), "PORTAL_POSTGRESQL_PORT": str(port)}

    def services(action: str) -> str:
        command = [str(SERVICES), action]
        # A server that goes on would keep a pipe open: only the address is read from one.
        output = subprocess.PIPE if action == "url" else subprocess.DEVNULL
        done = subprocess.run(command, env=environment, check=True, stdout=output, stderr=subprocess.DEVNULL)
        return (done.stdout or b"").decode().strip()

    def processes() -> list[int]:
        main = int((folder / "postgresql" / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [main, *map(int, children)]

    services("start")
    try:
        yield services, port, services("url"), processes
    finally:
        services("stop")


def becomes_ready(*, within: float) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if timed("/readyz")[0] == 200:
            return True
        time.sleep(0.2)
    return False
