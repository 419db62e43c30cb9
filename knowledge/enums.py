"""Closed lists of the knowledge base."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """How much a guide expects of its reader."""

    BEGINNER = "beginner", pgettext_lazy("level", "First steps")
    INTERMEDIATE = "intermediate", pgettext_lazy("level", "Some experience")
    ADVANCED = "advanced", pgettext_lazy("level", "In depth")


class EventKind(TextChoices):
    WORKSHOP = "workshop", _("Workshop")
    TRAINING = "training", _("Training")
    NETWORK_MEETING = "network_meeting", _("Network meeting")
