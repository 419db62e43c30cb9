"""Sentences of a text and of its translation find each other by their lengths."""

from hypothesis import given
from hypothesis import strategies as st

from search.domain.alignment import aligned, sentences

LONG = "Wer seine Maschinen vernetzt, sieht am Bildschirm, welche von ihnen steht und warum sie steht."
LONG_CS = "Kdo propojí své stroje, vidí na obrazovce, který z nich právě stojí a z jakého důvodu stojí."
OTHER = "Fangen Sie klein an."
OTHER_CS = "Začněte v malém."
LINES = st.lists(st.text("abc .\n", max_size=40), max_size=12).map("\n".join)


def test_sentences_end_with_a_mark_or_a_line():
    assert sentences("Eins. Zwei!\n\nDrei") == ["Eins.", "Zwei!", "Drei"]


def test_texts_of_the_same_build_are_paired_in_their_order():
    assert aligned(f"{LONG} {OTHER}", f"{LONG_CS} {OTHER_CS}") == [(LONG, LONG_CS), (OTHER, OTHER_CS)]


def test_what_was_left_out_of_the_translation_has_no_counterpart():
    extra = "Dieser Satz steht nur auf Deutsch, denn er erklärt ein deutsches Gesetz und seine Verordnungen."
    assert aligned(f"{OTHER}\n{extra}\n{LONG}", f"{OTHER_CS}\n{LONG_CS}") == [
        (OTHER, OTHER_CS),
        (LONG, LONG_CS),
    ]


def test_two_sentences_may_have_become_one():
    one, two = (
        "Wer seine Maschinen vernetzt, sieht am Bildschirm,",
        "welche von ihnen steht und warum sie steht.",
    )
    assert aligned(f"{OTHER}\n{one}\n{two}", f"{OTHER_CS}\n{LONG_CS}") == [
        (OTHER, OTHER_CS),
        (f"{one} {two}", LONG_CS),
    ]


@given(LINES, LINES)
def test_whatever_the_texts_pairs_stand_in_their_order_and_nothing_is_made_up(text, translation):
    pairs = aligned(text, translation)
    for side, whole in ((0, text), (1, translation)):
        rest = iter(" ".join(sentences(whole)).split())
        assert all(word in rest for pair in pairs for word in pair[side].split())
    assert all(one and other for one, other in pairs)
