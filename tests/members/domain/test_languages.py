"""Languages as a line that natives would write."""

import pytest
from django.utils import translation

from portal.core.enums import SpokenLanguage
from portal.members.domain.languages import languages_line
from portal.members.enums import SPEAKS, LanguageLevel

WORKS, UNDERSTANDS = LanguageLevel.WORKS_IN, LanguageLevel.UNDERSTANDS


@pytest.mark.parametrize(
    ("known", "german", "czech"),
    [
        ([("de", WORKS)], "Deutsch", "německy"),
        ([("cs", WORKS), ("en", WORKS)], "Tschechisch, Englisch", "česky, anglicky"),
        ([("cs", UNDERSTANDS), ("de", WORKS)], "Deutsch · versteht Tschechisch", "německy · rozumí česky"),
        ([("pl", UNDERSTANDS)], "versteht Polnisch", "rozumí polsky"),
        ([], "", ""),
    ],
)
def test_what_somebody_works_in_comes_before_what_they_understand(known, german, czech):
    with translation.override("de"):
        assert languages_line(known) == german
    with translation.override("cs"):
        assert languages_line(known) == czech


def test_every_language_can_be_spoken():
    assert set(SPEAKS) == set(SpokenLanguage)
