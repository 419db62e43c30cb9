"""Markdown becomes building blocks; nothing that could harm a reader comes along."""

from typing import Any

import pytest
from django.utils.translation import override

from portal.core.blocks import BodyBlock
from portal.core.domain.markdown import body_from_markdown

BODY = BodyBlock()


def blocks(text: str, **images: int) -> list[tuple[str, Any]]:
    """(type, value) of each block; every text must also pass the form of an editor."""
    with override("de"):
        body = body_from_markdown(text, images)
    BODY.clean(BODY.to_python(body))
    return [(block["type"], block["value"]) for block in body]


def test_paragraphs_and_lists_that_follow_each_other_are_one_text() -> None:
    assert blocks("Ein **fetter** und *schräger* Satz.\n\n- eins\n- zwei") == [
        ("text", "<p>Ein <b>fetter</b> und <i>schräger</i> Satz.</p><ul><li>eins</li><li>zwei</li></ul>")
    ]


def test_a_line_break_within_a_paragraph_keeps_the_words_apart() -> None:
    assert blocks("erste Zeile\nzweite Zeile") == [("text", "<p>erste Zeile zweite Zeile</p>")]


def test_headings_keep_two_levels() -> None:
    assert blocks("# Eins\n\n## Zwei\n\n### Drei\n\n#### Vier") == [
        ("heading", {"text": "Eins", "level": "2"}),
        ("heading", {"text": "Zwei", "level": "2"}),
        ("heading", {"text": "Drei", "level": "3"}),
        ("heading", {"text": "Vier", "level": "3"}),
    ]


def test_a_table_has_its_head() -> None:
    [(kind, value)] = blocks("| Farbe | Regel |\n|---|---|\n| Rot | *nie* |")

    assert kind == "table"
    assert value["data"] == [["Farbe", "Regel"], ["Rot", "nie"]]
    assert value["first_row_is_table_header"] is True


@pytest.mark.parametrize("style", ["note", "tip", "warning"])
def test_a_container_becomes_a_callout(style: str) -> None:
    assert blocks(f"::: {style} Vorsicht, Strom\nErst abschalten.\n:::") == [
        ("callout", {"style": style, "title": "Vorsicht, Strom", "text": "<p>Erst abschalten.</p>"})
    ]


def test_steps_questions_checklists_and_calls_to_action_are_understood() -> None:
    text = """
::: steps
### Wählen
Die Presse.

### Messen
:::

::: checklist Vor dem Start
- Kabel
- Schalter
:::

::: faq
### Wie lange?
Zwei Tage.
:::

::: cta Zum Mentoring
page:mentoring
Fragen Sie jemanden, der es kennt.
:::
"""
    assert [value for _kind, value in ((kind, value) for kind, value in _raw(text))] == [
        {"steps": [{"title": "Wählen", "text": "<p>Die Presse.</p>"}, {"title": "Messen", "text": ""}]},
        {"title": "Vor dem Start", "items": ["Kabel", "Schalter"]},
        {"questions": [{"question": "Wie lange?", "answer": "<p>Zwei Tage.</p>"}]},
        {
            "label": "Zum Mentoring",
            "url": "page:mentoring",
            "text": "Fragen Sie jemanden, der es kennt.",
            "page": None,
        },
    ]


def _raw(text: str) -> list[tuple[str, Any]]:
    # `page:` is resolved by the loader of the demo, before any form sees it
    return [(block["type"], block["value"]) for block in body_from_markdown(text)]


def test_a_quote_names_who_said_it() -> None:
    assert blocks("> Endlich Ruhe.\n> — Die Meisterin") == [
        ("quote", {"text": "Endlich Ruhe.", "source": "Die Meisterin"})
    ]


def test_set_apart_words_of_nobody_are_a_remark_with_its_lists() -> None:
    assert blocks("> 💁 Dazu brauchen Sie:\n>\n> - Kabel") == [
        (
            "callout",
            {"style": "note", "title": "Hinweis", "text": "<p>Dazu brauchen Sie:</p><ul><li>Kabel</li></ul>"},
        )
    ]


def test_an_alert_of_github_becomes_a_callout_in_the_reader_s_language() -> None:
    assert blocks("> [!WARNING]\n> Erst **abschalten**.") == [
        ("callout", {"style": "warning", "title": "Warnung", "text": "<p>Erst <b>abschalten</b>.</p>"})
    ]


def test_code_keeps_its_lines_also_within_a_list() -> None:
    assert blocks("```\na = 1\nb = 2\n```") == [("code", {"code": "a = 1\nb = 2"})]
    assert blocks("1. So:\n\n   ```\n   if a:\n       b()\n   ```") == [
        ("text", "<ol><li><p>So:</p><p><code>if a:<br/>\u00a0 \u00a0 b()</code></p></li></ol>")
    ]


def test_only_known_pictures_are_shown() -> None:
    [(kind, value)] = body_to_pairs('![Eine Presse](presse.webp "In Zwickau")', {"presse.webp": 7})

    assert (kind, value) == ("figure", {"image": 7, "alternative": "Eine Presse", "caption": "In Zwickau"})
    assert body_to_pairs("![Eine Presse](fremd.webp)", {}) == []


def body_to_pairs(text: str, images: dict[str, int]) -> list[tuple[str, Any]]:
    return [(block["type"], block["value"]) for block in body_from_markdown(text, images)]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "seite.md",
        "vbscript:x",
    ],
)
def test_the_words_of_a_link_that_leads_nowhere_stay_without_it(address: str) -> None:
    assert blocks(f"Sehen Sie [hier]({address}) nach.") == [("text", "<p>Sehen Sie hier nach.</p>")]


def test_a_link_that_leads_somewhere_stays() -> None:
    assert blocks("[hier](https://example.org/?a=1&b=2)") == [
        ("text", '<p><a href="https://example.org/?a=1&amp;b=2">hier</a></p>')
    ]


def test_raw_html_is_left_out_but_for_breaks_and_raised_letters() -> None:
    assert blocks("<script>alert(1)</script>\n\nH<sub>2</sub>O<br>rein <b onclick=x>gut</b>") == [
        ("text", "<p>H<sub>2</sub>O<br/>rein gut</p>")
    ]
