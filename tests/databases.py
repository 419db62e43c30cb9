"""Test databases: filled templates per state of the code, and a copy for each process that tests.

One template holds the migrated tables, the vocabulary and the empty site tree; the other the demo on top of them, found by
search. Each is keyed by everything that decides what is in it, so it is built once per change, when it is first asked for, and
copied in a moment. Runs side by side share templates and nothing else. `python -m tests.databases` builds them beforehand.
"""

import fcntl
import gc
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(settings.VAR) / "test"
PACKAGES = ["django", "wagtail", "wagtail-localize", "django-taggit", "django-allauth"]
A_DAY = 24 * 3600


class Template(StrEnum):
    """What a database is filled with before a test sees it."""

    SITE = "site"
    DEMO = "demo"


STEPS = {
    Template.SITE: [("migrate",), ("load_vocabulary",), ("setup_site",)],
    Template.DEMO: [("load_demo",), ("search", "rebuild")],
}
SOURCES = {
    Template.SITE: [
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
    ],
    # The demo is told through the steps that people make, so nearly all of our code may have a word in it.
    Template.DEMO: [
        *(f"{app}/**/*.py" for app in ("portal", "home", "knowledge", "mentoring", "matching", "search")),
        "home/demo/**/*",
        "portal/topics/data/*",
        "locale/**/*.po",
        "tests/databases.py",
    ],
}


def fingerprint(template: Template) -> str:
    """What decides the content of the template, as one short word."""
    digest = hashlib.sha256("".join(f"{name}{version(name)}" for name in PACKAGES).encode())
    for path in sorted({path for pattern in SOURCES[template] for path in ROOT.glob(pattern)}):
        if path.is_file():
            digest.update(path.read_bytes())
    if template == Template.DEMO:
        # deadlines run from the day on which the demo is loaded
        digest.update(date.today().isoformat().encode())
    return digest.hexdigest()[:12]


class SqliteDatabases:
    """Each database is a file."""

    def __init__(self) -> None:
        self.own = self.name(f"run-{os.getpid()}")

    def name(self, words: str) -> str:
        return str(FOLDER / f"{words}.sqlite3")

    def url(self, name: str) -> str:
        return f"sqlite:///{name}"

    def exists(self, name: str) -> bool:
        return Path(name).exists()

    def create(self, name: str, *, like: str = "") -> None:
        self.drop(name)
        if like:
            shutil.copy(like, name)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)

    def note_use(self, name: str) -> None:
        Path(name).touch()

    def rename(self, name: str, to: str) -> None:
        # An open write-ahead log would stay behind: closing the last connection has emptied it.
        Path(name).rename(to)

    def refill(self, template: str) -> None:
        """Into the open file, for other threads may hold it."""
        with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(self.own)) as target:
            source.backup(target)

    def drop_forgotten(self) -> None:
        for path in FOLDER.glob("*.sqlite3*"):
            if path.stat().st_mtime < time.time() - A_DAY:
                path.unlink(missing_ok=True)


class PostgresqlDatabases:
    """Each database is a database of the server; its comment tells when it was last asked for."""

    def __init__(self) -> None:
        self.own = self.name(f"run-{os.getpid()}")
        self.server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]

    def name(self, words: str) -> str:
        return f"portal_{words.replace('-', '_')}"

    def url(self, name: str) -> str:
        return f"{self.server}/{name}"

    def exists(self, name: str) -> bool:
        return bool(self._ask("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def create(self, name: str, *, like: str = "template0") -> None:
        self.drop(name)
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        self.note_use(name)

    def drop(self, name: str) -> None:
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def note_use(self, name: str) -> None:
        self._do(f"COMMENT ON DATABASE \"{name}\" IS '{int(time.time())}'")

    def rename(self, name: str, to: str) -> None:
        self._do(f'ALTER DATABASE "{name}" RENAME TO "{to}"')

    def refill(self, template: str) -> None:
        connections.close_all()
        self.create(self.own, like=template)

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


Databases = SqliteDatabases | PostgresqlDatabases


def databases() -> Databases:
    """The databases of the engine that the settings name."""
    return SqliteDatabases() if connection.vendor == "sqlite" else PostgresqlDatabases()


def built(db: Databases, template: Template) -> str:
    """The name of the database that is the template; it is built unless it stands, and a second process waits for the first."""
    name = db.name(f"{template}-{fingerprint(template)}")
    with one_at_a_time(template):
        if not db.exists(name):
            _build(db, template, name)
        db.note_use(name)
    return name


def _build(db: Databases, template: Template, name: str) -> None:
    ground = {} if template == Template.SITE else {"like": built(db, Template.SITE)}
    db.drop_forgotten()
    building = db.name(f"building-{template}-{fingerprint(template)}")
    db.create(building, **ground)
    environment = {
        **os.environ,
        "DATABASE_URL": db.url(building),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    subprocess.run([sys.executable, "-m", "tests.databases", template], cwd=ROOT, env=environment, check=True)
    db.rename(building, name)


@contextmanager
def one_at_a_time(template: Template) -> Iterator[None]:
    """Holds a lock that every test process on this machine knows."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"lock-{template}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fill(template: Template) -> None:
    """Everything that a test may take for granted."""
    for command, *words in STEPS[template]:
        if command in get_commands():
            call_command(command, *words, verbosity=0)


def use_own_copy() -> Databases:
    """Gives this process a database of its own, filled like the template of the site."""
    db = databases()
    db.create(db.own, like=built(db, Template.SITE))
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = db.own
    return db


if __name__ == "__main__":
    import django

    # Migrations draw every model again and again, and collecting garbage meanwhile takes a quarter of the time.
    gc.set_threshold(200_000)
    django.setup()
    if sys.argv[1:]:
        fill(Template(sys.argv[1]))
    else:
        built(databases(), Template.DEMO)
    connections.close_all()
