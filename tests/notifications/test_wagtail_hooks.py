"""The outbox in the admin: administrators see what became of each mail, and can send one again."""

import pytest
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.notifications.domain.outbox import deliver
from portal.notifications.enums import MailState
from portal.notifications.models import Mail
from tests.factories.people import CoordinatorFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/mails_sent/"


@pytest.fixture
def administrator(client, settings):
    settings.PORTAL_DEMO = True  # without the second factor, which has its own tests
    user = UserFactory(is_superuser=True, language="de")
    client.force_login(user)
    return user


@pytest.fixture
def refused(postbox, tell_somebody) -> Mail:
    notification = tell_somebody(email="gone@firma.example")
    postbox.answers["gone@firma.example"] = "550 no such user"
    deliver()
    return Mail.objects.get(notification=notification)


def test_the_list_tells_state_and_address_and_the_page_what_the_server_said(client, administrator, refused):
    page = client.get(LIST).content.decode()
    assert "gone@firma.example" in page
    assert "vom Server des Empfängers abgewiesen" in page
    assert "550 no such user" in client.get(f"{LIST}{refused.pk}/").content.decode()


def test_no_page_shows_the_words_of_a_mail_for_links_in_them_open_things(client, administrator):
    mail = Mail.objects.create(message_id="<1@x>", to="a@x.example", subject="Passwort", text="secret-link")
    for page in (LIST, f"{LIST}{mail.pk}/"):
        assert "secret-link" not in client.get(page).content.decode()


def test_a_refused_mail_goes_out_again_to_the_address_that_its_receiver_has_by_now(
    client, administrator, refused, postbox
):
    receiver = refused.notification.receiver
    receiver.email = "new@firma.example"
    receiver.save()
    client.post(f"{LIST}{refused.pk}/")
    deliver()
    refused.refresh_from_db()
    assert (refused.state, [letter["To"] for letter in postbox.letters]) == (
        MailState.SENT,
        ["new@firma.example"],
    )
    entry = AuditEntry.objects.get(action="mail.sent_again")
    assert (entry.actor, entry.from_state) == (administrator, MailState.REFUSED)


def test_a_mail_that_has_arrived_is_not_sent_again(client, administrator):
    mail = Mail.objects.create(
        message_id="<1@x>", to="a@x.example", text="Ein Text", state=MailState.SENT, sent_at=timezone.now()
    )
    client.post(f"{LIST}{mail.pk}/")
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_coordinators_do_not_see_the_mails_of_others(client, settings, refused):
    settings.PORTAL_DEMO = True
    client.force_login(CoordinatorFactory().user)
    for page in (LIST, f"{LIST}{refused.pk}/"):
        assert client.get(page).status_code == 302
    client.post(f"{LIST}{refused.pk}/")
    refused.refresh_from_db()
    assert refused.state == MailState.REFUSED
