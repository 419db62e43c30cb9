"""The mails that the portal wrote to files: only on one's own machine, where they go nowhere else."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: how Django's file backend parts the mails of one connection
SEPARATOR = b"\n" + b"-" * 79 + b"\n"
SHOWN = 50


@dataclass(frozen=True)
class Mail:
    """A mail as it was written to disk."""

    subject: str
    to: str
    sent_at: datetime
    text: str


def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails, with links that can be clicked."""
    files = sorted(
        Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True
    )
    written = [mail for file in files[:SHOWN] for mail in _read(file)]
    newest_first = sorted(written, key=lambda mail: mail.sent_at, reverse=True)
    return render(request, "accounts/mails.html", {"mails": newest_first})


def _read(file: Path) -> list[Mail]:
    parts = file.read_bytes().split(SEPARATOR)
    return [_parse(part) for part in parts if part.strip()]


def _parse(source: bytes) -> Mail:
    message = message_from_bytes(source, policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    return Mail(
        subject=message["Subject"],
        to=message["To"],
        sent_at=parsedate_to_datetime(message["Date"]),
        text=body.get_content() if body else "",
    )
