"""An index that was there before has a version at once, and PostgreSQL loses a function that nothing calls any more."""

from django.db import migrations


def give_version(apps, editor):
    """Of an empty index, the first document renews it."""
    if apps.get_model("search", "SearchDocument").objects.exists():
        apps.get_model("search", "IndexVersion").objects.get_or_create(pk=1)


def drop_function(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION IF EXISTS search_postings")


class Migration(migrations.Migration):
    dependencies = [("search", "0007_index_version")]

    operations = [
        migrations.RunPython(give_version, migrations.RunPython.noop),
        migrations.RunPython(drop_function, migrations.RunPython.noop),
    ]
