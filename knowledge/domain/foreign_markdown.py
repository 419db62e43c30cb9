"""Markdown as other publishers write it, brought nearer to the dialect of portal.core.domain.markdown.

What goes: directives that only their own site understands, and remarks about pictures that did not come along. What is
mended: tables without their second line, and headings that have lost their marks.
"""

import re
from collections.abc import Iterator

IMAGE = re.compile(r"^\s*:::\s*(?:row|column).*$\n?|:::image\b.*?:::", re.MULTILINE)
VIDEO = re.compile(r"^(?:>\s*)?\[!video\s+(\S+?)\][ ]*$", re.MULTILINE | re.IGNORECASE)
QUOTED_TABLE = re.compile(r"^[ ]*>[ ]*\[!div[^\]]*\][ ]*\n((?:[ ]*>.*\n?)+)", re.MULTILINE)
ABOUT_A_PICTURE = re.compile(r"^(?:>[ ]*(?:🎥|Sketchnote)|Dieses Video |Toto video ).*$\n?", re.MULTILINE)
#: lines of a list that has lost its dashes
LOST_ITEMS = re.compile(r"^(?: [^\s\-*+>|#`\d].*(?:\n|\Z)){2,}", re.MULTILINE)
ROW = re.compile(r"^[ ]*\|.*\|[ ]*$")
DELIMITERS = re.compile(r"^[ ]*\|(?:[ ]*:?-+:?[ ]*\|)+[ ]*$")
HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
#: A line that could be a heading: it begins like one, and ends without the mark of a sentence.
LOST_HEADING = re.compile(r"^[A-ZÄÖÜÁČĎÉÍŇÓŘŠŤÚŽ][^|\n]{2,78}[^\s.,:;!?)|…]$")


def tidied(text: str) -> str:
    """`text` without what only its own site understands; a second pass changes nothing."""
    text = IMAGE.sub("", text.replace("\r\n", "\n"))
    text = VIDEO.sub(r"::: video Video\n\1\n:::", text)
    text = QUOTED_TABLE.sub(
        lambda match: "\n" + re.sub(r"^[ ]*>[ ]?", "", match[1], flags=re.MULTILINE), text
    )
    text = ABOUT_A_PICTURE.sub("", text)
    text = LOST_ITEMS.sub(lambda match: re.sub(r"^ ", "- ", match[0], flags=re.MULTILINE), text)
    text = "\n".join(_with_whole_tables(text.split("\n")))
    return text if HEADING.search(text) else _with_headings(text)


def _with_whole_tables(lines: list[str]) -> Iterator[str]:
    """The lines, with the delimiter row that a table needs below its first one, and without gaps between its rows."""
    table: list[str] = []
    for line in lines:
        if ROW.match(line):
            table.append(line)
        elif line.strip() or not table:
            yield from _whole(table)
            table = []
            yield line
    yield from _whole(table)


def _whole(rows: list[str]) -> Iterator[str]:
    if not rows:
        return
    yield rows[0]
    if len(rows) > 1 and not DELIMITERS.match(rows[1]):
        yield "|" + "---|" * (rows[0].count("|") - 1)
    yield from rows[1:]
    yield ""


def _with_headings(text: str) -> str:
    """Short lines that stand alone between two paragraphs become headings."""
    blocks = re.split(r"\n{2,}", text)
    for position, block in enumerate(blocks[:-1]):
        if LOST_HEADING.match(block) and not LOST_HEADING.match(blocks[position + 1]):
            blocks[position] = f"## {block}"
    return "\n\n".join(blocks)
