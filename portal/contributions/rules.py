"""Who may release what a member has written."""

from typing import Any

from portal.members.models import Coordinator


def looks_after(user: Any, page: Any) -> bool:
    """Whether the user's partner looks after `page`. Who is not a coordinator is bound by page permissions alone, and a
    page that nobody contributed has no partner."""
    partner = getattr(page, "home_partner", None)
    if partner is None or user.is_superuser:
        return True
    own = Coordinator.objects.filter(user=user).values_list("organisation_id", flat=True).first()
    return own is None or own == partner.pk
