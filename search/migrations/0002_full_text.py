"""The full-text index beside the documents; see search/schema.py."""

from django.db import migrations

from search import schema


def ensure(apps, schema_editor):
    schema.ensure(schema_editor.connection)


def drop(apps, schema_editor):
    schema.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(ensure, drop)]
