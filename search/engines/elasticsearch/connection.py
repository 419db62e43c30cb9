"""The way to Elasticsearch, and what happens while nobody answers there.

A search must not wait for a server that hangs: a question has a deadline, and once one has failed, nothing is asked for a few
seconds, except whether the server is there again. Each process finds out for itself. Source: Nygard 2007, "Release It!",
circuit breaker.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.engines.base import EngineAway

logger = logging.getLogger(__name__)
# It would write a line for each request, and one more for each that fails.
logging.getLogger("elastic_transport").setLevel(logging.ERROR)

#: Seconds after a failure until somebody looks again, and how long that one waits.
RETRY = 5.0
PROBE = 0.3

Answer = TypeVar("Answer")


class IndexMissing(EngineAway):
    """The server is there, but the portal's indices are not: they were never built, or were lost."""


class Server:
    """One cluster, as one process sees it."""

    def __init__(self, url: str, **security: Any) -> None:
        self.client = Elasticsearch(url, max_retries=0, retry_on_timeout=False, **security)
        # A client for each time that somebody waits: to make one takes as long as to write a question.
        self._waiting = lru_cache(maxsize=8)(lambda seconds: self.client.options(request_timeout=seconds))
        self._lock = threading.Lock()
        self._error = ""
        self._look_again_at = 0.0

    def ask(self, question: Callable[[Elasticsearch], Answer], seconds: float) -> Answer:
        """The answer to a question of one request or several, each of which waits at most `seconds`.

        Raises EngineAway if there is none, and at once after a failure.
        """
        if self._error:
            self._look_again()
        try:
            return question(self._waiting(seconds))
        except NotFoundError as error:
            raise IndexMissing(str(error)) from error
        except (ApiError, TransportError) as error:
            self._failed(error)
            raise EngineAway(str(error)) from error

    def _look_again(self) -> None:
        """Lets one thread look when it is time; the others go on without."""
        with self._lock:
            if time.monotonic() < self._look_again_at:
                raise EngineAway(self._error)
            self._look_again_at = time.monotonic() + RETRY
        try:
            self._waiting(PROBE).cluster.health()
        except (ApiError, TransportError) as error:
            raise EngineAway(str(error)) from error
        self._error = ""
        logger.warning("Elasticsearch answers again")

    def _failed(self, error: Exception) -> None:
        with self._lock:
            if not self._error:
                logger.error("Elasticsearch does not answer, the database does instead: %s", error)
            self._error = str(error) or type(error).__name__
            self._look_again_at = time.monotonic() + RETRY


def server() -> Server:
    """The server that the settings name: one per process."""
    wanted = settings.PORTAL_ELASTICSEARCH
    return _server(wanted["URL"], wanted["API_KEY"], wanted["CA"])


@cache
def _server(url: str, api_key: str, certificate: str) -> Server:
    security = {"api_key": api_key, "ca_certs": certificate}
    return Server(url, **{name: value for name, value in security.items() if value})
