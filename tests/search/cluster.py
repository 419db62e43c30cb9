"""The cluster that tests use, and what they leave there: nothing."""

import os

from django.conf import settings
from elasticsearch import Elasticsearch

from search.engines.elasticsearch.connection import server

#: settings.test: the prefix of a process ends in its number
PREFIX = "portal-test-"


def client() -> Elasticsearch:
    return server().client.options(request_timeout=30)


def own_indices() -> list[str]:
    return sorted(client().indices.get(index=f"{settings.PORTAL_ELASTICSEARCH['PREFIX']}-*"))


def remove_own() -> None:
    _remove(own_indices())


def forgotten() -> list[str]:
    """Indices of processes that ended without clearing up."""
    found = client().indices.get(index=f"{PREFIX}*")
    return [name for name in found if not _is_alive(int(name.removeprefix(PREFIX).split("-")[0]))]


def remove_forgotten() -> None:
    _remove(forgotten())


def _remove(names: list[str]) -> None:
    if names:
        client().indices.delete(index=names, ignore_unavailable=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
