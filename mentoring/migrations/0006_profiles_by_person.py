"""Search knows profiles by the keys of their people: the worker reads all profiles that are in the index once more."""

from django.db import migrations

PROFILES = ("mentoring.mentorpage:", "mentoring.expertpage:")


def read_again(apps, editor):
    documents = apps.get_model("search", "SearchDocument").objects
    jobs = apps.get_model("search", "IndexJob").objects
    for profiles in PROFILES:
        known = documents.filter(source__startswith=profiles).values_list("source", flat=True)
        jobs.bulk_create((jobs.model(source=source) for source in known), batch_size=500, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0005_refusals_without_names"), ("search", "0008_first_version")]

    operations = [migrations.RunPython(read_again, migrations.RunPython.noop)]
