"""How the portal talks to PostgreSQL."""

import pytest
from django.db import connection

from portal.topics.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


def test_what_is_asked_again_and_again_is_planned_once():
    def of_places() -> list[str]:
        return [statement for statement in prepared() if "topics_place" in statement]

    before = len(of_places())
    for population in range(10):
        Place.objects.filter(population=population, name="nowhere").exists()
    assert len(of_places()) == before + 1


def test_no_query_is_compiled():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
