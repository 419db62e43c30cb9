"""What menus name is found by indexes: every page of the portal asks for it."""

from itertools import count

import pytest
from django.db import connection

from portal.core.domain.sections import page_rows

pytestmark = pytest.mark.django_db

asked = count()
#: how each database says that it looks through all pages
LOOKS_THROUGH_ALL = {"sqlite": "SCAN wagtailcore_page", "postgresql": "Seq Scan on wagtailcore_page"}


def plan() -> str:
    """What the database does to find the pages of menus, whatever their number."""
    rows = page_rows()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # it would look through the few pages of a test all the same
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        # the connection keeps the plan of a text that it knows, even of an index that is gone
        cursor.execute(f"{explain} {rows.sql} -- {next(asked)}", rows.params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_no_page_is_looked_at_that_no_menu_names():
    assert "core_pages_in_menus" in plan()
    assert LOOKS_THROUGH_ALL[connection.vendor] not in plan()


def test_without_its_index_all_pages_would_be():
    """The twin."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX core_pages_in_menus")
    assert LOOKS_THROUGH_ALL[connection.vendor] in plan()
