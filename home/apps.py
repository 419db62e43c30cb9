from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from django.db.models import Q

        from portal.core.domain.sections import read_along

        read_along["in_footer"] = Q(standardpage__in_footer=True)
        from home import checks, documents  # noqa: F401 - importing registers them
