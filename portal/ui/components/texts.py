"""Passages of text with a fixed shape."""

from dataclasses import dataclass, field
from typing import Any

from portal.ui.components.base import Component, component


@component("callout")
@dataclass
class Callout(Component):
    """Something beside the flow of the text: "note", "tip", "warning" or "bad"."""

    style: str = "note"
    title: str = ""
    text: str = ""
    lang: str = ""


@component("empty")
@dataclass
class Empty(Component):
    """What a list says when nothing is in it, and where to go from there."""

    title: str
    text: str = ""
    #: {"label", "url"}
    links: list[dict[str, str]] = field(default_factory=list)


@component("section_head")
@dataclass
class SectionHead(Component):
    """The heading of a section and the link to all of it."""

    title: str
    url: str = ""
    link_label: str = ""
    level: int = 2
    id: str = ""


@component("funding")
@dataclass
class Funding(Component):
    """Who pays for the portal: "header" in the first screen of every page, "footer" at its end."""

    place: str = "header"


@component("facts")
@dataclass
class Facts(Component):
    """Names and values; {"label", "value", "url", "lang"}, url and lang may lack."""

    items: list[dict[str, Any]] = field(default_factory=list)


@component("figures")
@dataclass
class Figures(Component):
    """Results in figures; {"value", "label"}."""

    items: list[dict[str, str]] = field(default_factory=list)


@component("timeline")
@dataclass
class Timeline(Component):
    """What happens when; {"when", "text", "now"}, now may lack."""

    items: list[dict[str, Any]] = field(default_factory=list)


@component("partner_map")
@dataclass
class PartnerMap(Component):
    """The five partners on both banks of the Elbe, schematic."""
