"""What deploy/backup.sh writes, deploy/restore.sh brings back."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.databases import PostgresqlDatabases

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
COUNTS = "SELECT (SELECT count(*) FROM wagtailcore_page), (SELECT count(*) FROM topics_topiclabel)"

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database without tables, as on a new machine."""
    server = PostgresqlDatabases()
    name = f"{server.own}_restored"
    server.create(name)
    yield server.url(name)
    server.drop(name)


def run(script: str, folder: Path, database: str, var: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": database, "PORTAL_VAR": str(var)}
    subprocess.run([str(DEPLOY / script), str(folder)], env=environment, check=True)


def counts(database: str) -> tuple:
    with psycopg.connect(database) as connection:
        return connection.execute(COUNTS).fetchone()


def test_a_backup_comes_back_on_an_empty_machine(tmp_path, empty_database):
    own = PostgresqlDatabases()
    old, new, backup = tmp_path / "old", tmp_path / "new", tmp_path / "backup"
    (old / "media" / "images").mkdir(parents=True)
    (old / "media" / "images" / "bild.jpg").write_bytes(b"picture")
    new.mkdir()

    run("backup.sh", backup, own.url(own.own), old)
    run("restore.sh", backup, empty_database, new)

    assert counts(empty_database) == counts(own.url(own.own))
    assert (new / "media" / "images" / "bild.jpg").read_bytes() == b"picture"


def test_a_restore_replaces_what_is_there(tmp_path, empty_database):
    own = PostgresqlDatabases()
    var, backup = tmp_path / "var", tmp_path / "backup"
    (var / "media").mkdir(parents=True)
    run("backup.sh", backup, own.url(own.own), var)
    run("restore.sh", backup, empty_database, var)
    with psycopg.connect(empty_database) as connection:
        connection.execute("DELETE FROM topics_topiclabel")
    (var / "media" / "later.jpg").write_bytes(b"later")

    run("restore.sh", backup, empty_database, var)

    assert counts(empty_database) == counts(own.url(own.own))
    assert list((var / "media").iterdir()) == []


def test_a_backup_is_for_its_owner_alone(tmp_path):
    own = PostgresqlDatabases()
    run("backup.sh", tmp_path / "backup", own.url(own.own), tmp_path)
    modes = {path.name: oct(path.stat().st_mode)[-3:] for path in (tmp_path / "backup").iterdir()}
    assert modes == {"database.dump": "600", "media.tar.gz": "600"}
