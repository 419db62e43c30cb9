"""Test databases: a filled template per state of the code, and a copy of it for each process that tests.

The template holds the migrated tables, the vocabulary and the empty site tree. It is keyed by everything that decides what is in
it, so it is built once per change and copied in a moment. Runs side by side share templates and nothing else.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(settings.VAR) / "test"
FILLED_BY = ["load_vocabulary", "setup_site"]
PACKAGES = ["django", "wagtail", "wagtail-localize", "django-taggit", "django-allauth"]
SOURCES = [
    "*/migrations/*.py",
    "portal/*/migrations/*.py",
    "search/schema.py",
    "portal/topics/data/*",
    "portal/topics/domain/*.py",
    "portal/*/management/commands/load_vocabulary.py",
    "home/management/commands/setup_site.py",
    "home/domain/*.py",
    "home/site/*",
    "portal/core/domain/publishing.py",
    "tests/databases.py",
]
A_DAY = 24 * 3600


def fingerprint() -> str:
    """What decides the content of the template, as one short word."""
    digest = hashlib.sha256("".join(f"{name}{version(name)}" for name in PACKAGES).encode())
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern) if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class SqliteDatabases:
    """Each database is a file."""

    def __init__(self) -> None:
        self.template = str(FOLDER / f"template-{fingerprint()}.sqlite3")
        self.own = str(FOLDER / f"run-{os.getpid()}.sqlite3")

    def url(self, name: str) -> str:
        return f"sqlite:///{name}"

    def exists(self, name: str) -> bool:
        return Path(name).exists()

    def create(self, name: str) -> None:
        self.drop(name)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)

    def rename(self, name: str, to: str) -> None:
        # An open write-ahead log would stay behind: closing the last connection has emptied it.
        Path(name).rename(to)

    def copy_template(self) -> None:
        self.drop(self.own)
        shutil.copy(self.template, self.own)

    def restore(self) -> None:
        """Into the open file, for other threads may hold it."""
        with closing(sqlite3.connect(self.template)) as source, closing(sqlite3.connect(self.own)) as target:
            source.backup(target)

    def drop_forgotten(self) -> None:
        for path in FOLDER.glob("*.sqlite3*"):
            if path.stat().st_mtime < time.time() - A_DAY:
                path.unlink(missing_ok=True)


class PostgresqlDatabases:
    """Each database is a database of the server; its comment tells when it was made."""

    def __init__(self) -> None:
        self.template = f"portal_template_{fingerprint()}"
        self.own = f"portal_run_{os.getpid()}"
        self.server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]

    def url(self, name: str) -> str:
        return f"{self.server}/{name}"

    def exists(self, name: str) -> bool:
        return bool(self._ask("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def create(self, name: str, *, template: str = "template0") -> None:
        self.drop(name)
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self._do(f"COMMENT ON DATABASE \"{name}\" IS '{int(time.time())}'")

    def drop(self, name: str) -> None:
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def rename(self, name: str, to: str) -> None:
        self._do(f'ALTER DATABASE "{name}" RENAME TO "{to}"')

    def copy_template(self) -> None:
        self.create(self.own, template=self.template)

    def restore(self) -> None:
        connections.close_all()
        self.copy_template()

    def drop_forgotten(self) -> None:
        old = "shobj_description(oid, 'pg_database') < %s AND datname LIKE 'portal\\_%%'"
        for (name,) in self._ask(
            f"SELECT datname FROM pg_database WHERE {old}", str(int(time.time()) - A_DAY)
        ):
            self.drop(name)

    def _ask(self, sql: str, *params: str) -> list[tuple]:
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def _do(self, sql: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql)


def databases() -> SqliteDatabases | PostgresqlDatabases:
    """The databases of the engine that the settings name."""
    return SqliteDatabases() if connection.vendor == "sqlite" else PostgresqlDatabases()


def build_template(db: SqliteDatabases | PostgresqlDatabases) -> None:
    """Builds the template unless it stands; a second process waits for the first."""
    with one_at_a_time():
        if db.exists(db.template):
            return
        db.drop_forgotten()
        building = db.template.replace("template", "building")
        db.create(building)
        environment = {
            **os.environ,
            "DATABASE_URL": db.url(building),
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        }
        subprocess.run([sys.executable, "-m", "tests.databases"], cwd=ROOT, env=environment, check=True)
        db.rename(building, db.template)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Holds a lock that every test process on this machine knows."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fill() -> None:
    """Everything that a test may take for granted."""
    call_command("migrate", verbosity=0)
    for command in FILLED_BY:
        if command in get_commands():
            call_command(command, verbosity=0)


def use_own_copy() -> SqliteDatabases | PostgresqlDatabases:
    """Gives this process a database of its own, filled like the template."""
    db = databases()
    build_template(db)
    db.copy_template()
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = db.own
    return db


if __name__ == "__main__":
    import django

    django.setup()
    fill()
    connections.close_all()
