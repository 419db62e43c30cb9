"""An index of its own for measuring: the tables of the search and the vocabulary, in a database that is removed again."""

import os
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

TABLES = (
    "topics.Topic",
    "topics.TopicLabel",
    "search.SearchDocument",
    "search.DocumentFrequency",
    "search.IndexVersion",
    "search.Unmirrored",
    "search.WordTranslation",
)


@contextmanager
def _scratch(engine: str, fill: Callable[[], None]) -> Iterator[None]:
    """Sets Django up on a fresh database for `engine` ("sqlite", "postgresql", "elasticsearch") that `fill` prepares.

    PostgreSQL: the server of DATABASE_URL. Elasticsearch: the cluster of PORTAL_ELASTICSEARCH_URL, beside SQLite. Database and
    indices are removed at the end, whatever happens.
    """
    if engine == "elasticsearch" and not os.environ.get("PORTAL_ELASTICSEARCH_URL"):
        raise SystemExit(
            "PORTAL_ELASTICSEARCH_URL must name a cluster; deploy/services.sh search-url prints one"
        )
    with _database(engine) as url:
        os.environ |= {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "PORTAL_SEARCH_ENGINE": engine,
        }
        import django

        django.setup()
        from django.db import connections

        try:
            fill()
            if engine == "elasticsearch":
                _engine().clear()
            yield
        finally:
            if engine == "elasticsearch":
                _engine().mirror.remove()
            connections.close_all()


def scratch_index(engine: str) -> AbstractContextManager[None]:
    """A fresh database of `engine` with an empty index and the full vocabulary."""
    return _scratch(engine, _fill_index)


def scratch_portal(engine: str) -> AbstractContextManager[None]:
    """A fresh database of `engine` with everything but content: the vocabulary and the site tree, no people."""
    return _scratch(engine, _fill_portal)


def _fill_index() -> None:
    _create_tables()
    _load_vocabulary()


def _fill_portal() -> None:
    from django.core.management import call_command

    for command in ("migrate", "load_vocabulary", "setup_site"):
        call_command(command, verbosity=0, stdout=StringIO())


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine != "postgresql":
        with tempfile.TemporaryDirectory(prefix="portal-rank-") as folder:
            yield f"sqlite:///{Path(folder) / 'index.sqlite3'}"
        return
    import psycopg

    server, _, database = os.environ.get("DATABASE_URL", "").rpartition("/")
    if not server.startswith("postgres"):
        raise SystemExit(
            "DATABASE_URL must name a PostgreSQL server, for example postgres://postgres@127.0.0.1:55432/postgres"
        )
    name = f"portal_rank_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(
        f"{server.replace('postgres://', 'postgresql://', 1)}/{database}", autocommit=True
    ) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _create_tables() -> None:
    from django.apps import apps
    from django.db import connection

    from search import schema

    with connection.schema_editor() as editor:
        for name in TABLES:
            editor.create_model(apps.get_model(name))
    schema.ensure(connection)


def _load_vocabulary() -> None:
    from django.utils.text import slugify

    from portal.topics.domain.vocabulary_files import read_vocabulary
    from portal.topics.models import Topic, TopicLabel, fold

    rows = read_vocabulary().topics
    topics = {row.slug: Topic(slug=row.slug, name=row.name) for row in rows}
    Topic.objects.bulk_create(topics.values())
    TopicLabel.objects.bulk_create(
        TopicLabel(
            topic=topics[row.slug],
            language=language,
            kind=kind,
            label=label,
            folded=fold(label),
            slug=slugify(fold(label)),
        )
        for row in rows
        for language, kind, label in row.labels()
    )


def _engine() -> Any:
    from search.engines import engine

    return engine()


def index_all(documents: Iterable, *, counting: bool = False) -> None:
    """Writes (source, DocumentData) pairs through the interface of the portal. Readers find them once they are `settled`."""
    from search.domain.indexing import batches
    from search.domain.vocabulary import read_vocabulary
    from search.engines import engine
    from search.engines.base import Entry

    vocabulary = read_vocabulary()
    for batch in batches(documents, 100):
        entries = (
            Entry(source, document, vocabulary.words_for(document.topics, document.language))
            for source, document in batch
        )
        engine().index(entries, counting=counting)


@contextmanager
def settled() -> Iterator[None]:
    """Within it an empty index is filled, at the end everything is found and counted.

    PostgreSQL makes its GIN index at the end, too: entry by entry, a hundred thousand documents would take it an hour.
    """
    from django.db import connection

    from search import schema
    from search.engines import engine

    if connection.vendor == "postgresql":
        connection.cursor().execute("DROP INDEX search_vector")
    yield
    schema.ensure(connection)
    engine().settle()
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
