"""Telling users what happened: rows in the caller's transaction, mails by the worker."""

from collections.abc import Iterable
from typing import Any

from portal.accounts.models import User
from portal.core.models import AuditEntry
from portal.members.models import Organisation
from portal.notifications.models import Notification


def tell(
    event: AuditEntry,
    kind: str,
    receivers: Iterable[User],
    *,
    reply_to: Organisation | None = None,
    **params: Any,
) -> list[Notification]:
    """Tells each of `receivers` of `event` with the text `kind`; whoever has been told of it is not told again."""
    rows = [
        Notification(event=event, receiver=user, kind=kind, reply_to=reply_to, params=params)
        for user in receivers
    ]
    return Notification.objects.bulk_create(rows, ignore_conflicts=True)
