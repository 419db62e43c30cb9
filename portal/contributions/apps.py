from typing import Any

from django.apps import AppConfig
from django.db.models import Model
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published, page_unpublished


class ContributionsConfig(AppConfig):
    name = "portal.contributions"
    label = "contributions"
    verbose_name = _("Contributions")

    def ready(self) -> None:
        """Listens to Wagtail's signals, for they alone see every way on and off line; see portal/core/apps.py."""
        page_published.connect(after_publishing, dispatch_uid="contributions.languages")
        page_unpublished.connect(after_unpublishing, dispatch_uid="contributions.languages")
        pre_delete.connect(after_unpublishing, dispatch_uid="contributions.languages")


def after_publishing(instance: Model, **kwargs: Any) -> None:
    from portal.contributions.domain.languages import show_in_every_language
    from portal.contributions.models import ContributedPage

    if isinstance(instance, ContributedPage):
        show_in_every_language(instance)


def after_unpublishing(instance: Model, **kwargs: Any) -> None:
    from portal.contributions.domain.languages import take_off_line_everywhere
    from portal.contributions.models import ContributedPage

    if isinstance(instance, ContributedPage):
        take_off_line_everywhere(instance)
