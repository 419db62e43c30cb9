"""Mails on their way out: claimed, sent, marked, and never lost.

A mail is sent at least once. A worker that is killed after sending and before marking causes one extra copy, under the same
Message-ID, by which mail programs know it for the same. "Mark sent, then send" would lose it instead.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.domain.mails import PortalMail, compose, stored
from portal.accounts.models import User
from portal.core.domain.audit import record
from portal.core.failpoints import failpoint
from portal.notifications.domain.refusals import tell_desk
from portal.notifications.domain.texts import text_of
from portal.notifications.enums import MailState
from portal.notifications.models import Mail

logger = logging.getLogger(__name__)

#: how many mails go out before the other tasks of the worker have their turn
BATCH = 20
PENDING = [MailState.QUEUED, MailState.SENDING]
#: how long to wait after each failed attempt; after the last the mail is given up, some three days after the first
WAITS = [timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 1440, 2880)]

#: how long words are kept: links in them open things, and they tell of people
KEPT = timedelta(days=30)


def deliver() -> bool:
    """Sends what is due; whether there may be more."""
    with _transport() as transport:
        for _ in range(BATCH):
            mail = claim()
            if mail is None:
                return False
            failpoint("claimed")
            _send(mail, transport)
    return True


@transaction.atomic
def claim(now: datetime | None = None) -> Mail | None:
    """The mail that has been due for longest, marked as being sent, so that no other worker takes it.

    A mail that has been "being sent" for longer than the lease belongs to a worker that died: it is due again.
    """
    now = now or timezone.now()
    due = Mail.objects.filter(state__in=PENDING, due_at__lte=now).order_by("due_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    mail = due.select_related("notification__receiver", "notification__reply_to").first()
    if mail:
        mail.state, mail.attempts = MailState.SENDING, mail.attempts + 1
        mail.due_at = now + timedelta(seconds=settings.PORTAL_MAIL_LEASE)
        mail.save(update_fields=["state", "attempts", "due_at"])
    return mail


@contextmanager
def _transport() -> Iterator[BaseEmailBackend]:
    """What carries mails out of the portal: one connection for many, opened by the first."""
    transport = get_connection(settings.PORTAL_MAIL_TRANSPORT)
    try:
        yield transport
    finally:
        _hang_up(transport)


def _hang_up(transport: BaseEmailBackend) -> None:
    """Closes the connection; a server that does not say goodbye has taken its mails all the same."""
    with suppress(SMTPException, OSError):
        transport.close()


def _send(mail: Mail, transport: BaseEmailBackend) -> None:
    try:
        message = _message(mail)
        transport.open()
        transport.send_messages([message])
    except Exception as error:  # whatever one mail meets must not stop the others
        _hang_up(transport)
        _failed(mail, *_answer(error))
        if not isinstance(error, (SMTPException, OSError)):
            logger.exception("Mail %s cannot be written", mail.pk)
    else:
        failpoint("sent")
        _mark(mail)
        failpoint("committed")


def _answer(error: Exception) -> tuple[str, bool]:
    """What the server said, and whether it is its last word about this mail.

    Only 5xx to the address or the words is (RFC 5321, 4.2.1): 5xx to our password, our greeting or our sender speaks of the
    portal, and is put right by whoever runs it.
    """
    if isinstance(error, SMTPRecipientsRefused):
        [(code, words)] = error.recipients.values()
        return f"{code} {_text(words)}", 500 <= code < 600
    if isinstance(error, SMTPResponseException):
        code = error.smtp_code
        return f"{code} {_text(error.smtp_error)}", isinstance(error, SMTPDataError) and 500 <= code < 600
    return f"{type(error).__name__}: {error}", False


@transaction.atomic
def _mark(mail: Mail) -> None:
    mail.state, mail.sent_at, mail.error = MailState.SENT, timezone.now(), ""
    mail.save(update_fields=["state", "sent_at", "error", "subject", "text", "html"])
    failpoint("marked")


@transaction.atomic
def _failed(mail: Mail, answer: str, for_good: bool) -> None:
    """Keeps what the server said, and tries again later, unless it will not help."""
    mail.error = " ".join(answer.split())
    if for_good:
        mail.state = MailState.REFUSED
    elif mail.attempts > len(WAITS):
        mail.state = MailState.GIVEN_UP
    else:
        mail.state, mail.due_at = MailState.QUEUED, timezone.now() + WAITS[mail.attempts - 1]
    mail.save(update_fields=["state", "due_at", "error", "subject", "text", "html"])
    if mail.state in (MailState.REFUSED, MailState.GIVEN_UP):
        tell_desk(mail)


def _message(mail: Mail) -> PortalMail:
    """The mail as it goes out. One about a notification is written now, in the language of the receiver."""
    notification = mail.notification
    if notification is None:
        return stored(
            mail.subject, mail.text, mail.html, mail.to, {**mail.headers, "Message-ID": mail.message_id}
        )
    language = notification.receiver.language
    text = text_of(notification, language, for_mail=True)
    headers = {"Message-ID": mail.message_id}
    if notification.reply_to and notification.reply_to.email:
        headers["Reply-To"] = notification.reply_to.email
    with override(language):
        message = compose(
            subject=text.subject,
            body=text.body,
            name=notification.receiver.name,
            to=[mail.to],
            headers=headers,
        )
    mail.subject, mail.text = message.subject[:250], str(message.body)
    mail.html = str(message.alternatives[0][0])
    return message


def forget(now: datetime | None = None) -> int:
    """Empties the words of mails that were written KEPT ago and are done with; how many. What became of them stays."""
    old = Mail.objects.exclude(state__in=PENDING).filter(created_at__lt=(now or timezone.now()) - KEPT)
    return old.exclude(text="", html="").update(text="", html="", headers={})


def can_send_again(mail: Mail) -> bool:
    """Whether `mail` has failed for good and its words are still there, or can be written again."""
    return mail.state in (MailState.REFUSED, MailState.GIVEN_UP) and bool(mail.notification_id or mail.text)


@transaction.atomic
def send_again(mail: Mail, by: User) -> bool:
    """Queues a mail that has failed once more, to the address that its receiver has by now; whether it was queued."""
    if not can_send_again(mail):
        return False
    record("mail.sent_again", f"mail:{mail.pk}", by=by, from_state=mail.state, to_state=MailState.QUEUED)
    if mail.notification:
        mail.to = mail.notification.receiver.email
    mail.state, mail.attempts, mail.due_at = MailState.QUEUED, 0, timezone.now()
    mail.save(update_fields=["to", "state", "attempts", "due_at"])
    return True


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
