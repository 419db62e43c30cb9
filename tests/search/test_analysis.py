"""Text becomes terms the same way everywhere."""

import string
import unicodedata

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import (
    EDGE,
    FIRST_LETTERS,
    GRAM,
    KEEPS_BEGINNINGS,
    LONGEST_WORD,
    WORD,
    WordFilter,
    fold,
    grams,
    places,
    printable,
    stem,
    stems,
    unfeminine,
    word_grams,
    words,
)

LANGUAGES = st.sampled_from(["de", "cs", "en", "hsb"])
DEMO = settings.ROOT / "home" / "demo"
#: every word is wanted
EVERYTHING = WordFilter("de", set(), lambda _word: True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die E-Rechnung kommt!", ["die", "e", "rechnung", "kommt"]),
        ("Industrie 4.0 und ISO 27001", ["industrie", "4_0", "und", "iso", "27001"]),
        ("Digitali\u00adsierung", ["digitalisierung"]),
        (unicodedata.normalize("NFD", "Ústí nad Labem"), ["ústí", "nad", "labem"]),
        ("und/oder, Ein-/Ausgabe", ["und", "oder", "ein", "ausgabe"]),
        ("snake_case", ["snake", "case"]),
        ("ﬁne", ["fine"]),
        ("", []),
    ],
)
def test_words_are_what_a_reader_would_call_words(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    "written",
    [
        "Mentor:innen",
        "Mentor*in",
        "Mentor_innen",
        "Mentor·innen",
        "Mentor/innen",
        "Mentor/-in",
        "Mentor(in)",
        "Mentor(inn)en",
        "MentorInnen",
        "Mentorin",
        "Mentorinnen",
        "Mentor",
        "Mentoren",
    ],
)
def test_all_genders_have_one_stem(written):
    assert stems(written, "de") == ["mentor"]


@pytest.mark.parametrize(
    "pair",
    [("Termin", "Termine"), ("Magazin", "Magazine"), ("Disziplin", "Disziplinen"), ("Medizin", "Medizin")],
)
def test_other_words_that_end_like_women_keep_their_plural(pair):
    one, many = pair
    assert stems(one, "de") == stems(many, "de")
    assert unfeminine(one.lower()) == one.lower()


@pytest.mark.parametrize(
    "word", ["berlin", "innen", "beginnen", "gewinnen", "login", "plugin", "darin", "benzin"]
)
def test_words_that_are_no_person_stay_as_they_are(word):
    assert unfeminine(word) == word


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", ["Sensor", "Sensors", "Sensoren"]),
        ("de", ["Häuser", "Häusern"]),
        ("cs", ["bezpečnost", "bezpečnosti", "bezpečností"]),
        ("cs", ["firma", "firmy", "firmu"]),
    ],
)
def test_inflections_share_a_stem(language, forms):
    assert len({stem(form.lower(), language) for form in forms}) == 1


def test_a_stem_is_folded_after_stemming():
    assert stem("bezpečnosti", "cs") == "bezpecnost"
    assert stem("straße", "de") == stem("strasse", "de") == "strass"


def test_grams_have_edges_and_no_diacritics():
    assert word_grams("ki") == ("_ki_",)
    assert word_grams("údržba") == ("_udr", "udrz", "drzb", "rzba", "zba_")
    assert grams("KI údržba") == [*word_grams("ki"), *word_grams("údržba")]


def test_a_language_without_a_stemmer_keeps_its_words():
    assert stem("dźěłarnička", "hsb") == "dzełarnicka"


#: words as they stand in texts of the portal, and as nobody would write them
WRITTEN = st.one_of(
    st.sampled_from(
        sorted({word for page in DEMO.glob("guides/*/*.md") for word in words(page.read_text())})
    ),
    st.text("aäbcčdeéěfghiíjklmnňoöprřsšßtťuůúüvwyýzž", min_size=1, max_size=12),
)


def begins_as_its_stem(word: str, language: str) -> bool:
    own = stem(word, language)
    return fold(word[:FIRST_LETTERS])[:FIRST_LETTERS][: len(own)] == own[:FIRST_LETTERS]


@given(word=WRITTEN, language=st.sampled_from(sorted(KEEPS_BEGINNINGS)))
def test_a_word_that_begins_otherwise_has_another_stem(word, language):
    assert begins_as_its_stem(word, language)


def test_of_other_languages_that_does_not_hold():
    """The twin."""
    assert "nl" not in KEEPS_BEGINNINGS
    assert not begins_as_its_stem("gelegentlich", "nl")


@pytest.mark.parametrize("language", ["de", "nl"])
@pytest.mark.parametrize("text", ["(Wartung)", "Pflege/Wartung", "„Wartungen“,", "WARTUNG", "Wärtung"])
def test_wanted_words_are_found_whatever_stands_around_them(text, language):
    assert (
        len(places(text, WordFilter(language, {stem("wartung", language), stem("wartungen", language)}))) == 1
    )


def test_places_point_into_the_text_as_it_is_written():
    text = "Für Mentor:innen und Mentoren"
    found = places(text, WordFilter("de", {"mentor"}))
    assert [text[place.start : place.end] for place in found] == ["Mentor:innen", "Mentoren"]


def test_a_word_that_is_part_of_another_is_a_place_of_its_own():
    text = "Mentoren-Netz, Mentoren, (Mentoren)"
    assert [place.start for place in places(text, WordFilter("de", {"mentor"}))] == [0, 15, 26]
    assert places("Mentorenprogramm", WordFilter("de", {"mentor"})) == []


def test_what_no_database_stores_is_taken_out():
    assert printable("a\x00b\ud800c") == "a b?c"


# whatever the text


@given(st.text(), LANGUAGES)
def test_terms_are_safe_for_every_engine(text, language):
    for term in [*stems(printable(text), language), *grams(printable(text))]:
        assert term
        assert len(term) <= 2 * LONGEST_WORD
        assert term.replace(EDGE, "a").isalnum() or any(unicodedata.category(char)[0] == "M" for char in term)
        assert not any(char in term for char in " '\"\\\x00-")


@given(st.text(), LANGUAGES)
def test_the_same_text_gives_the_same_terms(text, language):
    assert (stems(text, language), grams(text)) == (stems(text, language), grams(text))


@given(st.text())
def test_words_of_two_lines_are_the_words_of_both(text):
    assert words(f"{text}\n{text}") == words(text) * 2


@given(st.text(alphabet=string.ascii_letters + "äöüßáčďéěíňóřšťúůýž ", min_size=1))
def test_capitals_and_diacritics_change_no_gram(text):
    assert grams(text.upper()) == grams(text) == grams(fold(text))


@given(st.text(alphabet="abcdefgäüß", min_size=1, max_size=LONGEST_WORD))
def test_a_word_has_as_many_grams_as_it_has_letters_and_edges(word):
    folded = fold(word)
    assert len(word_grams(word)) == max(1, len(folded) + 2 - GRAM + 1)


@given(st.text())
def test_places_and_words_see_the_same(text):
    found = places(text, EVERYTHING)
    assert [place.word for place in found] == words(text)
    assert [(place.start, place.end) for place in found] == [match.span() for match in WORD.finditer(text)]
