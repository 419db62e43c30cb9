"""What results can be narrowed by and ordered by in addition, and what nobody found.

The documents that there are learn their levels and ends from their pages: the worker reads all of them again.
"""

from django.db import migrations, models


def read_again(apps, schema_editor):
    jobs = apps.get_model("search", "IndexJob").objects
    sources = apps.get_model("search", "SearchDocument").objects.values_list("source", flat=True)
    jobs.bulk_create((jobs.model(source=source) for source in sources), ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0003_unmirrored'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchdocument',
            name='ends_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ends'),
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='level',
            field=models.CharField(blank=True, max_length=12, verbose_name='level'),
        ),
        migrations.CreateModel(
            name='EmptySearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(db_index=True, verbose_name='day')),
                ('language', models.CharField(choices=[('de', 'German'), ('cs', 'Czech')], max_length=10, verbose_name='language')),
                ('words', models.CharField(max_length=60, verbose_name='words')),
                ('topic', models.CharField(blank=True, max_length=100, verbose_name='topic')),
                ('region', models.CharField(blank=True, max_length=5, verbose_name='region')),
                ('number', models.PositiveIntegerField(default=0, verbose_name='times')),
            ],
            options={
                'verbose_name': 'search without result',
                'verbose_name_plural': 'searches without result',
                'constraints': [models.UniqueConstraint(fields=('day', 'language', 'words', 'topic', 'region'), name='empty_search_once_a_day')],
            },
        ),
        migrations.RunPython(read_again, migrations.RunPython.noop),
    ]
