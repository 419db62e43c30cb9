"""What the worker does for mentoring."""

from mentoring.domain.round_work import propose_all, send_all
from portal.core.worker import task


@task(every=2)
def compute_rounds() -> None:
    """Proposes pairs for the rounds that coordinators want computed."""
    propose_all()


@task(every=2)
def send_rounds() -> None:
    """Sends the invitations of confirmed rounds."""
    send_all()
