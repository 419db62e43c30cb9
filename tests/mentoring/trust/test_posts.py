"""Whoever clicks fifty times has one request, by way of the pages as well."""

from collections import Counter

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from mentoring.enums import RequestState
from mentoring.forms.asking import new_token
from mentoring.models import MentoringRequest
from portal.notifications.models import Notification
from tests.factories.people import MembershipFactory, known_topics
from tests.mentoring.trust.crowd import crowd
from tests.mentoring.trust.jobs import DONE

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def fifty_last_steps(asked):
    """A draft, and the last page of its form, sent fifty times."""
    many = crowd([[asked(places=3)]])
    draft, asker, company = many.drafts[0], many.members[0], many.companies[0]
    draft.topics.set(known_topics(["nis2-directive"]))
    # as after a first attempt that was refused: what sending writes first stands there already
    MentoringRequest.objects.update(languages=["de"], company=company, contact_name=asker.name)
    with translation.override("de"):
        path = reverse("mentoring:draft", kwargs={"key": draft.key, "step": "send"})
    return draft, [("post", (path, asker.pk, {"company": str(company.pk)}))] * 50


def test_fifty_clicks_on_send_are_one_request_and_all_lead_to_it(race, asked, coordinator):
    draft, clicks = fifty_last_steps(asked)
    assert Counter(race(clicks)) == {DONE: 50}
    draft.refresh_from_db()
    assert draft.state == RequestState.OFFERED
    assert draft.invitations.count() == 1
    assert Counter(Notification.objects.values_list("kind", flat=True)) == {
        "mentoring.offered_asker": 1,
        "mentoring.offered_mentor": 1,
    }


def test_without_locks_indices_and_the_first_write_they_are_more(
    race, asked, coordinator, without_constraints
):
    for _attempt in range(15):
        draft, clicks = fifty_last_steps(asked)
        race(clicks, without="first write")
        if draft.invitations.count() > 1:
            return
    pytest.fail("the race can not fail")


def fifty_first_steps():
    """The same first page of the form, sent fifty times."""
    with translation.override("de"):
        path = reverse("mentoring:begin")
    data = {"token": new_token(), "problem": "Unsere Fräsmaschinen stehen oft.", "action": "next"}
    return [("post", (path, MembershipFactory().user.pk, data))] * 50


def test_fifty_clicks_on_the_first_page_are_one_draft(race, coordinator):
    assert Counter(race(fifty_first_steps())) == {DONE: 50}
    assert MentoringRequest.objects.count() == 1


def test_without_the_unique_key_they_are_more(race, coordinator):
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE mentoring_mentoringrequest DROP CONSTRAINT mentoring_mentoringrequest_key_key"
        )
    for _attempt in range(15):
        race(fifty_first_steps())
        if MentoringRequest.objects.values("key").distinct().count() < MentoringRequest.objects.count():
            return
    pytest.fail("the race can not fail")
