"""What people agree to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConsentKind(TextChoices):
    """Texts whose acceptance is kept as a row."""

    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy policy")
