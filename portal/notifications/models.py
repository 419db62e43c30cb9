"""What a user is told: one row per event and receiver, and the mail about it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models import AuditEntry
from portal.members.models import Organisation
from portal.notifications.enums import MailState


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


class Mail(models.Model):
    """A mail on its way out. The worker sends it, again and again if need be, always under the same Message-ID."""

    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    to = models.EmailField(_("to"), max_length=254)
    #: what it is about; None for mails of the account and of the editorial workflow, whose words come with them
    notification = models.OneToOneField(
        Notification, null=True, blank=True, on_delete=models.CASCADE, related_name="mail"
    )
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    #: when it is tried (again); while it is being sent: when whoever sends it is taken for dead
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    created_at = models.DateTimeField(_("written on"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    error = models.TextField(_("answer of the server"), blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=[MailState.QUEUED, MailState.SENDING]),
                name="mail_due",
            ),
            models.Index(fields=["to", "-created_at"], name="mail_to"),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject or self.message_id}"
