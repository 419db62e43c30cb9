"""The newest messages, for my area."""

from typing import Any

from django import template
from django.utils.translation import get_language

from portal.accounts.models import User
from portal.notifications.domain import inbox
from portal.notifications.domain.refusals import refused_address as refused

register = template.Library()


@register.simple_tag
def unread_messages(user: User, limit: int = 3) -> dict[str, Any]:
    """{"items": the newest unread messages, "count": of all unread ones}; one query."""
    items, count = inbox.newest(user, get_language() or user.language, limit)
    return {"items": items, "count": count}


@register.simple_tag
def refused_address(user: User) -> str:
    """The user's address, if mails to it do not arrive; else empty."""
    return refused(user)
