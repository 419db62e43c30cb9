"""Small marks that stand inside other things."""

from dataclasses import dataclass, field
from typing import Any

from portal.core.enums import Country
from portal.ui.components.base import Component, component


@component("chip")
@dataclass
class Chip(Component):
    """A topic, a filter or another short label."""

    label: str
    url: str = ""
    #: "" a topic; "hit" one that was asked for; "outline" a quiet fact
    style: str = ""
    lang: str = ""
    #: the link takes the filter away again
    remove: bool = False


@component("side")
@dataclass
class Side(Component):
    """The letters of a country, never its flag."""

    country: str

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        code = str(self.country).upper()
        return {"code": code, "label": Country(code).label if code in Country.values else ""}


@component("face")
@dataclass
class Face(Component):
    """A person's photo, or the initials in the colour of their side; decoration beside the name."""

    initials: str
    side: str = ""
    size: str = ""
    #: a Wagtail image
    photo: Any = None


@component("bar")
@dataclass
class Bar(Component):
    """How a match adds up. Decoration: the list beside it says the same in words.

    `parts` are {"part": "topics" | "text" | "border", "start": 0-100, "width": 0-100}.
    """

    parts: list[dict[str, Any]] = field(default_factory=list)
