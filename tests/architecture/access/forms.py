"""What a browser sends for a form that somebody has opened and not touched."""

from html.parser import HTMLParser
from typing import Any

#: controls that send nothing until they are clicked or filled
SILENT = {"submit", "button", "reset", "image", "file"}


class FormReader(HTMLParser):
    """The fields of the form that posts to `action`, as {name: [values]}."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.fields: dict[str, list[str]] = {}
        self._inside = False
        self._select = self._area = ""
        self._options: list[str] = []
        self._first: str | None = None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = dict(pairs)
        if tag == "form":
            target = (attrs.get("action") or "").partition("?")[0]
            posts = (attrs.get("method") or "").lower() == "post"
            self._inside = posts and target in ("", self.action)
        if not self._inside or "disabled" in attrs:
            return
        name = attrs.get("name") or ""
        if tag == "input" and name:
            self._read_input(name, attrs)
        elif tag == "select":
            self._select, self._options, self._first = name, [], None
        elif tag == "option" and self._select:
            value = attrs.get("value") or ""
            self._first = value if self._first is None else self._first
            if "selected" in attrs:
                self._options.append(value)
        elif tag == "textarea":
            self._area = name
            self.fields.setdefault(name, []).append("")

    def _read_input(self, name: str, attrs: dict[str, str | None]) -> None:
        kind = (attrs.get("type") or "text").lower()
        if kind in SILENT or (kind in ("checkbox", "radio") and "checked" not in attrs):
            return
        self.fields.setdefault(name, []).append(attrs.get("value") or ("on" if kind == "checkbox" else ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._area = ""
        elif tag == "select" and self._select:
            chosen = self._options or ([self._first] if self._first is not None else [])
            if chosen:
                self.fields.setdefault(self._select, []).extend(chosen)
            self._select = ""


def untouched(html: str, path: str) -> dict[str, Any]:
    """What the form of the page `html` at `path` sends as it stands."""
    reader = FormReader(path)
    reader.feed(html)
    return reader.fields
