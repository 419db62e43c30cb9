"""The way of every mail that Django, allauth or Wagtail send: into the outbox, so that no request waits for a server."""

from collections.abc import Sequence
from email.message import Message
from email.utils import make_msgid, parseaddr

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from portal.notifications.domain.telling import host
from portal.notifications.models import Mail


class Outbox(BaseEmailBackend):
    """Keeps each mail as a row for each receiver, in the transaction of whoever sends it. The portal itself is the sender."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many rows were written. Raises ValueError for an attachment, for which there is no column."""
        rows = [row for message in email_messages for row in self._rows(message)]
        return len(Mail.objects.bulk_create(rows))

    def _rows(self, message: EmailMessage) -> list[Mail]:
        if any(not _is_emblem(part) for part in message.attachments):
            raise ValueError("the outbox keeps text and HTML, and no attachments")
        html = next(
            (
                str(part.content)
                for part in getattr(message, "alternatives", [])
                if part.mimetype == "text/html"
            ),
            "",
        )
        return [
            Mail(
                message_id=make_msgid(domain=host()),
                to=parseaddr(address)[1],
                subject=" ".join(str(message.subject).split())[:250],
                text=str(message.body),
                html=html,
                headers={**message.extra_headers, **self._replies(message)},
            )
            for address in message.recipients()
        ]

    def _replies(self, message: EmailMessage) -> dict[str, str]:
        return {"Reply-To": ", ".join(message.reply_to)} if message.reply_to else {}


def _is_emblem(part: object) -> bool:
    """Whether this is the picture that goes with the portal's HTML, which comes back when the mail goes out."""
    return isinstance(part, Message) and part["Content-ID"] == "<emblem>"
