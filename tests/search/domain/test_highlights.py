"""Passages show why something was found, and are never markup."""

import re

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import stem, words
from search.domain.highlights import PASSAGE, Highlighter
from search.engines.base import Wanted


def highlighter(
    query: str, language: str = "de", synonyms: tuple[str, ...] = (), common: tuple[str, ...] = ()
) -> Highlighter:
    typed = words(query)
    wanted = Wanted(
        language,
        dict.fromkeys((stem(word, language) for word in typed), 1.0),
        {},
        dict.fromkeys((stem(word, language) for word in synonyms), 0.5),
    )
    return Highlighter(wanted, typed, {(language, stem(word, language)) for word in common})


def plain(html: str) -> str:
    return html.replace("<mark>", "").replace("</mark>", "")


FILLER = "Davor steht viel anderes, das niemand gesucht hat. " * 20


def test_the_summary_is_shown_if_it_answers():
    snippet = highlighter("Sensor").snippet("Welche Sensoren sich lohnen.", "Ein Sensor misst.")
    assert snippet == "Welche <mark>Sensoren</mark> sich lohnen."


def test_else_the_passage_of_the_text_that_answers():
    snippet = highlighter("Sensor").snippet(
        "Worum es geht.", f"{FILLER}Dann kommt ein Sensor ans Werk. {FILLER}"
    )
    assert "Dann kommt ein <mark>Sensor</mark> ans Werk." in snippet
    assert (snippet[:2], snippet[-2:], len(plain(snippet)) <= PASSAGE + 4) == ("… ", " …", True)


def test_a_passage_with_all_words_is_better_than_an_earlier_one_with_some():
    text = f"Ein Sensor. {FILLER}Der Sensor am Gateway meldet sich. {FILLER}"
    assert "Der <mark>Sensor</mark> am <mark>Gateway</mark>" in highlighter("Sensor Gateway").snippet(
        "", text
    )


def test_without_a_place_the_summary_or_the_beginning_is_shown():
    assert highlighter("Sensor").snippet("Worum es <geht>.", "Anderes.") == "Worum es &lt;geht&gt;."
    assert highlighter("Sensor").snippet("", "Ganz anderes.") == "Ganz anderes."
    beginning = highlighter("Sensor").snippet("", FILLER)
    assert FILLER.startswith(beginning.removesuffix(" …"))
    assert len(beginning) <= PASSAGE + 2


def test_a_passage_does_not_reach_back_over_a_line():
    assert (
        highlighter("Sensor").snippet("", "Titel davor\nDer Sensor misst.")
        == "… Der <mark>Sensor</mark> misst."
    )


def test_synonyms_are_marked_and_common_words_are_not():
    marker = highlighter("die DSGVO", synonyms=("Datenschutz",), common=("die",))
    assert marker.marked("Die DSGVO: Datenschutz") == "Die <mark>DSGVO</mark>: <mark>Datenschutz</mark>"


def test_both_genders_are_one_mark():
    assert highlighter("Mentor").marked("Mentor:innen fragen") == "<mark>Mentor:innen</mark> fragen"


@given(st.text(), st.text())
def test_nothing_but_marks_is_added(query, text):
    html = highlighter(query).marked(text)
    assert re.findall(r"<[^>]*>", html.replace("<mark>", "").replace("</mark>", "")) == []
    assert html.count("<mark>") == html.count("</mark>")


@given(st.text("ab <&\n", max_size=2_000), st.text("ab", min_size=1, max_size=3))
def test_a_passage_of_any_text_is_short(text, word):
    assert (
        len(plain(highlighter(word).snippet("", text)).replace("&lt;", "<").replace("&amp;", "&"))
        <= PASSAGE + 4
    )
