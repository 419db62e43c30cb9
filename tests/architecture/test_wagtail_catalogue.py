"""In the admin, nobody meets a third language: what Wagtail has not translated, locale/wagtail has."""

import pytest
from django.conf import settings
from django.utils import translation
from wagtail.admin.localization import get_available_admin_languages

from portal.core.domain import catalogue
from tests.architecture.tree import ROOT

#: where {date} is left out, because wagtail-localize fills it in in English in every language
WITHOUT_DATE = {
    "Translated with {tool_name} on {date}",
    "Translated manually on {date}",
    "Machine translated on {date}",
}


@pytest.mark.parametrize("domain", catalogue.DOMAINS)
@pytest.mark.parametrize("language", ["de", "cs"])
def test_every_text_of_the_apps_that_we_build_on_stands_in_both_languages(language: str, domain: str) -> None:
    assert catalogue.foreign_gaps(ROOT, language, domain) == []


def test_without_our_catalogue_there_would_be_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the list above can be something else than empty."""
    monkeypatch.setattr(settings, "LOCALE_PATHS", settings.LOCALE_PATHS[:1])

    assert "Autosave is paused" in catalogue.foreign_gaps(ROOT, "cs", "django")


@pytest.mark.parametrize(("language", "path"), catalogue.wagtail_files())
def test_what_we_say_for_wagtail_has_every_form_and_every_placeholder(language: str, path) -> None:
    foreign = {key for domain in catalogue.DOMAINS for key in catalogue.foreign_messages(ROOT, domain)}

    said = catalogue.read(path)
    for entry in said:
        if entry.msgid in WITHOUT_DATE:
            entry.msgstr += "{date}"

    assert list(catalogue.problems(language, said, {}, foreign)) == []


def test_the_admin_speaks_the_portals_languages_and_english() -> None:
    assert [code for code, _name in get_available_admin_languages()] == ["de", "cs", "en"]


@pytest.mark.parametrize(("language", "text"), [("de", "Sprachen"), ("cs", "Jazyky")])
def test_our_words_win_over_wagtails(language: str, text: str) -> None:
    with translation.override(language):
        assert translation.gettext("Locales") == text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Noch nicht angelegt (Person): Bitte berichtigen Sie die markierten Felder."),
        ("cs", "Nevytvořeno (osoba): opravte prosím označená pole."),
    ],
)
def test_a_refused_form_says_what_to_do_in_words_that_fit_any_noun(language: str, sentence: str) -> None:
    with translation.override(language):
        said = translation.gettext("The %(model_name)s could not be created due to errors.")
        assert said % {"model_name": translation.gettext("person")} == sentence
