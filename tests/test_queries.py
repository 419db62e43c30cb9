"""The judge of all tests that say "and none writes"."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.topics.models import Region
from tests.queries import statements, tables_written, writes

pytestmark = pytest.mark.django_db


def asked(work) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        work()
    return statements(queries)


def test_what_reads_is_no_write_not_even_a_union_in_brackets():
    regions = Region.objects.order_by()
    assert writes(asked(lambda: list(regions.union(regions, all=True)))) == []
    assert writes(["(SELECT 1) UNION ALL (SELECT 2)", "\n    WITH one AS (SELECT 1) SELECT * FROM one"]) == []


def test_a_change_within_a_query_is_one():
    assert writes(["WITH gone AS (DELETE FROM one RETURNING id) SELECT id FROM gone"]) != []


@pytest.mark.parametrize("change", ["create", "update", "delete"])
def test_what_changes_data_is(change):
    """The twin."""
    users = User.objects.all()
    changes = {
        "create": users.create,
        "update": lambda: users.update(is_active=False),
        "delete": users.delete,
    }
    users.create(email="one@example.org")
    assert len(writes(asked(changes[change]))) >= 1


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "one" ("id") VALUES (1)',
        'INSERT OR IGNORE INTO "one" ("id") VALUES (1)',
        "\n UPDATE one SET id = 2",
        'DELETE FROM "one" WHERE "one"."id" IN (SELECT id FROM "other")',
        "WITH gone AS (DELETE FROM one RETURNING id) SELECT id FROM gone",
    ],
)
def test_the_table_that_is_written_is_known(sql):
    assert tables_written(sql) == {"one"}


@pytest.mark.parametrize("sql", ['SELECT * FROM "one" FOR UPDATE OF "one"', 'SAVEPOINT "one"', "ANALYZE one"])
def test_a_table_that_is_read_or_locked_is_none_of_them(sql):
    """The twin."""
    assert tables_written(sql) == set()
