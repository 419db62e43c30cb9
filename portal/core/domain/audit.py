"""The log of decisions."""

from typing import Any

from portal.core.models import AuditEntry


def record(
    action: str,
    subject: str,
    by: Any = None,
    from_state: str = "",
    to_state: str = "",
    **details: Any,
) -> AuditEntry:
    """Writes one entry, in the caller's transaction. `by` is a user; None, or nobody signed in, is the portal itself."""
    actor = by if by is not None and by.is_authenticated else None
    return AuditEntry.objects.create(
        action=action, subject=subject, actor=actor, from_state=from_state, to_state=to_state, details=details
    )
