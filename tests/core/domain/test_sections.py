"""What menus name is found by indexes: every page of the portal asks for it."""

import pytest
from django.db import connection

from portal.core.domain.sections import page_rows
from tests.queries import plan

pytestmark = pytest.mark.django_db

#: how each database says that it looks through all pages
LOOKS_THROUGH_ALL = {"sqlite": "SCAN wagtailcore_page", "postgresql": "Seq Scan on wagtailcore_page"}


def plan_of_menus() -> str:
    rows = page_rows()
    return plan(rows.sql, rows.params)


def test_no_page_is_looked_at_that_no_menu_names() -> None:
    assert "core_pages_in_menus" in plan_of_menus()
    assert LOOKS_THROUGH_ALL[connection.vendor] not in plan_of_menus()


def test_without_its_index_all_pages_would_be() -> None:
    """The twin."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX core_pages_in_menus")
    assert LOOKS_THROUGH_ALL[connection.vendor] in plan_of_menus()
