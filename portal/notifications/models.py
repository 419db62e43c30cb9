"""What a user is told: one row per event and receiver, and the mail about it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models import AuditEntry
from portal.members.models import Organisation


class Notification(models.Model):
    """Something happened that a user should know of. It stands in the user's inbox and goes out as a mail."""

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        AuditEntry, on_delete=models.PROTECT, related_name="notifications", verbose_name=_("event")
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications", verbose_name=_("to")
    )
    #: which text, by its name in the registry
    kind = models.CharField(_("kind"), max_length=60)
    #: what the text needs to know, as it was when it happened
    params = models.JSONField(_("details"), default=dict, blank=True)
    #: whose desk gets the replies
    reply_to = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read on"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [models.UniqueConstraint(fields=["event", "receiver"], name="told_once_per_event")]

    def __str__(self) -> str:
        return f"{self.kind} – {self.receiver}"
