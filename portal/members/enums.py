"""Closed lists about people and companies."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class LanguageLevel(IntegerChoices):
    """How well a person knows a language; ordered, so that levels can be compared."""

    UNDERSTANDS = 1, _("understands")
    WORKS_IN = 2, _("works in it")


class MentoringFormat(TextChoices):
    """What a mentor offers."""

    OFFICE_HOUR = "office_hour", _("office hour (30 minutes)")
    SINGLE_SESSION = "single_session", _("single session")
    MONTHS = "months", _("3 to 6 months")
    TANDEM = "tandem", _("tandem")
