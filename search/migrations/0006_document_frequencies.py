"""One row for the eight levels of a term: a search looked up eight rows for each, most of which were not there."""

from django.db import migrations, models

LEVELS = range(8)

COLUMNS = ", ".join(f"level_{level}" for level in LEVELS)
SUMS = ", ".join(
    f"SUM(CASE WHEN substr(lexeme, 2, 1) = '{level}' THEN documents ELSE 0 END)" for level in LEVELS
)
FORTH = f"""INSERT INTO search_documentfrequency (language, key, {COLUMNS})
    SELECT language, substr(lexeme, 1, 1) || substr(lexeme, 3), {SUMS} FROM search_termcount GROUP BY 1, 2"""
BACK = "INSERT INTO search_termcount (language, lexeme, documents) " + " UNION ALL ".join(
    f"""SELECT language, substr(key, 1, 1) || '{level}' || substr(key, 2), level_{level} FROM search_documentfrequency
    WHERE level_{level} <> 0"""
    for level in LEVELS
)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_words_and_translations")]

    operations = [
        migrations.CreateModel(
            name="DocumentFrequency",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "language", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=120)),
                *((f"level_{level}", models.IntegerField(default=0)) for level in LEVELS),
            ],
            options={
                "verbose_name": "document frequency",
                "verbose_name_plural": "document frequencies",
            },
        ),
        migrations.RunSQL(FORTH, BACK),
        migrations.DeleteModel(name="TermCount"),
    ]
