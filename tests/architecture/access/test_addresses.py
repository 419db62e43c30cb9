"""Every address stands in the table, and everything in the table is an address."""

from collections.abc import Iterable

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path
from django.urls.resolvers import RegexPattern
from django.views.generic import RedirectView

from portal.accounts.views.account import my_account
from tests.architecture.access.addresses import Address, addresses
from tests.architecture.access.printing import PAGE, page
from tests.architecture.access.table import OUTCOMES, everybody, prefixes, rows

#: what middleware answers before an address is looked up, and what stands only on a developer's machine
WITHOUT_PATTERN = {"/", "/livez", "/readyz", "/mails/", "/de/styleguide/"}
HOW = "Give each a row in tests/architecture/access/table/*.yaml: who sees it, who may send something there, who gets a 404?"


def unlisted(known: Iterable[Address]) -> list[str]:
    """Addresses that no row names. A prefix covers only what others wrote."""
    named = {row.address for row in rows()}
    starts = tuple(prefix.start for prefix in prefixes())
    return [
        f"{address.name} ({address.route})"
        for address in known
        if address.name not in named and (address.is_ours or not address.name.startswith(starts))
    ]


def planted(*patterns: object) -> list[Address]:
    """The addresses of a portal that has only `patterns`."""
    return addresses(URLResolver(RegexPattern(r"^/"), list(patterns)))


def a_new_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


a_new_view.__module__ = "home.views"


def test_every_address_of_the_portal_stands_in_the_table() -> None:
    assert unlisted(addresses()) == [], HOW


def test_everything_in_the_table_is_an_address_of_the_portal() -> None:
    known = {address.name for address in addresses()}
    assert {row.address for row in rows()} - known == WITHOUT_PATTERN
    assert {prefix.door for prefix in prefixes()} - {row.address for row in rows()} == set()
    assert [p.start for p in prefixes() if not any(name.startswith(p.start) for name in known)] == []


def test_every_address_of_ours_is_visited_with_get_and_post() -> None:
    methods: dict[str, set[str]] = {}
    for row in rows():
        methods.setdefault(row.address, set()).add(row.method)
    ours = {address.name for address in addresses() if address.is_ours}
    assert {name for name in ours if not methods[name] >= {"GET", "POST"}} == set()


def test_a_new_address_is_found() -> None:
    assert unlisted(planted(path("new/", a_new_view, name="new"))) == ["new (/new/)"]
    assert unlisted(planted(path("new/", a_new_view))) == ["/new/ (/new/)"]
    assert unlisted(planted(path("konto/", my_account, name="my_account"))) == []


def test_a_new_address_of_ours_is_found_behind_the_name_of_another_app() -> None:
    behind = include(([path("new/", a_new_view, name="new")], "wagtailadmin_pages"))
    assert unlisted(planted(path("admin/", behind))) == ["wagtailadmin_pages:new (/admin/new/)"]
    theirs = path("old/", RedirectView.as_view(url="/"), name="wagtailadmin_old")
    assert unlisted(planted(theirs)) == []


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"sees": "members"}, "anonymous"),
        ({"sees": "everybody", "404": "mentor"}, "mentor stands twice"),
        ({"sees": "the boss", "404": "others"}, "nobody is called “the boss”"),
    ],
)
def test_a_row_that_forgets_somebody_is_refused(cells: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        everybody(cells, {})


def test_the_words_of_the_table_are_known() -> None:
    said = {outcome for row in rows() for outcome in row.expected.values()}
    assert {word for word in said if not word.startswith("to ")} <= set(OUTCOMES)


def test_the_page_to_read_is_printed_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Please run: python -m tests.architecture.access"
