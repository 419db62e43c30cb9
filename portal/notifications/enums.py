"""Closed lists of notifications and mails."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class MailState(TextChoices):
    """Where a mail stands."""

    QUEUED = "queued", pgettext_lazy("mail", "waiting")
    SENDING = "sending", pgettext_lazy("mail", "being sent")
    SENT = "sent", pgettext_lazy("mail", "sent")
    REFUSED = "refused", pgettext_lazy("mail", "refused by the receiver's server")
    GIVEN_UP = "given_up", pgettext_lazy("mail", "given up after many attempts")
