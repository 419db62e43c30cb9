from typing import Any

from django.apps import AppConfig
from django.db.models import Model
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_unpublished


class MentoringConfig(AppConfig):
    name = "mentoring"
    verbose_name = _("Mentoring")

    def ready(self) -> None:
        """Matching and search find people through this app, which stands above them."""
        from matching.domain import candidates
        from mentoring import documents  # noqa: F401 - registers itself
        from mentoring.domain import availability, requests
        from mentoring.domain.notifications import kinds
        from mentoring.domain.profiles import Profiles
        from portal.members import registry
        from portal.notifications.registry import register

        candidates.register(Profiles())
        registry.when_vouched_for(requests.go_on_with)
        registry.write_facts_through(availability.change)
        register(*kinds())

        # Wagtail's signals alone see every way in which a profile goes off line; post_delete, for before it the page counts
        page_unpublished.connect(profile_is_gone, dispatch_uid="mentoring.invitations")
        post_delete.connect(profile_is_gone, dispatch_uid="mentoring.invitations")


def profile_is_gone(instance: Model, **kwargs: Any) -> None:
    """Whoever no longer has a profile can no longer be asked: open invitations are passed on."""
    from mentoring.domain.availability import change
    from mentoring.models import MentorPage

    if isinstance(instance, MentorPage):
        change(instance.person, None, lambda: None)
