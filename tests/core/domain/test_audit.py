"""The log of decisions keeps who did what, and when."""

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.core.domain.audit import record
from portal.core.models import AuditEntry
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_led_what_from_where_to_where():
    user = UserFactory()
    record("request.submit", "request:1", user, "draft", "offered", invited="2")
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.subject) == (user, "request.submit", "request:1")
    assert (entry.from_state, entry.to_state, entry.details) == ("draft", "offered", {"invited": "2"})


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_what_nobody_did_the_portal_did(nobody):
    assert record("request.expire", "request:1", nobody).actor is None


def test_an_entry_outlives_who_made_it():
    user = UserFactory()
    record("request.submit", "request:1", user)
    user.delete()
    assert AuditEntry.objects.get().actor is None
