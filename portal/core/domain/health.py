"""Whether the portal can work."""

import logging
import threading

from django.db import connections

log = logging.getLogger(__name__)


def database_answers(seconds: float) -> bool:
    """Whether the database reads a row within `seconds`, over a connection of its own.

    The question is asked in a thread, because a hung server neither answers nor refuses: no driver has a deadline for that.
    A thread that is left behind ends by the limits on its connection.
    """
    answered = threading.Event()
    done = threading.Event()

    def ask() -> None:
        connection = connections.create_connection("default")
        if connection.vendor == "postgresql":
            limits = {"connect_timeout": 2, "tcp_user_timeout": 2000, "options": "-c statement_timeout=2000"}
            given = connection.settings_dict
            connection.settings_dict = {**given, "OPTIONS": {**given["OPTIONS"], **limits}}
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM django_migrations")
                cursor.fetchone()
            answered.set()
        except Exception:
            # Whatever it is, the answer is no; the reason is for the log.
            log.exception("the database does not answer")
        finally:
            connection.close()
            done.set()

    threading.Thread(target=ask, daemon=True, name="readiness").start()
    done.wait(seconds)
    return answered.is_set()
