"""Every page is found by its address, for which Wagtail has no index: at 20,000 pages, looking through all took 6 ms."""

from typing import Any

from django.db import migrations

NAME = "core_pages_by_address"
#: how each database looks up one value; a hash, for an address may be longer than what PostgreSQL keeps in order
COLUMN = {"sqlite": "(url_path)", "postgresql": "USING hash (url_path)"}


def create(apps: Any, schema_editor: Any) -> None:
    column = COLUMN[schema_editor.connection.vendor]
    schema_editor.execute(f"CREATE INDEX {NAME} ON wagtailcore_page {column}")


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_menu_index")]

    operations = [migrations.RunPython(create, drop)]
