"""Profiles in both languages: all or nothing, and always with the language of their words."""

import pytest
from wagtail_localize.models import Translation

from mentoring.models import MentorPage
from portal.core.domain.translations import update_translation
from portal.core.rules import IncompleteTranslation, NotReleasable, missing_passages, translation_into
from tests.editorial import other_locale, publish, reread, write
from tests.factories.pages import CompanyPageFactory, MentorPageFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor() -> MentorPage:
    """The profile that a mentor wrote in German; nobody has published it yet."""
    person = PersonFactory(name="Anna Richter")
    return MentorPageFactory(
        person=person, headline="Leiterin Instandhaltung", about="Ich halte Maschinen am Laufen.", live=False
    )


def in_czech(page: MentorPage) -> MentorPage:
    return reread(page.get_translation(other_locale(page)))


def words(page: MentorPage) -> tuple[bool, str, str, str]:
    return page.live, page.written_in, page.headline, page.about


def test_a_draft_stands_in_its_authors_language_only(mentor: MentorPage) -> None:
    mentor.save_revision()

    assert list(mentor.get_translations()) == []


def test_a_published_profile_shows_its_authors_whole_words_in_both_languages(mentor: MentorPage) -> None:
    publish(mentor)

    czech = in_czech(mentor)
    assert words(czech) == (True, "de", "Leiterin Instandhaltung", "Ich halte Maschinen am Laufen.")
    assert (czech.language, czech.words_language) == ("cs", "de")
    assert (czech.title, czech.slug, czech.person) == ("Anna Richter", "anna-richter", mentor.person)


def test_a_profile_written_in_czech_shows_its_words_in_german_too() -> None:
    page = publish(MentorPageFactory(language="cs", headline="Vedoucí údržby", live=False))

    german = reread(page.get_translation(other_locale(page)))
    assert (german.live, german.language, german.words_language, german.headline) == (
        True,
        "de",
        "cs",
        "Vedoucí údržby",
    )


def test_a_company_is_on_line_in_both_languages_as_well() -> None:
    page = publish(CompanyPageFactory(about="Wir drehen und fräsen.", live=False))

    assert in_czech(page).about == "Wir drehen und fräsen."


def test_a_profile_that_is_created_without_saying_so_is_written_in_the_language_of_its_tree() -> None:
    assert MentorPageFactory(language="cs", written_in="").written_in == "cs"


def test_half_a_translation_changes_nothing_and_the_whole_one_everything_in_one_step(
    mentor: MentorPage,
) -> None:
    publish(mentor)
    czech = in_czech(mentor)

    write(czech, leave_out=["about"], headline="Vedoucí údržby")
    update_translation(czech)
    assert words(reread(czech)) == (True, "de", "Leiterin Instandhaltung", "Ich halte Maschinen am Laufen.")

    write(czech, headline="Vedoucí údržby", about="Udržuji stroje v chodu.")
    update_translation(czech)
    assert words(reread(czech)) == (True, "cs", "Vedoucí údržby", "Udržuji stroje v chodu.")


def test_new_words_of_the_author_show_whole_in_both_languages_until_they_are_translated(
    mentor: MentorPage,
) -> None:
    publish(mentor)
    czech = in_czech(mentor)
    write(czech)
    update_translation(czech)

    publish(mentor, about="Ich bringe Maschinen zum Laufen.")
    assert words(reread(czech)) == (True, "de", "Leiterin Instandhaltung", "Ich bringe Maschinen zum Laufen.")
    assert missing_passages(czech) == ["about"]

    write(czech, headline="Vedoucí údržby", about="Uvádím stroje do chodu.")
    update_translation(czech)
    assert words(reread(czech)) == (True, "cs", "Vedoucí údržby", "Uvádím stroje do chodu.")


def test_a_released_translation_stays_when_its_author_publishes_the_same_words_again(
    mentor: MentorPage,
) -> None:
    publish(mentor)
    czech = in_czech(mentor)
    write(czech, headline="Vedoucí údržby", about="Udržuji stroje v chodu.")
    update_translation(czech)

    publish(mentor)

    assert words(reread(czech)) == (True, "cs", "Vedoucí údržby", "Udržuji stroje v chodu.")


def test_passages_that_nobody_has_released_stay_hidden_when_the_author_publishes(mentor: MentorPage) -> None:
    publish(mentor)
    czech = in_czech(mentor)
    write(czech)

    publish(mentor)

    assert words(reread(czech)) == (True, "de", "Leiterin Instandhaltung", "Ich halte Maschinen am Laufen.")


def test_a_mixture_is_refused_whoever_asks_for_it(mentor: MentorPage) -> None:
    publish(mentor)
    czech = in_czech(mentor)
    write(czech, leave_out=["about"], headline="Vedoucí údržby")

    with pytest.raises(IncompleteTranslation):
        translation_into(czech).save_target(publish=False)

    assert words(reread(czech)) == (True, "de", "Leiterin Instandhaltung", "Ich halte Maschinen am Laufen.")


def test_a_mixture_would_show_without_the_guard(mentor: MentorPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the test above."""
    monkeypatch.setattr("portal.core.models.refuse_mixture", lambda page: None)
    publish(mentor)
    czech = in_czech(mentor)
    write(czech, leave_out=["about"], headline="Vedoucí údržby")

    translation_into(czech).save_target(publish=False)

    assert words(reread(czech)) == (True, "de", "Vedoucí údržby", "Ich halte Maschinen am Laufen.")


def test_a_translation_does_not_go_live_before_its_author_has(mentor: MentorPage) -> None:
    publish(mentor)
    czech = in_czech(mentor)
    write(czech)
    reread(mentor).unpublish()

    with pytest.raises(NotReleasable):
        update_translation(czech)

    assert not reread(czech).live


def test_words_of_both_languages_by_the_author_are_left_alone(mentor: MentorPage) -> None:
    czech = MentorPageFactory(
        language="cs",
        translation_of=mentor,
        person=mentor.person,
        headline="Vedoucí údržby",
        about="Udržuji stroje.",
    )

    publish(mentor, about="Ich bringe Maschinen zum Laufen.")

    assert words(reread(czech)) == (True, "cs", "Vedoucí údržby", "Udržuji stroje.")
    assert not Translation.objects.exists()


def test_a_page_that_is_written_anew_after_its_translation_was_stopped_says_its_own_language(
    mentor: MentorPage,
) -> None:
    publish(mentor)
    czech = in_czech(mentor)
    Translation.objects.update(enabled=False)

    publish(czech, headline="Vedoucí údržby", about="Udržuji stroje v chodu.")

    assert words(reread(czech)) == (True, "cs", "Vedoucí údržby", "Udržuji stroje v chodu.")


@pytest.mark.parametrize("language", ["de", "cs"])
def test_a_profile_goes_off_line_in_both_languages(mentor: MentorPage, language: str) -> None:
    publish(mentor)
    pages = {"de": mentor, "cs": in_czech(mentor)}

    reread(pages[language]).unpublish()

    assert [reread(page).live for page in pages.values()] == [False, False]


def test_a_profile_whose_author_deletes_it_is_no_longer_public_in_either_language(mentor: MentorPage) -> None:
    publish(mentor)
    czech = in_czech(mentor)

    reread(mentor).delete()

    assert not reread(czech).live
