"""Markdown of other publishers is mended before it is read."""

import pytest

from knowledge.domain.foreign_markdown import tidied

CASES = {
    "a directive for a picture goes, on a line of its own and within a sentence": (
        'Vorher.\n\n:::image type="content" source="a.png" alt-text="A":::\n\nWählen Sie :::image type="icon"::: und los.',
        "Vorher.\n\n\n\nWählen Sie  und los.",
    ),
    "a video keeps its address": (
        "Vorher.\n\n[!Video https://example.org/embed/1]\n\nNachher.",
        "Vorher.\n\n::: video Video\nhttps://example.org/embed/1\n:::\n\nNachher.",
    ),
    "a remark about a picture that did not come along goes": (
        "Vorher.\n\n> 🎥 Klicken Sie auf das Bild.\n\n> Das bleibt.\n\nNachher.",
        "Vorher.\n\n\n> Das bleibt.\n\nNachher.",
    ),
    "a table gets the second line that makes it one": (
        "Vorher.\n\n|Was|Wozu|\n\n|Kabel|Strom|\n|Rohr|Luft|\n\nNachher.",
        "Vorher.\n\n|Was|Wozu|\n|---|---|\n|Kabel|Strom|\n|Rohr|Luft|\n\nNachher.",
    ),
    "a whole table stays as it is": (
        "|Was|Wozu|\n|---|:--|\n|Kabel|Strom|\n",
        "|Was|Wozu|\n|---|:--|\n|Kabel|Strom|\n",
    ),
    "items that lost their dashes get them back": (
        "Sie können:\n\n Segmente erstellen\n Kontakte wählen\n\nNachher.",
        "Sie können:\n\n- Segmente erstellen\n- Kontakte wählen\n\nNachher.",
    ),
    "headings that lost their marks get them back": (
        "Ein Satz.\n\nSo richten Sie es ein\n\nNoch ein Satz.",
        "Ein Satz.\n\n## So richten Sie es ein\n\nNoch ein Satz.",
    ),
    "a text that has headings keeps its short lines": (
        "## Anfang\n\nSo richten Sie es ein\n\nNoch ein Satz.",
        "## Anfang\n\nSo richten Sie es ein\n\nNoch ein Satz.",
    ),
}


def paragraphs(text: str) -> list[str]:
    """How many empty lines stand between two paragraphs says nothing in Markdown."""
    return [part.strip("\n") for part in text.split("\n\n") if part.strip("\n")]


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_foreign_markdown_is_mended(text: str, expected: str) -> None:
    assert paragraphs(tidied(text)) == paragraphs(expected)


@pytest.mark.parametrize("text", [text for text, _expected in CASES.values()], ids=CASES.keys())
def test_mending_twice_is_mending_once(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)
