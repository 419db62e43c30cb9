"""The words of a notification, in any language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from portal.notifications.models import Notification
from portal.notifications.registry import kinds


@dataclass(frozen=True)
class Text:
    """What a notification says. `body` is plain text as `portal.accounts.domain.mails.compose` reads it."""

    subject: str
    body: str
    #: the address of the page that it leads to
    link: str


def text_of(notification: Notification, language: str, *, for_mail: bool = False) -> Text:
    """What `notification` says in `language`; `for_mail` with the link that a mail carries."""
    kind = kinds[notification.kind]
    with override(language):
        path = (kind.mail_link or kind.link)(notification) if for_mail else kind.link(notification)
        link = f"{settings.WAGTAILADMIN_BASE_URL}{path}"
        context = {**_context(notification), "link": link}
        subject, body = (render_to_string(template, context).strip() for template in kind.templates)
    return Text(_one_line(subject), body, link)


def subjects_of(notifications: Sequence[Notification], language: str) -> list[str]:
    """What each of `notifications` is about, in one line. Subjects need no more than the parameters, so nothing is read."""
    with override(language):
        return [
            _one_line(render_to_string(kinds[notification.kind].templates[0], _context(notification)))
            for notification in notifications
        ]


def _context(notification: Notification) -> dict[str, Any]:
    # Names were typed by somebody: an address on a line of its own would become a button of the portal's.
    params = {
        name: _one_line(value) if isinstance(value, str) else value
        for name, value in notification.params.items()
    }
    own = kinds[notification.kind].context(notification)
    return {**params, **own, "receiver": notification.receiver}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def link_of(notification: Notification, language: str) -> str:
    """The path of the page that `notification` leads to."""
    with override(language):
        return kinds[notification.kind].link(notification)
