"""Documents that speak of the same things as a longer text."""

import pytest

from search.domain.similarity import most_similar, objects_like
from search.engines import engine
from tests.search.library import document, index, source_of

pytestmark = pytest.mark.django_db


def test_a_small_budget_is_spent_on_the_rarest_words():
    rare = document("Spindel", "Die Spindel.", kind="similar")
    common = [document("Wartung", f"Die Wartung, {number}.", kind="similar") for number in range(3)]
    index(rare, *common)
    text = "Wartung der Spindel"
    assert len(most_similar(text, "de", ["similar"], 10)) == 4
    assert len(most_similar(text, "de", ["similar"], 10, budget=1)) == 1


def test_a_rare_word_says_more_than_a_common_one_that_comes_again_and_again():
    spindle = document("Die Spindel", "Vom Fräsen mit der Spindel.", kind="similar")
    upkeep = [document(f"Wartung {number}", "Von der Wartung.", kind="similar") for number in range(5)]
    others = [document(f"Rechnung {number}", "Vom Schreiben.", kind="similar") for number in range(8)]
    index(spindle, *upkeep, *others)
    found = most_similar("Wartung, Wartung, noch einmal Wartung: der Spindel", "de", ["similar"], 10)
    assert found[0].source == source_of(spindle)
    assert all(match.score < found[0].score == 1 for match in found[1:])


def test_what_is_asked_for_is_found_behind_much_that_is_of_another_kind():
    closer = [document("Spindel", "Die Spindel.", kind="other") for _number in range(3)]
    wanted = document(
        "Spindel und Lager", "Die Spindel, das Lager und der Rest der Maschine.", kind="similar"
    )
    index(*closer, wanted)
    (found,) = most_similar("Die Spindel", "de", ["similar"], 1)
    assert found.source == source_of(wanted)


def test_what_is_shown_in_another_tree_for_want_of_a_translation_counts_once():
    own = {"object_key": "profile", "kind": "similar", "language": "de"}
    index(document("Spindel", "Die Spindel.", **own), document("Spindel", "Die Spindel.", locale="cs", **own))
    assert len(most_similar("Die Spindel", "de", ["similar"], 10)) == 1


def both(key: str, german: str, czech: str, **facts):
    """One object in both languages."""
    facts = {"object_key": key, "kind": "similar", **facts}
    return [document(german, german, **facts), document(czech, czech, language="cs", **facts)]


def like(key: str, tree: str = "de") -> list[str]:
    return list(objects_like("similar", key, ["similar"], tree, 10))


def test_what_is_alike_in_both_languages_comes_before_what_is_alike_in_one():
    index(
        *both("spindle", "Spindel wechseln", "Výměna vřetene"),
        *both("wear", "Spindel prüfen", "Kontrola vřetene"),
        *both("yarn", "Spindel und Rocken", "Předení vlny"),
        *both("paper", "Belege ablegen", "Ukládání dokladů"),
    )
    assert like("spindle")[:2] == like("spindle", "cs")[:2] == ["wear", "yarn"]


def test_what_is_not_translated_is_no_less_alike_for_it():
    index(
        *both("spindle", "Spindel wechseln", "Výměna vřetene"),
        both("german", "Spindel prüfen", "")[0],
        *both("both", "Spindel prüfen", "Kontrola ložiska a stroje"),
        *both("paper", "Belege ablegen", "Ukládání dokladů"),
    )
    assert like("spindle")[:2] == ["german", "both"]
    assert "german" not in like("spindle", "cs"), "nobody can read it there"


def test_topics_in_common_count_beside_words():
    index(
        *both("spindle", "Spindel wechseln", "Výměna vřetene", topics=["opc-ua"]),
        *both("topic", "Lager prüfen", "Kontrola ložiska", topics=["opc-ua"]),
        *both("words", "Lager ölen", "Mazání ložiska", topics=["gdpr"]),
    )
    assert like("spindle")[0] == "topic"


def test_topics_count_once_however_many_languages_an_object_has():
    words, shares = "Sinumerik Profinet Modbus Ethercat", []
    for languages in (1, 2):
        prefix = f"{languages}-"
        for key, text, topics in (
            ("asked", words, ["opc-ua"]),
            ("words", words, []),
            ("topic", "Kanban", ["opc-ua"]),
        ):
            kind = {"kind": prefix + "similar"}
            index(*both(prefix + key, text, text, topics=topics, **kind)[:languages])
        found = objects_like(prefix + "similar", prefix + "asked", [prefix + "similar"], "de", 10)
        shares.append(found[prefix + "topic"] / found[prefix + "words"])
        engine().clear()
    assert shares[1] == pytest.approx(shares[0] / 2, rel=0.1)


def test_nothing_is_like_what_the_index_does_not_know():
    index(*both("spindle", "Spindel wechseln", "Výměna vřetene"))
    assert like("unknown") == []


@pytest.mark.django_db(transaction=True)
def test_what_is_alike_is_found_once_and_anew_when_the_index_changes(django_assert_num_queries):
    index(*both("spindle", "Spindel wechseln", "Výměna vřetene"), *both("wear", "Spindel", "Vřeteno"))
    like("spindle")
    with django_assert_num_queries(1):
        assert like("spindle") == ["wear"]
    index(*both("closer", "Spindel wechseln", "Výměna vřetene"))
    assert like("spindle") == ["closer", "wear"]
