"""What an update makes of an index that an earlier version wrote."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from search.engines import engine
from search.models import DocumentFrequency, IndexVersion
from search.schema import LANGUAGES
from tests.search.library import document, index

pytestmark = pytest.mark.django_db

migration = import_module("search.migrations.0006_document_frequencies")
first_version = import_module("search.migrations.0008_first_version")


@pytest.fixture
def former_counts() -> set[tuple[str, str, int]]:
    """The counts of a small index as they stood before: one row for each lexeme."""
    engine().clear()
    index(
        document("Fräsen lernen", "Werkzeuge und Vorschub, Fräsen und Fräsen."),
        document("Drehen", "Fräsen kommt später.", topics=["opc-ua"]),
        document("Frézování", "Nástroje a posuv.", language="cs"),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE search_termcount (language varchar(10), lexeme varchar(120), documents integer)"
        )
        for language in LANGUAGES:
            counted, params = engine().counted(language)
            cursor.execute(
                f"INSERT INTO search_termcount SELECT %s, lexeme, documents FROM ({counted}) AS counted",
                [language, *params],
            )
    return read_former()


def read_former() -> set[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT language, lexeme, documents FROM search_termcount")
        return set(cursor.fetchall())


def run(sql: str, empty: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {empty}")
        cursor.execute(sql)


def test_counts_of_lexemes_become_frequencies_of_terms_and_lexemes_again(former_counts):
    run(migration.FORTH, empty="search_documentfrequency")
    assert engine().problems() == []
    assert DocumentFrequency.objects.get(language="de", key="d").level_0 == 2

    run(migration.BACK, empty="search_termcount")
    assert read_former() == former_counts


def test_an_index_that_was_there_before_gets_a_version():
    index(document("Fräsen lernen"))
    IndexVersion.objects.all().delete()
    first_version.give_version(apps, connection.schema_editor())
    version = IndexVersion.objects.get().version
    first_version.give_version(apps, connection.schema_editor())
    assert IndexVersion.objects.get().version == version


def test_an_empty_index_waits_for_its_first_document():
    engine().clear()
    IndexVersion.objects.all().delete()
    first_version.give_version(apps, connection.schema_editor())
    assert not IndexVersion.objects.exists()
