"""Somebody visits an address: what comes of it, and what it has changed."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.architecture.access.cast import Cast
from tests.architecture.access.table import Row
from tests.architecture.access.things import Thing
from tests.queries import tables_written

NOINDEX = '<meta name="robots" content="noindex">'
#: what a route leaves open
BLANK = re.compile(r"<[^>]+>|\.\*")
#: what changes whenever somebody comes by: sessions, and who has or had a page open in the administration
FOOTPRINTS = {"django_session", "wagtailadmin_editingsession", "wagtailcore_pagesubscription"}


class Visit:
    """One request of one person, undone as soon as it is answered.

    `outcome`: a word of the table. `changed`: names of the models whose rows are no longer what they were.
    """

    def __init__(self, cast: Cast, role: str, row: Row, thing: Thing, sends: dict[str, Any]) -> None:
        self.row, self.thing, self.path = row, thing, path_of(row, thing)
        cache.clear()  # where attempts are counted
        client = Client()
        cast.take_seat(client, role)
        with transaction.atomic():
            with connection.execute_wrapper(note := Writes()):
                self.response = request(client, row.method, self.path + query_of(thing), sends)
            after = contents(note.tables)
            transaction.set_rollback(True)
        before = contents(note.tables)
        self.changed = {model_of(table) for table in note.tables if before[table] != after[table]}

    @property
    def outcome(self) -> str:
        met = self._met()
        if not self.changed:
            return met
        if self.row.method != "GET" and (met in ("shown again", "turned away") or met.startswith("to ")):
            return "does"
        return f"{met}, and changes {', '.join(sorted(self.changed))}"

    def _met(self) -> str:
        status = self.response.status_code
        if status in (HTTPStatus.OK, HTTPStatus.CREATED):
            return self._seen() if self.row.method == "GET" else "shown again"
        if status == HTTPStatus.FORBIDDEN:
            has_reason = self.response.context and self.response.context.get("reason")
            return self._silent("refused" if has_reason else "403")
        if status in (HTTPStatus.FOUND, HTTPStatus.MOVED_PERMANENTLY):
            return self._led_to(self.response.url)
        if status == HTTPStatus.CONFLICT:
            return "told why not"
        names = {HTTPStatus.NOT_FOUND: "404", HTTPStatus.METHOD_NOT_ALLOWED: "not this way"}
        return self._silent(names.get(HTTPStatus(status), str(status)))

    def _seen(self) -> str:
        if not self.thing.words or self.row.unnamed or self.thing.words in self.text:
            return "sees"
        return "sees without it"

    def _silent(self, outcome: str) -> str:
        """A refusal that shows what it refuses is another outcome."""
        return f"{outcome}, but tells" if self.thing.words and self.thing.words in self.text else outcome

    def _led_to(self, url: str) -> str:
        path, _mark, query = url.partition("?")
        try:
            match = resolve(path)
        except Resolver404:
            return f"to {url}"
        name = match.view_name if match.url_name else path
        if name == "account_login" and parse_qs(query).get("next", [""])[0].startswith(self.path):
            return "sign-in"
        return "turned away" if name == "wagtailadmin_home" else f"to {name}"

    @property
    def is_kept(self) -> bool:
        """Whether a cache between the portal and the reader may keep what the reader sees."""
        told = self.response.get("Cache-Control", "")
        return self.response.status_code == HTTPStatus.OK and "private" not in told and "no-store" not in told

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may list the page, if they come to see it."""
        is_page = self.response.status_code == HTTPStatus.OK and self.response["Content-Type"].startswith(
            "text/html"
        )
        return is_page and NOINDEX not in self.text and self.response.get("X-Robots-Tag") != "noindex"

    @cached_property
    def text(self) -> str:
        """What is read in the answer."""
        return b"".join(self.response).decode(errors="replace")


class Writes:
    """Notes to which tables is written."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        self.tables |= tables_written(sql) - FOOTPRINTS
        return execute(sql, params, many, context)


def request(client: Client, method: str, path: str, sends: dict[str, Any]) -> HttpResponse:
    """What the portal answers."""
    if method == "PUT":
        return client.put(path, urlencode(sends), content_type="application/x-www-form-urlencoded")
    return client.post(path, sends) if method == "POST" else client.get(path)


def path_of(row: Row, thing: Thing) -> str:
    """The path of the row's address about `thing`; a route has its blanks filled in."""
    args = () if row.lists else thing.args
    if not row.address.startswith("/"):
        return (
            reverse(row.address, kwargs=args) if isinstance(args, dict) else reverse(row.address, args=args)
        )
    blanks = iter(args)
    return BLANK.sub(lambda _blank: str(next(blanks)), row.address)


def query_of(thing: Thing) -> str:
    return f"?{urlencode(thing.query)}" if thing.query else ""


def contents(tables: Iterable[str]) -> dict[str, list[str]]:
    """Every row of `tables`."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def model_of(table: str) -> str:
    """The name of the model whose rows stand in `table`."""
    return next((m.__name__ for m in apps.get_models() if m._meta.db_table == table), table)
