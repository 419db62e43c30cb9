"""Guides from a file of JSON lines into pages in both languages.

Each line is one guide: id, source, licence, translation, and per language title_xx and body_xx in Markdown. A line stands or
falls alone, in a transaction of its own: an import that was broken off is continued by starting it again.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Literal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from wagtail.rich_text import get_text_for_indexing

from knowledge.domain.foreign_markdown import tidied
from knowledge.models import GuideIndexPage, GuidePage
from portal.core.blocks import BodyBlock
from portal.core.domain.markdown import Block, body_from_markdown
from portal.core.domain.publishing import existing_pages, key_of, publish_in_languages
from portal.core.domain.sections import section_key
from portal.core.domain.words import words_of
from portal.topics.domain.suggest import suggest_topics
from portal.topics.models import Topic

LANGUAGES = [code for code, _name in settings.LANGUAGES]
#: columns and the most characters that the page takes; None: no limit
COLUMNS: dict[str, int | None] = {
    "id": 200,
    "source": 250,
    "licence": 100,
    "translation": 100,
    **{f"title_{code}": 255 for code in LANGUAGES},
    **{f"body_{code}": None for code in LANGUAGES},
}
#: What collections call their subject, as topics of ours; a line may name one of our topics itself.
SUBJECTS = {"CYBER": "sme-cybersecurity", "IIoT": "internet-of-things", "DIGI": "business-software"}
#: A longer line is no guide; it is never held in memory as a whole.
LONGEST_LINE = 4 * 1024 * 1024
#: Raise it when the conversion changes: every page is then made anew.
CONVERSION = 1
MOST_TOPICS = 5
SUMMARY_LENGTH = 250
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜÁČĎÉÍŇÓŘŠŤÚŽ„\"])")
PARAGRAPH = re.compile(r"<p>.*?</p>")
LIST = re.compile(r"<([uo]l)>.*?</\1>")
BODY = BodyBlock()

Status = Literal["created", "updated", "unchanged", "rejected"]


class Rejected(Exception):
    """A line that cannot become a guide; the message says why."""


@dataclass(frozen=True)
class Outcome:
    """What became of one line; `reason` says why it was rejected, `read` how many bytes of the file are behind it."""

    line: int
    status: Status
    read: int
    reason: str = ""


def import_guides(file: IO[bytes]) -> Iterator[Outcome]:
    """Brings every guide of `file` on line in both languages, one after the other, and tells what became of each line.

    Raises LookupError when the lists of guides do not exist yet.
    """
    parents = existing_pages(GuideIndexPage, section_key("guides"))
    if missing := [code for code in LANGUAGES if code not in parents]:
        raise LookupError(
            f"There is no list of guides in: {', '.join(missing)}. Run `manage.py setup_site` first."
        )
    seen: set[str] = set()
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            if row["id"] in seen:
                raise Rejected(f"id {row['id']!r} stood on an earlier line")
            seen.add(row["id"])
            yield Outcome(number, _import(row, parents), file.tell())
        except Rejected as error:
            yield Outcome(number, "rejected", file.tell(), str(error))


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)


def _row(line: bytes) -> dict[str, str]:
    """The columns of one line. Raises Rejected."""
    if len(line) == LONGEST_LINE:
        raise Rejected(f"longer than {LONGEST_LINE:,} bytes")
    try:
        row = json.loads(line)
    except UnicodeDecodeError as error:
        raise Rejected(f"not UTF-8 (byte {error.start + 1})") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise Rejected(f"not JSON ({error})") from error
    if not isinstance(row, dict):
        raise Rejected("not a JSON object")
    subject = row.get("topic")
    return {
        **{name: _column(row, name, most) for name, most in COLUMNS.items()},
        "subject": SUBJECTS.get(subject, subject) if isinstance(subject, str) else "",
    }


def _column(row: dict[str, Any], name: str, most: int | None) -> str:
    value = row.get(name)
    if value is None:
        raise Rejected(f"{name} is missing")
    if not isinstance(value, str):
        raise Rejected(f"{name} is not a text but {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Rejected(f"{name} holds half a character (position {error.start + 1})") from error
    # PostgreSQL stores no NUL
    value = value.replace("\0", "").strip()
    if not value:
        raise Rejected(f"{name} is empty")
    if most and len(value) > most:
        raise Rejected(f"{name} has {len(value)} characters, at most {most} fit")
    return value


@transaction.atomic
def _import(row: dict[str, str], parents: dict[str, Any]) -> Status:
    key = key_of("import", row["id"])
    digest = hashlib.sha256(json.dumps([CONVERSION, row], sort_keys=True).encode()).hexdigest()
    pages = existing_pages(GuidePage, key)
    if len(pages) == len(LANGUAGES) and all(page.import_digest == digest for page in pages.values()):
        return "unchanged"
    bodies = {code: _body(row, code) for code in LANGUAGES}
    fields = {
        "source": row["source"],
        "licence": row["licence"],
        # also what a vendor translated: only a person's own translation needs no warning
        "is_machine_translated": row["translation"].lower() != "human",
        "import_digest": digest,
    }
    new = {}
    for code in LANGUAGES:
        words = {
            **fields,
            "title": row[f"title_{code}"],
            "body": bodies[code],
            "summary": _summary(bodies[code]),
        }
        if code in pages:
            _update(pages[code], words)
        else:
            new[code] = GuidePage(**words)
    if new:
        topics = list(next(iter(pages.values())).topics.all()) if pages else _topics(row, bodies)
        for page in new.values():
            page.topics.set(topics)
        publish_in_languages(new, parents, key)
    return "updated" if pages else "created"


def _body(row: dict[str, str], language: str) -> list[Block]:
    with translation.override(language):
        body = body_from_markdown(tidied(row[f"body_{language}"]))
    if not body:
        raise Rejected(f"body_{language} holds nothing to read")
    try:
        BODY.clean(BODY.to_python(body))
    except ValidationError as error:
        raise Rejected(f"body_{language} does not fit: {_first_reason(error)}") from error
    return body


def _first_reason(error: ValidationError) -> str:
    """The first sentence at the bottom of a nested error of blocks."""
    nested = getattr(error, "block_errors", None)
    while nested:
        first = next(iter(nested.values())) if isinstance(nested, dict) else next(filter(None, nested))
        error, nested = first, getattr(first, "block_errors", None)
    return str(error.messages[0])


def _update(page: GuidePage, words: dict[str, Any]) -> None:
    """Changes the words; topics, address and whatever else editors set stay. A page that was taken off stays off."""
    for name, value in words.items():
        setattr(page, name, value)
    revision = page.save_revision(clean=False)
    if page.live:
        revision.publish()
    else:
        # the draft waits for an editor; the next run must know that it has these words
        GuidePage.objects.filter(pk=page.pk).update(import_digest=words["import_digest"])


def _topics(row: dict[str, str], bodies: dict[str, list[Block]]) -> list[Topic]:
    """What the texts of both languages are about, those that stand high in both first; the subject of the collection last."""
    scores: dict[Topic, float] = {}
    for code, body in bodies.items():
        text = f"{row[f'title_{code}']}\n{words_of(BODY.to_python(body))}"
        for rank, topic in enumerate(suggest_topics(text, code, limit=MOST_TOPICS), start=1):
            scores[topic] = scores.get(topic, 0.0) + 1 / rank
    found = sorted(scores, key=lambda topic: (-scores[topic], topic.slug))[: MOST_TOPICS - 1]
    return list(dict.fromkeys([*found, *Topic.objects.filter(slug=row["subject"])]))


def _summary(body: list[Block]) -> str:
    """The first sentences that say something: not those that announce a list or only point elsewhere."""
    texts = [LIST.sub("", block["value"]) for block in body if block["type"] == "text"]
    paragraphs = [_plain(html) for text in texts for html in PARAGRAPH.findall(text) if "<a " not in html]
    told = [text for text in paragraphs if len(text) > 60 and text.endswith(".")]
    sentences = SENTENCE_END.split([*told, *paragraphs, words_of(BODY.to_python(body))][0])
    summary = sentences[0]
    for sentence in sentences[1:]:
        if len(summary) + len(sentence) >= SUMMARY_LENGTH:
            break
        summary = f"{summary} {sentence}"
    if len(summary) <= SUMMARY_LENGTH:
        return summary
    return f"{summary[: SUMMARY_LENGTH - 1].rpartition(' ')[0]}…"


def _plain(html: str) -> str:
    return " ".join(get_text_for_indexing(html).split())
