"""Every text of ours stands in German and Czech, in every form. What a broken catalogue looks like: tests/core/domain."""

import pytest

from portal.core.domain import catalogue
from tests.architecture.tree import ROOT


@pytest.mark.parametrize(("language", "path"), catalogue.catalogue_files(), ids=["de", "cs"])
def test_the_catalogue_is_complete(language, path):
    wanted, foreign = catalogue.wanted_messages(ROOT), catalogue.foreign_keys(ROOT)
    assert sorted(catalogue.problems(language, catalogue.read(path), wanted, foreign)) == []


def test_texts_of_python_templates_and_addresses_are_all_looked_for():
    places = {message.place.split(":")[0] for message in catalogue.wanted_messages(ROOT).values()}
    assert {
        "portal/urls.py",
        "home/models.py",
        "portal/ui/templates/ui/base.html",
    } <= places
