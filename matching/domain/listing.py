"""Lists with filters: from rows of facts and a query string to what a template shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from matching.domain.facets import Found, Values, narrow
from matching.domain.vocabulary import Vocabulary

PER_PAGE = 12
#: beyond this, a filter is not chosen by a reader
MOST_CHOSEN = 20
TOPIC = "topic"


@dataclass(frozen=True)
class Facet:
    """A filter over a closed list. `labels` are its values in the order in which they are offered."""

    name: str
    legend: str | Promise
    labels: Mapping[str, str | Promise]


class Listing:
    """The rows that the reader asked for, and what there is to choose.

    `rows` are in the order of the list. A value that a facet does not know narrows nothing and stays out of the page.
    """

    def __init__(
        self, rows: Mapping[int, Values], facets: Iterable[Facet], vocabulary: Vocabulary, query: QueryDict
    ) -> None:
        self.vocabulary = vocabulary
        self.query = query
        self.facets = list(facets)
        self.rows = rows
        topics = {term.slug: term.label for term in vocabulary.sorted(vocabulary.terms)}
        self.labels = {TOPIC: topics} | {facet.name: facet.labels for facet in self.facets}
        self.chosen = {
            name: frozenset(value for value in query.getlist(name)[:MOST_CHOSEN] if value in labels)
            for name, labels in self.labels.items()
        }
        self.found = self._narrow(self.chosen)

    @property
    def total(self) -> int:
        """How many rows there are, over all pages."""
        return len(self.found.keys)

    def page(self) -> Page:
        """The page that the query asks for, of keys; raises InvalidPage for one that there is not."""
        return Paginator(self.found.keys, PER_PAGE).page(self.query.get("page", 1))

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """What the form offers: {"name", "legend", "options"}; a group without options is left out."""
        groups = [*self._topic_groups(), *(self._group(facet) for facet in self.facets)]
        return [group for group in groups if group["options"]]

    @cached_property
    def chips(self) -> list[dict[str, str]]:
        """What was chosen, each with the address of the list without it."""
        return [
            {"label": str(label), "url": self._without(name, value)}
            for name, labels in self.labels.items()
            for value, label in labels.items()
            if value in self.chosen[name]
        ]

    def relaxed(self) -> list[dict[str, Any]]:
        """What each chosen value keeps out when nothing is found: {"label", "url", "count"}, the most promising first."""
        ways = []
        for name, values in self.chosen.items():
            for value in values:
                count = len(self._narrow({**self.chosen, name: values - {value}}).keys)
                label = str(self.labels[name][value])
                ways.append({"label": label, "url": self._without(name, value), "count": count})
        return sorted((way for way in ways if way["count"]), key=lambda way: (-way["count"], way["label"]))

    def _narrow(self, chosen: Mapping[str, frozenset[str]]) -> Found:
        return narrow(self.rows, {**chosen, TOPIC: self.vocabulary.narrowest(chosen[TOPIC])}, self.labels)

    def _group(self, facet: Facet) -> dict[str, Any]:
        options = [self._option(facet.name, value, label) for value, label in facet.labels.items()]
        return {
            "name": facet.name,
            "legend": facet.legend,
            "options": [o for o in options if o["count"] or o["checked"]],
        }

    def _topic_groups(self) -> list[dict[str, Any]]:
        """The top topics, and what stands below each that was chosen."""
        groups = [self._topic_group(None, _("Topic"))]
        opened = {
            above for slug in self.chosen[TOPIC] for above in self._line(self.vocabulary.by_slug[slug].pk)
        }
        groups += [self._topic_group(term.pk, term.label) for term in self.vocabulary.sorted(opened)]
        return groups

    def _line(self, topic: int) -> list[int]:
        return [topic, *self.vocabulary.above(topic)]

    def _topic_group(self, broader: int | None, legend: str) -> dict[str, Any]:
        terms = self.vocabulary.sorted(self.vocabulary.narrower.get(broader, []))
        options = [self._option(TOPIC, term.slug, term.label) for term in terms]
        return {
            "name": TOPIC,
            "legend": legend,
            "options": [o for o in options if o["count"] or o["checked"]],
        }

    def _option(self, name: str, value: str, label: str | Promise) -> dict[str, Any]:
        return {
            "value": value,
            "label": label,
            "count": self.found.counts[name][value],
            "checked": value in self.chosen[name],
        }

    def _without(self, name: str, value: str) -> str:
        rest = self.query.copy()
        rest.setlist(name, [kept for kept in rest.getlist(name) if kept != value])
        rest.pop("page", None)
        return f"?{rest.urlencode()}"


def topic_values(topics: Mapping[int, Iterable[int]], vocabulary: Vocabulary) -> dict[int, frozenset[str]]:
    """The values of each row in the topic facet: the slugs of its topics and of all that stand above them."""
    lines = {
        pk: frozenset(vocabulary.terms[key].slug for key in (pk, *vocabulary.above(pk)))
        for pk in vocabulary.terms
    }
    return {key: frozenset().union(*(lines[topic] for topic in carried)) for key, carried in topics.items()}


def region_labels(rows: Iterable[tuple[str, dict[str, str], str]], language: str) -> dict[str, str]:
    """The names of regions from rows of (code, names by language, country), one side of the border after the other."""
    regions = {(country, names[language], code) for code, names, country in rows}
    in_order = sorted(regions, key=lambda row: (row[0], row[1].casefold()))
    return {code: name for _country, name, code in in_order}
