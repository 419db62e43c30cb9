from typing import Any

from django.apps import AppConfig
from django.db.models import Model
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published, page_unpublished


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = _("Foundation")

    def ready(self) -> None:
        """Listens to Wagtail, for pages go on and off line by its editor, workflows, schedules and API alike, and only
        its signals see all of them. What follows from it is decided in domain/translations.py."""
        from portal.core import checks  # noqa: F401 - importing registers them

        page_published.connect(after_publishing, dispatch_uid="core.translations")
        page_unpublished.connect(after_unpublishing, dispatch_uid="core.translations")
        pre_delete.connect(before_deleting, dispatch_uid="core.translations")


def after_publishing(instance: Model, **kwargs: Any) -> None:
    from portal.core.domain.translations import follow_source
    from portal.core.models import BasePage

    if isinstance(instance, BasePage):
        follow_source(instance)


def after_unpublishing(instance: Model, **kwargs: Any) -> None:
    from portal.core.domain.translations import take_off_line_with
    from portal.core.models import BasePage

    if isinstance(instance, BasePage):
        take_off_line_with(instance)


def before_deleting(instance: Model, **kwargs: Any) -> None:
    # before, for wagtail-localize forgets afterwards what was translated from what
    after_unpublishing(instance)
