from typing import Any

from allauth.account.signals import user_signed_up
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models import Model
from django.db.models.signals import post_delete
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_unpublished


class MentoringConfig(AppConfig):
    name = "mentoring"
    verbose_name = _("Mentoring")

    def ready(self) -> None:
        """Matching and search find people through this app, which stands above them; the worker learns of it."""
        from matching.domain import candidates
        from mentoring import documents, tasks  # noqa: F401 - register themselves
        from mentoring.domain import availability, requests
        from mentoring.domain.notifications import kinds
        from mentoring.domain.profiles import Profiles
        from portal.members import registry
        from portal.notifications.registry import register

        candidates.register(Profiles())
        registry.when_vouched_for(requests.go_on_with)
        registry.write_facts_through(availability.change)
        register(*kinds())

        # Plumbing: nothing else sees every way to sign in (password, passkey, link of a mail). At the sign-up already, because
        # the mail may be opened in another browser, whose session knows no drafts.
        for signed_in in (user_signed_up, user_logged_in):
            signed_in.connect(take_drafts_along, dispatch_uid="mentoring.drafts")

        # Wagtail's signals alone see every way in which a profile goes off line; post_delete, for before it the page counts
        page_unpublished.connect(profile_is_gone, dispatch_uid="mentoring.invitations")
        post_delete.connect(profile_is_gone, dispatch_uid="mentoring.invitations")


def profile_is_gone(instance: Model, **kwargs: Any) -> None:
    """Whoever no longer has a profile can no longer be asked: open invitations are passed on."""
    from mentoring.domain.availability import change
    from mentoring.models import MentorPage

    if isinstance(instance, MentorPage):
        change(instance.person, None, lambda: None)


def take_drafts_along(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """What a browser began without signing in becomes the user's own."""
    from mentoring.domain.asking import SESSION
    from mentoring.domain.requests import claim

    for key in request.session.pop(SESSION, []) if request is not None else ():
        claim(key, user)
