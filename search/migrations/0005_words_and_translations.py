"""What words mean in the other language, which words there are, and titles as people type them."""

from django.db import migrations, models

import search.fields


def fill(apps, schema_editor):
    model = apps.get_model("search", "SearchDocument")
    for row in model.objects.only("title").iterator():
        model.objects.filter(pk=row.pk).update(title_words=search.fields.folded_words(row.title)[:512])


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0004_levels_and_empty_searches'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('folded', models.CharField(max_length=64)),
                ('written', models.CharField(max_length=64)),
                ('stem', models.CharField(max_length=64)),
                ('beginning', models.CharField(max_length=2)),
                ('ending', models.CharField(max_length=2)),
                ('length', models.PositiveSmallIntegerField()),
                ('documents', models.IntegerField()),
            ],
            options={
                'verbose_name': 'known word',
                'verbose_name_plural': 'known words',
            },
        ),
        migrations.CreateModel(
            name='WordTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('term', models.CharField(max_length=120)),
                ('other_language', models.CharField(max_length=10)),
                ('other', models.CharField(max_length=120)),
                ('weight', models.FloatField()),
            ],
            options={
                'verbose_name': 'learned translation',
                'verbose_name_plural': 'learned translations',
            },
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='title_words',
            field=search.fields.FoldedWordsField('title', default='', editable=False, max_length=512),
        ),
        migrations.AddIndex(
            model_name='searchdocument',
            index=models.Index(fields=['locale', 'title_words', 'starts_at'], name='document_title_words'),
        ),
        migrations.AddIndex(
            model_name='knownword',
            index=models.Index(fields=['stem'], name='known_word_stem'),
        ),
        migrations.AddIndex(
            model_name='knownword',
            index=models.Index(fields=['beginning', 'length'], name='known_word_beginning'),
        ),
        migrations.AddIndex(
            model_name='knownword',
            index=models.Index(fields=['ending', 'length'], name='known_word_ending'),
        ),
        migrations.AddConstraint(
            model_name='knownword',
            constraint=models.UniqueConstraint(fields=('folded', 'language'), name='known_word_once_per_language'),
        ),
        migrations.AddConstraint(
            model_name='wordtranslation',
            constraint=models.UniqueConstraint(fields=('language', 'term', 'other_language', 'other'), name='translation_once'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
