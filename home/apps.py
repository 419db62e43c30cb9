from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from django.db.models import Q

        from home.models import StandardPage
        from portal.core.domain.sections import read_along

        # not by way of the page: the database would begin with all pages
        read_along["in_footer"] = Q(
            pk__in=StandardPage.objects.filter(in_footer=True).order_by().values("pk")
        )
        from home import checks, documents  # noqa: F401 - importing registers them
