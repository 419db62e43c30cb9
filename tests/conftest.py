"""What every test can rely on."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation

from tests.databases import Databases, Template, built, use_own_copy

#: marks of tests that start a browser or processes
TAKING_LONG = ("browser", "postgresql")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[Databases]:
    """A copy of the filled template; a test that commits gets a fresh one after it, instead of emptied tables."""
    with django_db_blocker.unblock():
        db = use_own_copy()
        site = built(db, Template.SITE)
    TransactionTestCase._fixture_teardown = lambda _test: db.refill(site)
    yield db
    with django_db_blocker.unblock():
        connections.close_all()
        db.drop(db.own)


@pytest.fixture
def demo(transactional_db, django_db_setup: Databases) -> None:
    """What `make run` shows: content, people, companies and a complete index."""
    django_db_setup.refill(built(django_db_setup, Template.DEMO))


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """Whatever a process remembers between requests is forgotten between tests."""
    yield
    cache.clear()
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _media_folder() -> Iterator[None]:
    yield
    shutil.rmtree(Path(settings.MEDIA_ROOT), ignore_errors=True)


def pytest_collection_finish() -> None:
    """What is loaded by now stays, so nobody looks through it for garbage again; and garbage may gather for a while."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of one database or of Elasticsearch are left out where it is not there, and said to be. Those that take long come
    first, so that no process is left alone with them at the end."""
    present = {
        "postgresql": "postgresql" in settings.DATABASES["default"]["ENGINE"],
        "sqlite": "sqlite" in settings.DATABASES["default"]["ENGINE"],
        "elasticsearch": bool(settings.PORTAL_ELASTICSEARCH["URL"]),
    }
    absent = [name for name, is_present in present.items() if not is_present]
    left_out = [item for item in items if any(map(item.get_closest_marker, absent))]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: not any(map(item.get_closest_marker, TAKING_LONG)))
