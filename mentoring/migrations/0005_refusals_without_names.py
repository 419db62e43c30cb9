"""Refusals of pairs from before they left out the name of the mentor.

Every sentence of the gate that names somebody ends with the name behind a colon, whatever the mentor is called by now.
"""

from django.db import migrations

#: as in mentoring.models.rounds
NAME = "{mentor}"


def forget_names(apps, schema_editor):
    pairs = apps.get_model("mentoring", "RoundPair").objects
    named = pairs.filter(refusal__contains=": ").exclude(refusal__endswith=NAME)
    for pair in named.iterator():
        sentence, colon, _name = pair.refusal.rpartition(": ")
        pairs.filter(pk=pair.pk).update(refusal=f"{sentence}{colon}{NAME}")


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring', '0004_rounds'),
    ]

    operations = [
        migrations.RunPython(forget_names, migrations.RunPython.noop),
    ]
