"""The words of a body, as search, feeds and the reading time take them."""

from portal.core.blocks import BodyBlock
from portal.core.domain.words import words_of

BODY = BodyBlock()


def words(*blocks: dict) -> str:
    return words_of(BODY.to_python(list(blocks)))


def test_every_passage_that_a_reader_can_read_is_there_in_its_order() -> None:
    body = [
        {"type": "heading", "value": {"text": "Vorher", "level": "2"}},
        {"type": "text", "value": "<p>Eine <b>Frage</b> zuerst.</p><ul><li>Signal</li></ul>"},
        {
            "type": "callout",
            "value": {"style": "warning", "title": "Vorsicht", "text": "<p>Netz trennen.</p>"},
        },
        {"type": "steps", "value": {"steps": [{"title": "Wählen", "text": "<p>Die Presse.</p>"}]}},
        {"type": "checklist", "value": {"title": "Liste", "items": ["Kabel", "Schalter"]}},
        {
            "type": "questions",
            "value": {"questions": [{"question": "Wie lange?", "answer": "<p>Zwei Tage.</p>"}]},
        },
        {"type": "quote", "value": {"text": "Endlich Ruhe.", "source": "Die Meisterin"}},
    ]

    assert words(*body).split("\n") == [
        "Vorher",
        "Eine Frage zuerst. Signal",
        "Vorsicht",
        "Netz trennen.",
        "Wählen",
        "Die Presse.",
        "Liste",
        "Kabel",
        "Schalter",
        "Wie lange?",
        "Zwei Tage.",
        "Endlich Ruhe.",
        "Die Meisterin",
    ]


def test_a_table_is_read_cell_by_cell_under_its_caption() -> None:
    table = {"data": [["Farbe", "Regel"], ["Rot", None]], "cell": [], "table_caption": "Ampel"}

    assert words({"type": "table", "value": table}) == "Ampel\nFarbe Regel\nRot"


def test_what_only_machines_need_is_no_word() -> None:
    action = {
        "text": "Fragen Sie.",
        "label": "Zum Mentoring",
        "page": None,
        "url": "https://example.org/geheim",
    }

    assert words({"type": "call_to_action", "value": action}) == "Fragen Sie.\nZum Mentoring"
    assert words({"type": "heading", "value": {"text": "Nur dies", "level": "3"}}) == "Nur dies"
