"""Every text of ours stands in German and Czech, in every form. What a broken catalogue looks like: tests/core/domain."""

import re

import pytest

from portal.core.domain import catalogue
from tests.architecture.tree import ROOT


@pytest.mark.parametrize(("language", "path"), catalogue.catalogue_files(), ids=["de", "cs"])
def test_the_catalogue_is_complete(language, path):
    wanted, foreign = catalogue.wanted_messages(ROOT), catalogue.foreign_keys(ROOT)
    assert sorted(catalogue.problems(language, catalogue.read(path), wanted, foreign)) == []


#: forms that agree with whoever is spoken to: “jste napsali” is said to a man, or to several
GENDERED = re.compile(r"\b\w*(?:jste|byste)\b(?: \w+){0,3}? \w+l[aiy]?\b|\bs[aá]mi?\b|l\(a\)", re.IGNORECASE)


def gendered(texts):
    """Those that suit only some readers."""
    return [text for text in texts if GENDERED.search(text)]


def test_czech_speaks_to_women_as_to_men():
    [path] = [
        path for language, path in catalogue.catalogue_files() if language == "cs" and path.stem == "django"
    ]
    entries = catalogue.read(path)
    assert gendered(text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())) == []


def test_a_form_that_agrees_with_the_reader_is_found():
    said = ["Co jste už zkusili?", "Abyste ho snadno našli.", "Vyberte si sami.", "Přijal(a)"]
    assert gendered(said) == said
    assert gendered(["Žádost byla přijata.", "Jste to vy?", "Vyberte si ze seznamu."]) == []


def test_texts_of_python_templates_and_addresses_are_all_looked_for():
    places = {message.place.split(":")[0] for message in catalogue.wanted_messages(ROOT).values()}
    assert {
        "portal/urls.py",
        "home/models.py",
        "portal/ui/templates/ui/base.html",
    } <= places
