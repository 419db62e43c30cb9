from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "portal.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """The worker and the checks learn of this app; one text is its own."""
        from django.urls import reverse

        from portal.members.registry import when_something_happens
        from portal.notifications import checks, tasks  # noqa: F401 - importing registers them
        from portal.notifications.domain import memberships
        from portal.notifications.domain.refusals import REFUSED
        from portal.notifications.registry import Kind, register

        register(Kind(REFUSED, link=lambda notification: reverse("notifications:inbox")))
        register(*memberships.kinds())
        when_something_happens(memberships.tell_of)
