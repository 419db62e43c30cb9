"""What only the rows of PostgreSQL need."""

import pytest
from django.db import connection

from search.schema import DOCUMENTS, READ_OF_MANY

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def stored_inside() -> set[str]:
    """The columns of documents that leave their rows only if a page cannot hold them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attstorage = 'm'", [DOCUMENTS]
        )
        return {name for (name,) in cursor.fetchall()}


def test_what_is_read_of_many_documents_stays_in_their_rows_and_nothing_else_does():
    assert stored_inside() == set(READ_OF_MANY)
