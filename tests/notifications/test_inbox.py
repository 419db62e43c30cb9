"""The inbox: what the portal has told a user, in the language they read in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.domain.audit import record
from portal.notifications.domain.refusals import REFUSED
from portal.notifications.domain.telling import tell
from portal.notifications.models import Notification

pytestmark = pytest.mark.django_db

INBOX = {"de": "/de/nachrichten/", "cs": "/cs/zpravy/"}


def tell_more(user, count: int) -> None:
    for number in range(count):
        tell(record("test.event", f"test:{number}"), REFUSED, [user], name="Jens", address="", answer="")


@pytest.mark.parametrize(
    ("language", "subject"), [("de", "Mails kommen nicht an: Jens"), ("cs", "E-maily nedocházejí: Jens")]
)
def test_a_message_reads_in_the_language_of_the_page(client, tell_somebody, language, subject):
    notification = tell_somebody("de")
    client.force_login(notification.receiver)
    assert subject in client.get(INBOX[language]).content.decode()


def test_signed_out_one_is_asked_to_sign_in(client):
    response = client.get(INBOX["de"])
    assert (response.status_code, response.url) == (302, "/de/konto/login/?next=/de/nachrichten/")


def test_opening_a_message_marks_it_as_read_and_leads_on(client, tell_somebody):
    notification = tell_somebody()
    client.force_login(notification.receiver)
    response = client.post(f"/de/nachrichten/{notification.key}/")
    assert response.url == INBOX["de"]
    notification.refresh_from_db()
    assert notification.read_at is not None


def test_looking_at_the_inbox_marks_nothing_as_read(client, tell_somebody):
    notification = tell_somebody()
    client.force_login(notification.receiver)
    client.get(INBOX["de"])
    assert client.get(f"/de/nachrichten/{notification.key}/").status_code == 405
    notification.refresh_from_db()
    assert notification.read_at is None


def test_somebody_elses_message_is_not_there(client, tell_somebody):
    mine, theirs = tell_somebody(), tell_somebody(name="Jens")
    client.force_login(mine.receiver)
    assert client.post(f"/de/nachrichten/{theirs.key}/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_all_can_be_marked_as_read_at_once_but_only_ones_own(client, tell_somebody):
    mine, theirs = tell_somebody(), tell_somebody()
    tell_more(mine.receiver, 2)
    client.force_login(mine.receiver)
    client.post("/de/nachrichten/gelesen/")
    assert list(Notification.objects.filter(read_at=None)) == [theirs]


def test_a_full_inbox_costs_as_many_queries_as_one_message(client, tell_somebody):
    notification = tell_somebody()
    client.force_login(notification.receiver)
    client.get(INBOX["de"])
    costs = []
    for more in (0, 299):
        tell_more(notification.receiver, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(INBOX["de"])
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 15
