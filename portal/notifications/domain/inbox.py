"""What stands in a user's inbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Window
from django.utils import timezone

from portal.accounts.models import User
from portal.notifications.domain.texts import subjects_of
from portal.notifications.models import Notification

PER_PAGE = 20


@dataclass(frozen=True)
class Item:
    """A notification, and what it is about in the reader's language."""

    notification: Notification
    subject: str


def inbox(user: User, number: Any = 1) -> Page:
    """A page of the user's notifications, the newest first."""
    rows = Notification.objects.filter(receiver=user).select_related("receiver")
    return Paginator(rows, PER_PAGE).get_page(number)


def newest(user: User, language: str, limit: int) -> tuple[list[Item], int]:
    """The newest notifications that the user has not read, and how many there are; one query."""
    rows = Notification.objects.filter(receiver=user, read_at=None).select_related("receiver")
    found = list(rows.annotate(unread=Window(Count("pk")))[:limit])
    return items(found, language), found[0].unread if found else 0


def items(rows: Iterable[Notification], language: str) -> list[Item]:
    """Notifications with what they are about, in `language`."""
    rows = list(rows)
    return [Item(row, subject) for row, subject in zip(rows, subjects_of(rows, language), strict=True)]


def unread(user: User) -> int:
    """How many notifications the user has not read."""
    return Notification.objects.filter(receiver=user, read_at=None).count()


def mark_read(user: User, key: Any = None) -> None:
    """The user has read the notification `key`, or all of them."""
    rows = Notification.objects.filter(receiver=user, read_at=None)
    (rows.filter(key=key) if key else rows).update(read_at=timezone.now())
