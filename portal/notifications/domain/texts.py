"""The words of a notification, in any language."""

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
        context: dict[str, Any] = {
            **notification.params,
            **kind.context(notification),
            "receiver": notification.receiver,
            "link": link,
        }
        subject, body = (render_to_string(template, context).strip() for template in kind.templates)
    return Text(" ".join(subject.split()), body, link)


def link_of(notification: Notification, language: str) -> str:
    """The path of the page that `notification` leads to."""
    with override(language):
        return kinds[notification.kind].link(notification)
