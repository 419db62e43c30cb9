"""What happens to companies, people and memberships is written down and passed on, in the caller's transaction."""

from typing import Any

from portal.accounts.models import User
from portal.core.domain.audit import record
from portal.core.models import AuditEntry
from portal.members.enums import MemberEvent
from portal.members.models import Company, Membership, Person
from portal.members.registry import tell_followers


def happened(event: MemberEvent, row: Company | Membership | Person, by: User) -> AuditEntry:
    """Writes down that `by` did `event` with `row`, and lets the apps above know."""
    keys: dict[str, Any] = (
        {"company": row.company_id, "user": row.user_id} if isinstance(row, Membership) else {}
    )
    entry = record(str(event), f"{row._meta.model_name}:{row.pk}", by, **keys)
    tell_followers(entry, row)
    return entry
