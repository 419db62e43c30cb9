"""The German and Czech catalogues: every text of our own code, each in every form that the language needs.

Extraction is Babel's, from Python and from templates as Django reads them, so that no gettext tool has to be installed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import django
import polib
from babel.messages.extract import extract
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

#: how each language counts, as Django's own catalogues have it
PLURAL_FORMS = {
    "de": "nplurals=2; plural=(n != 1);",
    "cs": "nplurals=4; plural=(n == 1 && n % 1 == 0) ? 0 : (n >= 2 && n <= 4 && n % 1 == 0) ? 1: (n % 1 != 0 ) ? 2 : 3;",
}
KEYWORDS: dict[str, tuple | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%([sd])|\{(\w*)\}")
WRAP = 110
#: texts of Python and templates, and texts of scripts
DOMAINS = ("django", "djangojs")

Key = tuple[str, str]


@dataclass(frozen=True)
class Message:
    """A text as it stands in the code."""

    text: str
    plural: str = ""
    context: str = ""
    place: str = ""

    @property
    def key(self) -> Key:
        return self.context, self.text


def messages_of_python(source: str, place: str = "") -> Iterator[Message]:
    """The texts that a Python source hands to gettext."""
    for line, found, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        texts = [found] if isinstance(found, str) else list(found)
        if texts[0]:
            plural = texts[1] if len(texts) > 1 else ""
            yield Message(texts[0], plural, context or "", f"{place}:{line}")


def messages_of_template(source: str, place: str = "") -> Iterator[Message]:
    """The texts of a template's translation tags."""
    # Indentation means nothing in a template, but would to the reader of Python.
    flat = "\n".join(line.lstrip() for line in templatize(source, origin=place).split("\n"))
    return messages_of_python(flat, place)


def wanted_messages(root: Path) -> dict[Key, Message]:
    """Every text of our own apps below `root`."""
    wanted: dict[Key, Message] = {}
    for folder in sorted({Path(app.path).relative_to(root).parts[0] for app in our_apps(root)}):
        for path in sorted(
            [
                *(root / folder).rglob("*.py"),
                *(root / folder).rglob("*.html"),
                *(root / folder).rglob("*.txt"),
            ]
        ):
            if "migrations" in path.parts:
                continue
            read = messages_of_python if path.suffix == ".py" else messages_of_template
            for message in read(path.read_text(encoding="utf-8"), str(path.relative_to(root))):
                # A text that is counted anywhere is counted everywhere: one entry serves both.
                if message.plural or message.key not in wanted:
                    wanted[message.key] = message
    return wanted


def our_apps(root: Path) -> list:
    """The apps of this project, not those that are installed in a folder of it."""
    return [
        a
        for a in apps.get_app_configs()
        if Path(a.path).is_relative_to(root) and "site-packages" not in a.path
    ]


def foreign_keys(root: Path) -> set[Key]:
    """The texts of the apps that we build on: our catalogue may complete or reword them."""
    return {key for domain in DOMAINS for key in foreign_messages(root, domain)}


def foreign_messages(root: Path, domain: str) -> dict[Key, polib.POEntry]:
    """Every text that the apps that we build on offer for translation in `domain`, as their English catalogues list it."""
    files = [folder / f"locale/en/LC_MESSAGES/{domain}.po" for folder in foreign_folders(root)]
    return {
        key_of(entry): entry for path in files if path.exists() for entry in read(path) if not entry.obsolete
    }


def foreign_gaps(root: Path, language: str, domain: str) -> list[str]:
    """The texts of the apps that we build on which nobody has translated into `language`: neither the apps nor we.

    In Czech the reader would see them in German, Django's fallback.
    """
    folders = [folder / "locale" for folder in foreign_folders(root)]
    folders += [Path(django.__file__).parent / "conf/locale", *map(Path, settings.LOCALE_PATHS)]
    files = [folder / language / "LC_MESSAGES" / f"{domain}.po" for folder in folders]
    translated = {
        key_of(entry) for path in files if path.exists() for entry in read(path).translated_entries()
    }
    return sorted(text for context, text in foreign_messages(root, domain).keys() - translated)


def foreign_folders(root: Path) -> list[Path]:
    """Where the apps live that we build on."""
    ours = our_apps(root)
    return [Path(app.path) for app in apps.get_app_configs() if app not in ours]


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid


def problems(
    language: str, catalogue: polib.POFile, wanted: dict[Key, Message], foreign: set[Key]
) -> Iterator[str]:
    """What keeps `catalogue` from being complete and right, one sentence each."""
    if catalogue.metadata.get("Plural-Forms") != PLURAL_FORMS[language]:
        yield f"the header must count as: {PLURAL_FORMS[language]}"
    present = {key_of(entry) for entry in catalogue if not entry.obsolete}
    for key in wanted.keys() - present:
        yield f"missing: {wanted[key].text!r} ({wanted[key].place})"
    for entry in catalogue:
        key = key_of(entry)
        if entry.obsolete or (key not in wanted and key not in foreign):
            yield f"obsolete: {entry.msgid!r}"
            continue
        if entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        if key in wanted and (entry.msgid_plural or "") != wanted[key].plural:
            yield f"the code has another plural: {entry.msgid!r} ({wanted[key].place})"
        yield from problems_of_entry(language, entry)


def problems_of_entry(language: str, entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with the forms of one entry."""
    count = int(PLURAL_FORMS[language][len("nplurals=")])
    forms = [entry.msgstr_plural.get(n, "") for n in range(count)] if entry.msgid_plural else [entry.msgstr]
    if entry.msgid_plural and set(entry.msgstr_plural) != set(range(count)):
        yield f"{count} forms are needed: {entry.msgid!r}"
        return
    for number, form in enumerate(forms):
        if not form:
            yield f"empty: {entry.msgid!r}" + (f", form {number}" if entry.msgid_plural else "")
            continue
        # The form for one may say "one" in words, or leave out the number as the English text does.
        models = [entry.msgid_plural or entry.msgid] + ([entry.msgid] if number == 0 else [])
        if placeholders(form) not in [placeholders(model) for model in models]:
            yield f"other placeholders: {entry.msgid!r} / {form!r}"
        if edges(form) != edges(entry.msgid):
            yield f"other spaces at the edge: {entry.msgid!r} / {form!r}"


def placeholders(text: str) -> set[str]:
    """What is filled in at run time; the order may differ between languages."""
    return {match.group() for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def edges(text: str) -> tuple[str, str]:
    """The white space before and after the words."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def updated(
    language: str, catalogue: polib.POFile, wanted: dict[Key, Message], foreign: set[Key]
) -> polib.POFile:
    """`catalogue` with an empty entry for each new text and without those that nobody uses, sorted."""
    result = polib.POFile(wrapwidth=WRAP)
    result.metadata = {
        "Project-Id-Version": "NET4DIGI",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    kept = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    for key in {*wanted, *(kept.keys() & foreign)}:
        entry = kept.get(key) or polib.POEntry(msgid=key[1], msgctxt=key[0] or None)
        if key in wanted and (entry.msgid_plural or "") != wanted[key].plural:
            entry = polib.POEntry(msgid=key[1], msgctxt=key[0] or None, msgid_plural=wanted[key].plural)
        if entry.msgid_plural and not entry.msgstr_plural:
            entry.msgstr_plural = dict.fromkeys(range(int(PLURAL_FORMS[language][len("nplurals=")])), "")
        entry.flags = ["python-format"] if "%(" in entry.msgid + entry.msgid_plural else []
        result.append(entry)
    result.sort(key=lambda entry: (entry.msgid.lower(), entry.msgid, entry.msgctxt or ""))
    return result


def catalogue_files() -> Iterable[tuple[str, Path]]:
    """(language, path of the catalogue) of each language of the portal."""
    folder = Path(settings.LOCALE_PATHS[0])
    return [(code, folder / code / "LC_MESSAGES" / "django.po") for code in PLURAL_FORMS]


def wagtail_files() -> Iterable[tuple[str, Path]]:
    """(language, path) of each catalogue that completes those of Wagtail's apps."""
    folder = Path(settings.LOCALE_PATHS[1])
    return [(code, folder / code / "LC_MESSAGES" / f"{name}.po") for code in PLURAL_FORMS for name in DOMAINS]


def read(path: Path) -> polib.POFile:
    """The catalogue at `path`, or an empty one; strings stay wrapped as they were."""
    return polib.pofile(str(path), wrapwidth=WRAP) if path.exists() else polib.POFile(wrapwidth=WRAP)


def compile_catalogue(path: Path) -> bool:
    """Writes the .mo beside a .po unless it is newer already; says whether it did."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    # Another process may be reading: the finished file takes the place of the old one at once.
    finished = path.with_suffix(".mo.new")
    read(path).save_as_mofile(str(finished))
    finished.replace(target)
    return True
