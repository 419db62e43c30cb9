from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


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
