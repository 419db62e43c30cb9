"""The words of a page's body, without anything that is only mark-up, address or choice."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.rich_text import get_text_for_indexing

#: blocks whose value a reader does not read
SILENT = (blocks.ChoiceBlock, blocks.ChooserBlock, blocks.URLBlock, blocks.BooleanBlock)
#: plain fields that hold an address
SILENT_NAMES = {"url"}


def words_of(body: blocks.StreamValue) -> str:
    """Everything that a reader can read in `body`, a passage per line, for search, feeds and the reading time."""
    return "\n".join(passage for passage in _passages(body.stream_block, body) if passage)


def _passages(block: blocks.Block, value: Any) -> Iterator[str]:
    match block:
        case _ if isinstance(block, SILENT) or value is None:
            return
        case blocks.RichTextBlock():
            yield get_text_for_indexing(value.source).strip()
        case TableBlock():
            rows = [" ".join(str(cell) for cell in row if cell) for row in value.get("data") or []]
            yield "\n".join([value.get("table_caption") or "", *rows]).strip()
        case blocks.BaseStructBlock():
            for name, child in block.child_blocks.items():
                if name not in SILENT_NAMES:
                    yield from _passages(child, value.get(name))
        case blocks.ListBlock():
            for item in value:
                yield from _passages(block.child_block, item)
        case blocks.BaseStreamBlock():
            for child in value:
                yield from _passages(child.block, child.value)
        case _:
            yield str(value).strip()
