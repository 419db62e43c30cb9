"""The colours of the portal can be read by everybody, light and dark."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

SCHEMES = ["light", "dark"]
#: (words, ground): at least 4.5:1, WCAG 1.4.3
TEXT = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sand"),
    ("ink", "river-tint"),
    ("ink", "amber-tint"),
    ("ink", "good-tint"),
    ("ink", "bad-tint"),
    ("ink", "bar-ground"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("muted", "sand"),
    ("river", "paper"),
    ("river", "surface"),
    ("river", "sand"),
    ("river", "river-tint"),
    ("river", "amber-tint"),
    ("river", "bad-tint"),
    ("river", "good-tint"),
    ("on-river", "river"),
    ("on-river", "river-strong"),
    ("river-strong", "river-tint"),
    ("amber-ink", "amber-tint"),
    ("on-amber", "amber"),
    ("good", "paper"),
    ("good", "surface"),
    ("bad", "paper"),
    ("bad", "surface"),
    ("on-foot", "foot"),
    ("link-foot", "foot"),
]
#: (edge or mark, ground): at least 3:1, WCAG 1.4.11
MARKS = [
    ("muted", "surface"),
    ("muted", "paper"),
    ("river", "paper"),
    ("river", "sand"),
    ("bad", "surface"),
    ("link-foot", "foot"),
]


def stylesheet() -> str:
    return Path(finders.find("ui/portal.css")).read_text(encoding="utf-8")


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme by name, as #rrggbb."""
    pairs = re.findall(r"--([\w-]+): (?:light-dark\((#\w+), (#\w+)\)|(#\w+));", stylesheet())
    chosen = {name: same or (light if scheme == "light" else dark) for name, light, dark, same in pairs}
    return {
        name: "#" + "".join(c * 2 for c in value[1:]) if len(value) == 4 else value
        for name, value in chosen.items()
    }


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, by WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("words", "ground"), TEXT)
def test_words_stand_out_from_their_ground(words, ground, scheme):
    colours = tokens(scheme)
    assert contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_edges_and_marks_stand_out_from_their_ground(mark, ground, scheme):
    colours = tokens(scheme)
    assert contrast(colours[mark], colours[ground]) >= 3


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0)],
)
def test_contrast_is_that_of_the_standard(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio


def test_every_colour_exists_in_both_schemes():
    assert tokens("light").keys() == tokens("dark").keys()
    assert {name for pair in TEXT + MARKS for name in pair} <= tokens("light").keys()


def test_the_stylesheet_asks_no_other_host():
    assert re.findall(r"url\([\"']?(?:https?:)?//", stylesheet()) == []


def test_the_stylesheet_stays_small():
    assert len(stylesheet().encode()) <= 36_000
