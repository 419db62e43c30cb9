"""Everybody meets at every address what the table says."""

from collections.abc import Callable, Collection, Iterator

import pytest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

import portal.urls
from portal.members.models import Company
from tests.architecture.access.addresses import addresses
from tests.architecture.access.cast import Cast
from tests.architecture.access.forms import untouched
from tests.architecture.access.table import Prefix, Row, prefixes, rows
from tests.architecture.access.things import Thing, things
from tests.architecture.access.visit import Visit, path_of

World = tuple[Cast, dict[str, Thing]]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """The cast and their things, built once: every visit is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = Cast()
        yield cast, {"": Thing(), **things(cast)}
        transaction.set_rollback(True)


def sent(row: Row, world: World) -> dict:
    """What a POST of `row` sends: the form as it stands for whoever may send it, with the changes of the row."""
    cast, known = world
    thing = known[row.of or row.lists]
    fields = {}
    if row.form and row.doers:
        client = Client()
        cast.take_seat(client, row.doers[0])
        page = client.get(path_of(row, thing))
        fields = untouched(page.content.decode(), path_of(row, thing))
    changes = {name: known[value].args[0] if value in known else value for name, value in row.sends.items()}
    return {**fields, **changes}


def visit(row: Row, roles: Collection[str], world: World) -> None:
    """Each of `roles` meets at the address of `row` what the row says, and nothing that is private is kept or listed."""
    cast, known = world
    thing = known[row.of or row.lists]
    sends = sent(row, world) if row.method != "GET" else {}

    visits = {role: Visit(cast, role, row, thing, sends) for role in roles}

    expected = {role: row.expected[role] for role in roles}
    assert {role: visit.outcome for role, visit in visits.items()} == expected
    assert {role for role in row.doers if role in visits and not visits[role].changed >= row.changes} == set()
    assert {role for role, visit in visits.items() if row.is_private and visit.is_kept} == set()
    assert {role for role, visit in visits.items() if row.noindex and visit.is_indexed} == set()


@pytest.mark.parametrize("row", rows(), ids=str)
def test_everybody_meets_what_the_table_says(row: Row, world: World) -> None:
    visit(row, row.visitors, world)


@pytest.mark.stress
@pytest.mark.parametrize("row", [row for row in rows() if row.alike], ids=str)
def test_so_does_everybody_else_of_a_group(row: Row, world: World) -> None:
    visit(row, row.alike - set(row.visitors), world)


@pytest.mark.parametrize("prefix", prefixes(), ids=lambda prefix: prefix.start)
def test_behind_a_prefix_no_address_is_open_that_the_table_does_not_name(
    prefix: Prefix, world: World
) -> None:
    cast, _known = world
    named = {row.address for row in rows()}
    behind = [a for a in addresses() if a.name.startswith(prefix.start) and a.name not in named]

    found = {
        (address.name, role): Visit(cast, role, Row("", address.path, "GET", {}), Thing(), {}).outcome
        for address in behind
        for role in ("anonymous", "member")
        if role in prefix.expected
    }

    assert {where: outcome for where, outcome in found.items() if outcome != prefix.expected[where[1]]} == {}


# The twins: what the tests above find if a view lets somebody do what the table does not say.


def met(view: Callable[..., HttpResponse], world: World, method: str = "POST") -> str:
    """What a member meets at an address behind which `view` stands."""
    patterns = [path("planted/", view), *portal.urls.urlpatterns]
    urls = type("urls", (), {**vars(portal.urls), "urlpatterns": patterns})
    with override_settings(ROOT_URLCONF=urls):
        row = Row("", "/planted/", method, {}, of="Alfa")
        return Visit(world[0], "member", row, world[1]["Alfa"], {}).outcome


def test_a_get_that_writes_is_found(world: World) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        Company.objects.update(founded=1901)
        return HttpResponse("Alfa Werkzeugbau GmbH")

    assert met(view, world, "GET") == "sees, and changes Company"


def test_a_refusal_that_has_done_it_all_the_same_is_found(world: World) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        Company.objects.update(founded=1902)
        raise Http404

    assert met(view, world) == "404, and changes Company"


def test_a_write_that_was_taken_back_is_no_effect(world: World) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            Company.objects.update(founded=1903)
            transaction.set_rollback(True)
        return HttpResponse()

    assert met(view, world) == "shown again"


def test_a_refusal_that_tells_what_it_refuses_is_found(world: World) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("Alfa Werkzeugbau GmbH gibt es hier nicht.", status=404)

    assert met(view, world, "GET") == "404, but tells"


def test_a_page_that_a_cache_may_keep_is_found(world: World) -> None:
    row = Row("", "search:results", "GET", {})
    visits = [Visit(world[0], role, row, Thing(), {}) for role in ("anonymous", "member")]
    assert [visit.is_kept for visit in visits] == [True, False]


def test_a_page_that_search_engines_may_list_is_found(world: World) -> None:
    guide = Row("", "wagtail_serve", "GET", {}, of="a guide")
    results = Row("", "search:results", "GET", {})
    visits = [
        Visit(world[0], "anonymous", guide, world[1]["a guide"], {}),
        Visit(world[0], "anonymous", results, Thing(), {}),
    ]
    assert [visit.is_indexed for visit in visits] == [True, False]
