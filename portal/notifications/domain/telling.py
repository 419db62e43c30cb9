"""Telling users what happened: rows in the caller's transaction, mails by the worker."""

from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any

from django.conf import settings

from portal.accounts.models import User
from portal.core.models import AuditEntry
from portal.members.models import Organisation
from portal.notifications.models import Mail, Notification
from portal.notifications.registry import kinds


def tell(
    event: AuditEntry,
    kind: str,
    receivers: Iterable[User],
    *,
    reply_to: Organisation | None = None,
    **params: Any,
) -> list[Notification]:
    """Tells each of `receivers` of `event` with the text `kind`; whoever has been told of it is not told again.

    Replies to the mails go to the desk of `reply_to`. Raises LookupError for a kind that nobody has registered.
    """
    if kind not in kinds:
        raise LookupError(f"no app has registered notifications of kind {kind}")
    told = set(Notification.objects.filter(event=event).values_list("receiver", flat=True))
    rows = Notification.objects.bulk_create(
        Notification(event=event, receiver=user, kind=kind, reply_to=reply_to, params=params)
        for user in {user.pk: user for user in receivers}.values()
        if user.pk not in told
    )
    Mail.objects.bulk_create(
        Mail(notification=row, to=row.receiver.email, message_id=message_id(row)) for row in rows
    )
    return rows


def message_id(notification: Notification) -> str:
    """The Message-ID of the mail about a notification: the same for the same event and receiver, whenever it is made."""
    return f"<{notification.event.key}.{notification.receiver_id}@{host()}>"


def host() -> str:
    """The domain that the portal's mails come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
