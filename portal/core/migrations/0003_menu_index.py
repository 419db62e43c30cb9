"""Every page of the portal asks for the few pages that menus name: with this index it does not look through all of them for that."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_auditentry"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX core_pages_in_menus ON wagtailcore_page (depth, path) WHERE show_in_menus",
            "DROP INDEX core_pages_in_menus",
        )
    ]
