"""A real mail server that keeps what it gets, and refuses whom it is told to."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from portal.core.domain.audit import record
from portal.notifications.domain.refusals import REFUSED
from portal.notifications.domain.telling import tell
from tests.factories.people import UserFactory


class Postbox:
    """What arrived; `answers` says what the server replies to an address instead of taking mails for it, `to_sender` and
    `to_words` what it replies to the portal's own address and to any mail."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.to_sender = self.to_words = "250 OK"
        self.port = self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's name
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(self, server, session, envelope, address, mail_options):  # noqa: N802 - aiosmtpd's name
        envelope.mail_from = address
        return self.to_sender

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - aiosmtpd's name
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.to_words == "250 OK":
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.to_words

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what arrived."""
        return [str(letter["Message-ID"]) for letter in self.letters]


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    box = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box.port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    settings.PORTAL_MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    yield box
    server.stop()


@pytest.fixture
def tell_somebody():
    """Tells a new user of a new event; returns the notification."""

    def tell_them(language: str = "de", **who):
        user = UserFactory(language=language, **who)
        entry = record("test.event", "test:1")
        [notification] = tell(entry, REFUSED, [user], name="Jens", address="jens@x.example", answer="550 no")
        return notification

    return tell_them
