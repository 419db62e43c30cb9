"""Addresses that take no mail: the desk learns of it and can telephone, the user sees it in their area."""

from portal.accounts.models import User
from portal.core.domain.audit import record
from portal.members.domain.partners import coordinators_of
from portal.members.models import Organisation
from portal.notifications.domain.telling import tell
from portal.notifications.enums import MailState
from portal.notifications.models import Mail

REFUSED = "notifications.refused"


def tell_desk(mail: Mail) -> None:
    """Tells the coordinators that `mail` did not arrive. Not of mails that say so themselves, and not of account mails:
    whoever types a wrong address when signing up is nobody's yet."""
    notification = mail.notification
    if notification is None or notification.kind == REFUSED:
        return
    desk = notification.reply_to or Organisation.objects.filter(is_lead=True).first()
    if desk is None:
        return
    entry = record("mail.refused", f"user:{notification.receiver_id}", to_state=mail.state)
    receivers = [user for user in coordinators_of(desk) if user.pk != notification.receiver_id]
    tell(entry, REFUSED, receivers, name=notification.receiver.name, address=mail.to, answer=mail.error)


def refused_address(user: User) -> str:
    """The address of `user` if the newest mail to it was refused or given up; else empty. One query."""
    done = [MailState.SENT, MailState.REFUSED, MailState.GIVEN_UP]
    newest = Mail.objects.filter(to=user.email, state__in=done).order_by("-created_at", "-pk").first()
    return newest.to if newest and newest.state != MailState.SENT else ""
