"""What must hold of the search before the portal serves anybody; Django asks at every start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import connection

from search.engines import ENGINES


@register
def the_engine_is_there_and_complete(**_asked: Any) -> list[CheckMessage]:
    """Nobody is asked: an engine that is away must not keep the portal from starting."""
    name = settings.PORTAL_SEARCH_ENGINE
    if name != "auto" and name not in ENGINES:
        hint = f"There are auto, {', '.join(ENGINES)}."
        return [Error(f"PORTAL_SEARCH_ENGINE is {name}.", hint=hint, id="search.E001")]
    if name != "auto" and connection.vendor not in ENGINES[name]:
        hint = f"The database is {connection.vendor}."
        return [Error(f"PORTAL_SEARCH_ENGINE is {name}.", hint=hint, id="search.E002")]
    if name == "elasticsearch" and not settings.PORTAL_ELASTICSEARCH["URL"]:
        hint = "https://user:password@host:9200, or with PORTAL_ELASTICSEARCH_API_KEY."
        return [Error("PORTAL_ELASTICSEARCH_URL is missing.", hint=hint, id="search.E003")]
    return []
