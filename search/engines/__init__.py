"""Where the index lives. `engine()` is the one that the settings name; nothing outside this package knows which."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.module_loading import import_string

from search.engines.base import Engine

#: {name of an engine: {database that it works with: class}}
ENGINES = {
    "sqlite": {"sqlite": "search.engines.sqlite.SqliteEngine"},
    "postgresql": {"postgresql": "search.engines.postgresql.PostgresqlEngine"},
    "elasticsearch": {
        "sqlite": "search.engines.elasticsearch.OverSqlite",
        "postgresql": "search.engines.elasticsearch.OverPostgresql",
    },
}


def engine() -> Engine:
    """The engine of PORTAL_SEARCH_ENGINE; "auto" is the one inside the portal's own database.

    Raises ImproperlyConfigured for a name that is none of ENGINES, or one that needs another database.
    """
    name = settings.PORTAL_SEARCH_ENGINE
    if name == "auto":
        name = connection.vendor
    if name not in ENGINES:
        raise ImproperlyConfigured(f"PORTAL_SEARCH_ENGINE is {name!r}; there are auto, {', '.join(ENGINES)}.")
    if connection.vendor not in ENGINES[name]:
        raise ImproperlyConfigured(
            f"PORTAL_SEARCH_ENGINE is {name!r}, but the database is {connection.vendor}."
        )
    return import_string(ENGINES[name][connection.vendor])()
