"""Every mail that Django, allauth and Wagtail send waits in the outbox."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction

from portal.notifications.domain.outbox import deliver
from portal.notifications.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "portal.notifications.backends.Outbox"


def test_nothing_leaves_before_the_worker_comes(postbox):
    EmailMessage("Guten Tag", "Ein Text", to=["a@x.example"]).send()
    assert postbox.letters == []
    deliver()
    assert [letter["To"] for letter in postbox.letters] == ["a@x.example"]


def test_each_receiver_gets_a_mail_of_their_own_and_sees_no_other(postbox):
    EmailMessage(
        "Guten Tag", "Ein Text", to=["Anna <a@x.example>"], bcc=["b@x.example"], reply_to=["c@x.example"]
    ).send()
    deliver()
    assert sorted((letter["To"], letter["Reply-To"]) for letter in postbox.letters) == [
        ("a@x.example", "c@x.example"),
        ("b@x.example", "c@x.example"),
    ]
    assert len(set(postbox.ids)) == 2


def test_text_and_html_arrive_as_they_were_written(postbox):
    mail = EmailMultiAlternatives("Žádost", "Dobrý den – text", to=["a@x.example"])
    mail.attach_alternative("<p>Dobrý den – HTML</p>", "text/html")
    mail.send()
    deliver()
    [letter] = postbox.letters
    assert letter["Subject"] == "Žádost"
    assert letter.get_body(("plain",)).get_content().strip() == "Dobrý den – text"
    assert letter.get_body(("html",)).get_content().strip() == "<p>Dobrý den – HTML</p>"


def test_a_step_that_fails_sends_no_mail():
    with transaction.atomic():
        EmailMessage("Guten Tag", "Ein Text", to=["a@x.example"]).send()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_an_attachment_is_refused_rather_than_dropped():
    mail = EmailMessage("Guten Tag", "Ein Text", to=["a@x.example"])
    mail.attach("offer.pdf", b"%PDF", "application/pdf")
    with pytest.raises(ValueError, match="no attachments"):
        mail.send()
