"""Where the reader is, and where to go from there."""

from dataclasses import dataclass, field
from typing import Any, Self

import yaml
from django.core.paginator import Page, Paginator
from django.http import QueryDict

from portal.ui.components.base import SAMPLES, Component, component


@component("breadcrumbs")
@dataclass
class Breadcrumbs(Component):
    """The path from the home page; {"label", "url"}, the last one is the page itself and needs no url."""

    items: list[dict[str, str]] = field(default_factory=list)


@component("contents")
@dataclass
class Contents(Component):
    """The sections of a long page; {"id", "text"}."""

    items: list[dict[str, str]] = field(default_factory=list)


@component("progress")
@dataclass
class Progress(Component):
    """The steps of a form that takes several pages; `current` counts from 1."""

    steps: list[str]
    current: int = 1

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        state = {-1: "done", 0: "now", 1: "ahead"}
        steps = [
            {
                "number": number,
                "label": label,
                "state": state[(number > self.current) - (number < self.current)],
            }
            for number, label in enumerate(self.steps, start=1)
        ]
        return {"steps": steps}


@component("pagination")
@dataclass
class Pagination(Component):
    """The pages of a list. `query` is the request's GET: filters are kept from page to page."""

    page_obj: Page
    query: QueryDict | dict[str, str] | str = ""
    #: tells two lists on one page apart for readers who do not see them
    label: str = ""

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        page = self.page_obj
        numbers = [
            {"number": number, "url": self.url(number), "current": number == page.number}
            if isinstance(number, int)
            else {}
            for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        ]
        return {
            "label": self.label,
            "numbers": numbers if page.paginator.num_pages > 1 else [],
            "number": page.number,
            "count": page.paginator.num_pages,
            "previous": self.url(page.number - 1) if page.has_previous() else "",
            "next": self.url(page.number + 1) if page.has_next() else "",
        }

    def url(self, number: int) -> str:
        """The address of page `number`, relative to the page that shows it."""
        query = QueryDict(mutable=True)
        if isinstance(self.query, str):
            query = QueryDict(self.query.lstrip("?"), mutable=True)
        else:
            query.update(self.query)
        query.pop("page", None)
        if number > 1:
            query["page"] = str(number)
        return f"?{query.urlencode()}"

    @classmethod
    def samples(cls, language: str) -> list[Self]:
        labels = yaml.safe_load((SAMPLES / "pagination.yaml").read_text(encoding="utf-8"))[language]
        paginator = Paginator(range(240), 12)
        return [
            cls(paginator.page(number), "q=NIS2&country=CZ", label)
            for number, label in zip((1, 7, 20), labels, strict=True)
        ]
