from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Stands below the apps that register mappers, so that all of them are known here."""
        from search import checks, tasks  # noqa: F401 - register themselves
        from search.domain import listening

        listening.connect()
        post_migrate.connect(_ensure_index, sender=self)


def _ensure_index(using: str, **kwargs: Any) -> None:
    from search import schema

    schema.ensure(connections[using])
