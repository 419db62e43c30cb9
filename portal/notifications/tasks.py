"""What the worker does for notifications."""

from portal.core.worker import task
from portal.notifications.domain.outbox import deliver, forget


@task(every=2)
def deliver_mails() -> bool:
    """Sends the mails that are due."""
    return deliver()


@task(every=3600)
def forget_words() -> None:
    """Empties mails that were sent long ago."""
    forget()
