"""Who may release what a member has written."""

from typing import Any

from portal.members.rules import partner_of


def looks_after(user: Any, page: Any) -> bool:
    """Whether the user's partner looks after `page`. Who works for no partner is bound by page permissions alone, and a
    page that nobody contributed has no partner."""
    partner = getattr(page, "home_partner", None)
    if partner is None or user.is_superuser:
        return True
    return partner_of(user) in (None, partner.pk)
