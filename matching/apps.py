from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("Companies and matching")

    def ready(self) -> None:
        from matching import documents  # noqa: F401 - registers itself
