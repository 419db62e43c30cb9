"""The ground that tests stand on."""

import pytest
from wagtail.models import Locale, Page


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_may_empty_everything():
    Page.objects.all().delete()
    assert not Page.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_next_one_finds_the_template_again():
    assert Page.objects.filter(depth=1).count() == 1


@pytest.mark.django_db
def test_both_languages_exist():
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"de", "cs"}
