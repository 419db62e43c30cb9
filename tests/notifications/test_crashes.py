"""Kill -9 of the worker at every named place: no mail is lost, one extra copy at most, always under the same Message-ID."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from portal.notifications.enums import MailState
from portal.notifications.models import Mail
from tests.databases import databases

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

ROOT = Path(__file__).resolve().parents[2]
#: a worker that has nothing to do but the mails
WORKER = ["manage.py", "worker", "--once", "portal.notifications.tasks.deliver_mails", "--verbosity", "0"]
MARK_THEN_SEND = """
import django; django.setup()
from portal.notifications.domain import outbox
real = outbox._send
def sabotage(mail, transport):
    outbox._mark(mail)
    outbox.failpoint("marked too early")
    real(mail, transport)
outbox._send = sabotage
outbox.deliver()
"""


def worker(postbox, failpoint: str = "", code: str = "") -> int:
    """Runs a worker in a process of its own until it has nothing to do, or dies at `failpoint`; its exit code."""
    command = ["-c", code] if code else WORKER
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": databases().url(connection.settings_dict["NAME"]),
        "PORTAL_MAIL_TRANSPORT": "django.core.mail.backends.smtp.EmailBackend",
        "PORTAL_MAIL_PORT": str(postbox.port),
        "PORTAL_FAILPOINT": failpoint,
    }
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=False).returncode


def after_the_lease() -> None:
    Mail.objects.exclude(state=MailState.SENT).update(due_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("failpoint", "copies"), [("claimed", 1), ("sent", 2), ("marked", 2), ("committed", 1)]
)
def test_a_killed_worker_loses_no_mail(postbox, tell_somebody, failpoint: str, copies: int):
    mail = tell_somebody().mail
    assert worker(postbox, failpoint) == -signal.SIGKILL
    after_the_lease()
    assert worker(postbox) == 0
    assert postbox.ids == [mail.message_id] * copies
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_marking_before_sending_would_lose_it(postbox, tell_somebody):
    tell_somebody()
    assert worker(postbox, "marked too early", MARK_THEN_SEND) == -signal.SIGKILL
    after_the_lease()
    worker(postbox)
    assert postbox.ids == []


def test_two_workers_at_once_send_each_mail_once(postbox, tell_somebody):
    for _ in range(30):
        tell_somebody()
    both = [
        subprocess.Popen(
            [sys.executable, *WORKER],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "portal.settings.test",
                "DATABASE_URL": databases().url(connection.settings_dict["NAME"]),
                "PORTAL_MAIL_TRANSPORT": "django.core.mail.backends.smtp.EmailBackend",
                "PORTAL_MAIL_PORT": str(postbox.port),
            },
        )
        for _ in range(2)
    ]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert sorted(postbox.ids) == sorted(Mail.objects.values_list("message_id", flat=True))
