"""The inbox of a user, and the outbox of the demo."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import User
from portal.notifications.domain.inbox import inbox as inbox_of
from portal.notifications.domain.inbox import items, mark_read, unread
from portal.notifications.domain.texts import link_of
from portal.notifications.models import Mail, Notification

SHOWN = 50


@never_cache
@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What the portal has told the user."""
    user = cast(User, request.user)
    page = inbox_of(user, request.GET.get("page", 1))
    context = {
        "page_obj": page,
        "items": items(page.object_list, get_language() or user.language),
        "unread": unread(user),
    }
    return render(request, "notifications/inbox.html", context)


@login_required
@require_POST
def open_notification(request: HttpRequest, key: UUID) -> HttpResponse:
    """Marks a notification as read and goes where it leads; somebody else's answers 404."""
    user = cast(User, request.user)
    notification = get_object_or_404(Notification, key=key, receiver=user)
    mark_read(user, key)
    return redirect(link_of(notification, get_language() or user.language))


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Marks all as read."""
    mark_read(cast(User, request.user))
    return redirect("notifications:inbox")


def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails in the outbox, with links that can be clicked: only on one's own machine."""
    return render(request, "notifications/mails.html", {"mails": Mail.objects.all()[:SHOWN]})
