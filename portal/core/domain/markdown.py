"""Markdown into the building blocks of a page (portal.core.blocks).

Beside CommonMark and tables it knows containers: `::: note Title`, `tip`, `warning`, `steps`, `checklist Title`, `faq`,
`cta Label`, `video Title`, each closed by `:::`. Raw HTML is dropped, so a text from elsewhere cannot bring scripts.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin

from portal.core.blocks import SAFE_ADDRESS

Block = dict[str, Any]
CALLOUTS = {"note": "note", "tip": "tip", "important": "warning", "warning": "warning", "caution": "warning"}
CONTAINERS = ["note", "tip", "warning", "steps", "checklist", "faq", "cta", "video"]
ALERT = re.compile(r"^\[!(\w+)\]\s*", re.IGNORECASE)
#: little pictures that some authors put before a remark
PICTOGRAMS = re.compile("^[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f ]+")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
RAISED = re.compile(r"</?su[pb]>", re.IGNORECASE)


class RichTextRenderer(RendererHTML):
    """Writes the small HTML that Wagtail stores: b and i, no images, no raw HTML, only links that lead somewhere."""

    def strong_open(self, *_args: Any) -> str:
        return "<b>"

    def strong_close(self, *_args: Any) -> str:
        return "</b>"

    def em_open(self, *_args: Any) -> str:
        return "<i>"

    def em_close(self, *_args: Any) -> str:
        return "</i>"

    def softbreak(self, *_args: Any) -> str:
        return " "

    def image(self, *_args: Any) -> str:
        return ""

    def link_open(self, tokens: Sequence[Token], idx: int, _options: Any, env: Any) -> str:
        safe = bool(SAFE_ADDRESS.match(str(tokens[idx].attrGet("href"))))
        env.setdefault("links", []).append(safe)
        return f'<a href="{escape(str(tokens[idx].attrGet("href")))}">' if safe else ""

    def link_close(self, _tokens: Sequence[Token], _idx: int, _options: Any, env: Any) -> str:
        return "</a>" if env["links"].pop() else ""

    def html_inline(self, tokens: Sequence[Token], idx: int, *_args: Any) -> str:
        if BREAK.fullmatch(tokens[idx].content):
            return "<br/>"
        return tokens[idx].content.lower() if RAISED.fullmatch(tokens[idx].content) else ""

    def html_block(self, *_args: Any) -> str:
        return ""

    def code_block(self, tokens: Sequence[Token], idx: int, *_args: Any) -> str:
        # within a list there is no block of code: the lines stay lines, their indents stay indents
        lines = [line.replace("  ", "\u00a0 ") for line in tokens[idx].content.rstrip("\n").split("\n")]
        return f"<p><code>{'<br/>'.join(escape(line) for line in lines)}</code></p>"

    def fence(self, tokens: Sequence[Token], idx: int, *_args: Any) -> str:
        return self.code_block(tokens, idx)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}, renderer_cls=RichTextRenderer).enable("table")
    # every link is understood; the renderer keeps the words of those that lead nowhere
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # its documented way
    for name in CONTAINERS:
        container_plugin(parser, name)
    return parser


PARSER = _parser()


def body_from_markdown(text: str, images: Mapping[str, int] | None = None) -> list[Block]:
    """The raw StreamField value for a text in Markdown.

    `images` maps the file names that the text may show to the ids of pictures in the library; other pictures are left
    out. Titles that the text lacks (GitHub's `> [!NOTE]`) come in the active language.
    """
    blocks: list[Block] = []
    for node in SyntaxTreeNode(PARSER.parse(text)).children:
        for kind, value in _blocks_of(node, images or {}):
            if kind == "text" and blocks and blocks[-1]["type"] == "text":
                blocks[-1]["value"] += value
            else:
                blocks.append({"type": kind, "value": value})
    return blocks


def plain_text(node: SyntaxTreeNode) -> str:
    """The words of a node without any mark-up."""
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak") or (
        node.type == "html_inline" and BREAK.fullmatch(node.content)
    ):
        return " "
    if node.type in ("html_inline", "html_block", "image"):
        return ""
    return "".join(plain_text(child) for child in node.children).strip()


def _html(nodes: list[SyntaxTreeNode]) -> str:
    tokens = [token for node in nodes for token in node.to_tokens()]
    return PARSER.renderer.render(tokens, PARSER.options, {}).replace("\n", "").replace("<p></p>", "")


def _blocks_of(node: SyntaxTreeNode, images: Mapping[str, int]) -> Iterator[tuple[str, Any]]:
    match node.type:
        case "heading":
            if title := plain_text(node):
                yield "heading", {"text": title[:150], "level": "2" if node.tag in ("h1", "h2") else "3"}
        case "fence" | "code_block":
            yield "code", {"code": node.content.rstrip("\n")}
        case "table":
            yield "table", _table(node)
        case "blockquote" if plain_text(node):
            yield _quote(node)
        case "paragraph" if picture := _picture(node):
            if picture.attrs["src"] in images:
                yield "figure", _figure(picture, images)
        case kind if kind.startswith("container_"):
            yield CONTAINER_BLOCKS[kind.removeprefix("container_")](node)
        case "blockquote" | "html_block" | "hr":
            return
        case _:
            if html := _html([node]):
                yield "text", html


def _picture(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    inline = node.children[0].children if node.children else []
    return inline[0] if len(inline) == 1 and inline[0].type == "image" else None


def _figure(picture: SyntaxTreeNode, images: Mapping[str, int]) -> dict[str, Any]:
    source = str(picture.attrs["src"])
    alternative = "".join(child.content for child in picture.children)
    return {
        "image": images[source],
        "alternative": alternative,
        "caption": str(picture.attrs.get("title", "")),
    }


def _table(node: SyntaxTreeNode) -> dict[str, Any]:
    rows = [row for part in node.children for row in part.children]
    data = [[plain_text(cell) for cell in row.children] for row in rows]
    return {
        "data": data,
        "cell": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": "",
    }


def _quote(node: SyntaxTreeNode) -> tuple[str, Any]:
    """Somebody's words, if the last line names them; anything else that is set apart is a remark."""
    lines = [line for child in node.children for line in _lines(child)]
    if len(lines) > 1 and lines[-1].startswith(("—", "–")):
        return "quote", {"text": " ".join(lines[:-1]).strip(), "source": lines[-1].lstrip("—– ")[:150]}
    alert = ALERT.match(lines[0])
    style = CALLOUTS.get(alert[1].lower(), "note") if alert else "note"
    title = {"note": _("Note"), "tip": _("Tip"), "warning": _("Warning")}[style]
    _strip_start(node.children[0])
    return "callout", {"style": style, "title": title, "text": _html(node.children)}


def _strip_start(paragraph: SyntaxTreeNode) -> None:
    """Takes the mark of an alert, or a little picture, off the first words of a remark."""
    inline = paragraph.children[0] if paragraph.type == "paragraph" else None
    first = inline.children[0].token if inline and inline.children else None
    if inline is None or first is None or first.type != "text":
        return
    first.content = PICTOGRAMS.sub("", ALERT.sub("", first.content))
    if not first.content and len(inline.children) > 1 and inline.children[1].type == "softbreak":
        inline.children = inline.children[2:]


def _lines(node: SyntaxTreeNode) -> list[str]:
    if node.type != "paragraph":
        return [plain_text(node)]
    parts: list[list[str]] = [[]]
    for child in node.children[0].children:
        if child.type in ("softbreak", "hardbreak"):
            parts.append([])
        else:
            parts[-1].append(plain_text(child))
    return [" ".join(filter(None, (piece.strip() for piece in part))) for part in parts]


def _title(node: SyntaxTreeNode) -> str:
    return node.info.strip().partition(" ")[2].strip()


def _callout(node: SyntaxTreeNode) -> tuple[str, Any]:
    style = node.type.removeprefix("container_")
    return "callout", {"style": style, "title": _title(node), "text": _html(node.children)}


def _titled_parts(node: SyntaxTreeNode) -> Iterator[tuple[str, str]]:
    title = ""
    rest: list[SyntaxTreeNode] = []
    for child in node.children:
        if child.type == "heading":
            if title:
                yield title, _html(rest)
            title, rest = plain_text(child), []
        else:
            rest.append(child)
    if title:
        yield title, _html(rest)


def _steps(node: SyntaxTreeNode) -> tuple[str, Any]:
    return "steps", {"steps": [{"title": title, "text": html} for title, html in _titled_parts(node)]}


def _checklist(node: SyntaxTreeNode) -> tuple[str, Any]:
    items = [plain_text(item) for child in node.children for item in child.children]
    return "checklist", {"title": _title(node), "items": items}


def _questions(node: SyntaxTreeNode) -> tuple[str, Any]:
    return "questions", {
        "questions": [{"question": title, "answer": html} for title, html in _titled_parts(node)]
    }


def _call_to_action(node: SyntaxTreeNode) -> tuple[str, Any]:
    url, *words = [line for child in node.children for line in _lines(child)]
    return "call_to_action", {"label": _title(node), "url": url, "text": " ".join(words), "page": None}


def _video(node: SyntaxTreeNode) -> tuple[str, Any]:
    return "video", {"title": _title(node), "url": plain_text(node.children[0]), "transcript": ""}


CONTAINER_BLOCKS: dict[str, Callable[[SyntaxTreeNode], tuple[str, Any]]] = {
    "note": _callout,
    "tip": _callout,
    "warning": _callout,
    "steps": _steps,
    "checklist": _checklist,
    "faq": _questions,
    "cta": _call_to_action,
    "video": _video,
}
