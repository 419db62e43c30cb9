"""What only the full-text index of SQLite needs."""

import pytest
from django.db import connection

from search.engines import engine
from search.schema import fts_table
from search.tasks import compact
from tests.search.library import document, index

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def segments(language: str) -> int:
    """In how many places a search looks for each list."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT segid) FROM {fts_table(language)}_idx")
        return cursor.fetchone()[0]


def write_one_by_one() -> None:
    engine().clear()
    for number in range(3):
        index(document(f"Teil {number}", object_key=f"segment-{number}"))


def test_every_write_leaves_a_segment_and_the_worker_brings_them_together():
    write_one_by_one()
    assert segments("de") > 1
    compact()
    assert segments("de") == 1


def test_a_rebuild_leaves_one_segment():
    write_one_by_one()
    engine().settle()
    assert segments("de") == 1
