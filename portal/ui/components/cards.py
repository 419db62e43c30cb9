"""What stands in lists: one card per thing that can be opened."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from babel.dates import format_date
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from portal.ui.components.base import Component, component


@component("card")
@dataclass
class Card(Component):
    """A guide, case study, news item, page or company. `meta` ends with the place, for `side` stands after it."""

    title: str
    url: str
    meta: str = ""
    text: str = ""
    #: the language of title and text, if it is not the page's
    lang: str = ""
    side: str = ""
    chips: list[dict[str, str]] = field(default_factory=list)
    #: the same in other languages, {"url", "code", "label"}; labels in their own language
    others: list[dict[str, str]] = field(default_factory=list)
    level: int = 3


@component("event_card")
@dataclass
class EventCard(Component):
    """An event with its day; the year is said when it is not the current one."""

    title: str
    url: str
    starts_at: datetime
    meta: str = ""
    status: str = ""
    status_style: str = ""
    side: str = ""
    lang: str = ""
    #: as in Card
    others: list[dict[str, str]] = field(default_factory=list)
    level: int = 3

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        day = timezone.localtime(self.starts_at).date()
        return {
            **super().get_context_data(parent_context),
            "day": day.day,
            "month": format_date(day, "MMM", locale=get_language() or settings.LANGUAGE_CODE),
            "year": day.year if day.year != timezone.localdate().year else "",
        }

    @classmethod
    def samples(cls, language: str) -> list[Self]:
        samples = super().samples(language)
        for sample in samples:
            sample.starts_at = datetime.fromisoformat(str(sample.starts_at))
        return samples


@component("person_card")
@dataclass
class PersonCard(Component):
    """A mentor or expert: who, where, in which languages, about what, and why here."""

    name: str
    url: str
    initials: str
    side: str = ""
    headline: str = ""
    headline_lang: str = ""
    place: str = ""
    languages: str = ""
    chips: list[dict[str, str]] = field(default_factory=list)
    #: {"style": "ok" | "missing" | "part-topics" | "part-text" | "part-border", "text"}
    why: list[dict[str, str]] = field(default_factory=list)
    bar: list[dict[str, Any]] = field(default_factory=list)
    status: str = ""
    status_style: str = ""
    #: how soon the person usually answers
    habit: str = ""
    photo: Any = None
    level: int = 3


@component("door")
@dataclass
class Door(Component):
    """One of the few ways into the portal, on the home page."""

    eyebrow: str
    heading: str
    text: str
    url: str
