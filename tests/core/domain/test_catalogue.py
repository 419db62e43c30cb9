"""The catalogues: what is extracted, what counts as a problem, what an update keeps."""

import polib
import pytest

from portal.core.domain import catalogue
from portal.core.domain.catalogue import Message

COUNTED = Message("%(n)s place", "%(n)s places")
CZECH = ["%(n)s místo", "%(n)s místa", "%(n)s místa", "%(n)s míst"]


def czech(*entries: polib.POEntry) -> polib.POFile:
    po = polib.POFile()
    po.metadata = {"Plural-Forms": catalogue.PLURAL_FORMS["cs"]}
    po.extend(entries)
    return po


def entry(
    msgid: str, msgstr: str = "", forms: list[str] | None = None, plural: str = "", **fields
) -> polib.POEntry:
    return polib.POEntry(
        msgid=msgid, msgstr=msgstr, msgid_plural=plural, msgstr_plural=dict(enumerate(forms or [])), **fields
    )


def problems(po: polib.POFile, *wanted: Message, foreign=()) -> list[str]:
    return list(catalogue.problems("cs", po, {message.key: message for message in wanted}, set(foreign)))


def test_python_texts_are_found_with_plural_and_context():
    source = """
_("Search")
ngettext_lazy("%(n)s place", "%(n)s places", "n")
pgettext_lazy("badge", "Expertise")
f("not for readers")
"""
    assert list(catalogue.messages_of_python(source, "a.py")) == [
        Message("Search", place="a.py:2"),
        Message("%(n)s place", "%(n)s places", place="a.py:3"),
        Message("Expertise", context="badge", place="a.py:4"),
    ]


def test_template_texts_are_found_whatever_the_indentation():
    source = """{% load i18n %}
        <p class="x">{% translate "Don't wait" %}</p>
    {% blocktranslate trimmed count n=n %}
        {{ n }} place
        {% plural %}
        {{ n }} places
    {% endblocktranslate %}
  {% translate "Expertise" context "badge" as word %}{% ui "chip" label=_("Topic") %}"""
    found = {(m.context, m.text, m.plural) for m in catalogue.messages_of_template(source)}
    assert found == {
        ("", "Don't wait", ""),
        ("", "%(n)s place", "%(n)s places"),
        ("badge", "Expertise", ""),
        ("", "Topic", ""),
    }


def test_a_complete_catalogue_has_no_problems():
    po = czech(entry("Search", "Hledat"), entry(COUNTED.text, forms=CZECH, plural=COUNTED.plural))
    assert problems(po, Message("Search"), COUNTED) == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (entry("Search"), "empty: 'Search'"),
        (entry("Search", "Hledat", flags=["fuzzy"]), "fuzzy: 'Search'"),
        (entry("Search", " Hledat"), "other spaces at the edge: 'Search' / ' Hledat'"),
        (entry("Search", "Hledat", obsolete=True), "obsolete: 'Search'"),
    ],
)
def test_a_broken_entry_is_named(broken, said):
    assert said in problems(czech(broken), Message("Search"))


def test_a_text_that_nobody_translated_is_named_with_its_place():
    assert problems(czech(), Message("Search", place="a.py:1")) == ["missing: 'Search' (a.py:1)"]


def test_a_text_that_nobody_uses_is_named_unless_it_completes_another_package():
    po = czech(entry("Publish", "Zveřejnit"))
    assert problems(po) == ["obsolete: 'Publish'"]
    assert problems(po, foreign=[("", "Publish")]) == []


def test_a_lost_placeholder_is_named():
    po = czech(entry("Page %(number)s", "Strana"))
    assert problems(po, Message("Page %(number)s")) == ["other placeholders: 'Page %(number)s' / 'Strana'"]


def test_czech_needs_four_forms_and_german_two():
    po = czech(entry(COUNTED.text, forms=CZECH[:2], plural=COUNTED.plural))
    assert problems(po, COUNTED) == [f"4 forms are needed: {COUNTED.text!r}"]


def test_one_empty_form_is_enough_to_be_named():
    po = czech(entry(COUNTED.text, forms=[*CZECH[:3], ""], plural=COUNTED.plural))
    assert problems(po, COUNTED) == [f"empty: {COUNTED.text!r}, form 3"]


def test_a_catalogue_that_counts_otherwise_is_named():
    po = czech()
    po.metadata["Plural-Forms"] = "nplurals=3; plural=0;"
    assert problems(po) == [f"the header must count as: {catalogue.PLURAL_FORMS['cs']}"]


def test_an_update_adds_the_new_drops_the_unused_and_keeps_the_rest_sorted():
    po = czech(entry("Search", "Hledat"), entry("Gone", "Pryč"))
    wanted = {message.key: message for message in [Message("Search"), Message("about"), COUNTED]}
    result = catalogue.updated("cs", po, wanted, foreign=set())
    assert [(e.msgid, e.msgstr) for e in result] == [(COUNTED.text, ""), ("about", ""), ("Search", "Hledat")]
    assert result[0].msgstr_plural == {0: "", 1: "", 2: "", 3: ""}


def test_an_update_of_its_own_result_changes_nothing(tmp_path):
    wanted = {message.key: message for message in [Message("Search"), COUNTED]}
    first, second = tmp_path / "first.po", tmp_path / "second.po"
    catalogue.updated("cs", czech(), wanted, set()).save(str(first))
    catalogue.updated("cs", catalogue.read(first), wanted, set()).save(str(second))
    assert first.read_text() == second.read_text()


def test_compiling_happens_once_per_change(tmp_path):
    path = tmp_path / "django.po"
    czech(entry("Search", "Hledat")).save(str(path))
    assert [catalogue.compile_catalogue(path), catalogue.compile_catalogue(path)] == [True, False]
    assert polib.mofile(str(path.with_suffix(".mo"))).find("Search").msgstr == "Hledat"
