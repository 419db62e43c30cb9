"""Who may change users."""

from typing import Any

from django.core.exceptions import PermissionDenied

#: Whoever may change users or groups can give himself every right: that is the administrator alone.
RESERVED = frozenset(
    f"{app}.{action}_{model}"
    for app, model in (("accounts", "user"), ("auth", "group"), ("auth", "permission"))
    for action in ("view", "add", "change", "delete")
)


class OnlyAdministrators:
    """Stands before the backends that read permissions, and refuses what no group can be given.

    A group that was granted one of them by mistake gains nothing. Superusers are not asked.
    """

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Signs nobody in."""

    def has_perm(self, user: Any, permission: str, obj: Any = None) -> bool:
        """Grants nothing; raises PermissionDenied, which ends the question, for what is reserved."""
        if permission in RESERVED:
            raise PermissionDenied
        return False
