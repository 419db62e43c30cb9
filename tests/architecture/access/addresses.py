"""Every address that the portal answers, by the name that the table knows it by."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

#: the packages whose views are ours
OURS = ("portal", "home", "knowledge", "matching", "mentoring", "search")
#: what stands in the blanks of a route, by what the blank looks like
FILLINGS = {
    r"<int:\w+>|\(\\d\+\)": "1",
    r"<\w+:?\w*>|\(\.\*\)": "x",
    r"\(live\|earliest\|\\d\+\)": "live",
    r"\(live\|latest\|\\d\+\)": "latest",
    r"\\\.": ".",
}
#: signs of a pattern that are no part of a path
UNREAD = re.compile(r"[\^$]")


@dataclass(frozen=True)
class Address:
    """`name`: as `reverse` knows it, or the route where it has no name. `is_ours`: we wrote the view."""

    name: str
    route: str
    is_ours: bool

    @property
    def path(self) -> str:
        """The route with something in each blank: there need not be anything of the kind."""
        found = self.route
        for blank, filling in FILLINGS.items():
            found = re.sub(blank, filling, found)
        return found


def addresses(resolver: URLResolver | None = None) -> list[Address]:
    """Every address below `resolver`; unless given, of the whole portal, those of both languages once."""
    return list(dict.fromkeys(_walk(resolver or get_resolver(), "", ())))


def _walk(resolver: URLResolver, before: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, route, inner)
        else:
            yield _address(entry, "/" + UNREAD.sub("", route), namespaces)


def _address(entry: URLPattern, route: str, namespaces: tuple[str, ...]) -> Address:
    name = ":".join([*namespaces, entry.name]) if entry.name else route
    return Address(name, route, _module(entry.callback).split(".")[0] in OURS)


def _module(view: Callable[..., Any]) -> str:
    view = inspect.unwrap(view)
    return str(getattr(view, "view_class", view).__module__)
