"""What must never be is found, whatever constraint forbids it: each test plants it past all guards."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from mentoring.domain.invariants import INVARIANTS, violations
from mentoring.domain.invitations import accept
from mentoring.enums import InvitationState, RequestState
from mentoring.models import Mentoring, MentorPage
from portal.core.models import AuditEntry
from portal.notifications.models import Mail, Notification
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.pages import MentorPageFactory
from tests.factories.people import CompanyFactory, CoordinatorFactory, MembershipFactory

pytestmark = pytest.mark.django_db

INDEXES = [
    "place_given_once",
    "one_open_per_request",
    "one_open_per_company_and_mentor",
    "one_accepted_per_request",
]


def broken():
    return {invariant.name: len(found) for invariant, found in violations() if found}


@pytest.fixture
def unguarded():
    """No constraint keeps invitations apart until the test is over."""
    with connection.cursor() as cursor:
        for name in INDEXES:
            cursor.execute(f"DROP INDEX {name}")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            # what is checked at the end of a transaction is checked now, for a table with open checks cannot change
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE mentoring_invitation DROP CONSTRAINT open_invitation_holds_place")
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.fixture
def request_():
    """A request that waits for its mentor's answer."""
    CoordinatorFactory()
    return sent(mentor())


def plant(row, **values):
    """Writes past the gate."""
    type(row).objects.filter(pk=row.pk).update(**values)


def test_what_the_gate_leaves_breaks_nothing(request_):
    invitation = request_.invitations.get()
    accept(invitation, invitation.mentor.user)
    sent(mentor(places=0))
    sent()
    draft(MembershipFactory().user, mentor())
    assert broken() == {}


def test_more_companies_than_places(request_):
    plant(request_.invitations.get().mentor, places=0)
    assert broken() == {"places_are_not_oversold": 1}


def test_a_mentor_may_lower_the_number_below_the_mentorings_that_run(request_):
    invitation = request_.invitations.get()
    accept(invitation, invitation.mentor.user)
    plant(invitation.mentor, places=0)
    assert broken() == {}


def test_one_place_held_twice(request_, unguarded):
    petra = request_.invitations.get().mentor
    plant(sent(petra).invitations.get(), place=1)
    assert broken() == {"a_place_is_given_once": 1}


def test_an_open_invitation_without_a_place(request_, unguarded):
    plant(request_.invitations.get(), place=None)
    assert broken() == {"states_and_places_agree": 1}


def test_two_open_invitations_to_one_request(request_, unguarded):
    other = sent(mentor("Jens Weber")).invitations.get()
    plant(other, request=request_, company=request_.company)
    assert broken().keys() >= {"a_request_has_one_open_invitation", "an_offered_request_waits_for_a_mentor"}


def test_a_mentor_asked_twice_by_one_company(request_, unguarded):
    petra = request_.invitations.get().mentor
    plant(second := sent(petra), company=request_.company)
    plant(second.invitations.get(), company=request_.company)
    assert broken() == {"a_company_asks_a_mentor_once_at_a_time": 1}


def test_an_offered_request_that_nobody_was_asked_about(request_):
    plant(request_.invitations.get(), state=InvitationState.DECLINED, place=None)
    assert broken() == {"an_offered_request_waits_for_a_mentor": 1, "answers_are_in_the_log": 1}


def test_an_agreed_request_without_a_mentoring(request_):
    invitation = request_.invitations.get()
    accept(invitation, invitation.mentor.user)
    Mentoring.objects.all().delete()
    assert broken() == {"an_agreed_request_has_its_mentoring": 1}


def test_an_invitation_in_the_name_of_another_company(request_):
    plant(request_.invitations.get(), company=CompanyFactory())
    assert broken() == {"an_invitation_names_the_company_that_asks": 1}


@pytest.mark.parametrize(
    "why", ["unverified", "colleague", "excluded by the company", "excluded by the mentor"]
)
def test_a_mentor_is_asked_who_may_not_be(request_, why):
    petra = request_.invitations.get().mentor
    match why:
        case "unverified":
            plant(petra, verified_on=None)
        case "colleague":
            plant(petra, company=request_.company)
        case "excluded by the company":
            request_.excluded.add(petra)
        case "excluded by the mentor":
            petra.excluded_companies.add(request_.company)
    assert broken() == {"a_mentor_who_is_asked_may_be_asked": 1}


def test_a_request_that_waits_for_a_check_nobody_has_to_make():
    member = MembershipFactory(company=CompanyFactory(verified_on=None))
    sent(mentor(), company=member.company, asker=member.user)
    assert broken() == {}
    plant(member.company, verified_on=timezone.localdate())
    assert broken() == {"nothing_waits_for_nobody": 1}


def test_a_request_without_the_deadline_of_its_state(request_):
    plant(request_, deadline=None)
    assert broken() == {"deadlines_stand_where_the_table_says": 1}


def test_an_offered_request_with_another_deadline_than_its_mentor(request_):
    plant(request_, deadline=timezone.now())
    assert broken() == {"deadlines_stand_where_the_table_says": 1}


def test_a_state_that_no_step_led_to(request_):
    plant(sent(mentor(places=0)), state=RequestState.REJECTED, deadline=None)
    assert broken() == {"steps_follow_each_other": 1}


def test_a_step_that_begins_where_none_ended(request_):
    plant(AuditEntry.objects.get(action="request.submit"), from_state=RequestState.MATCHING)
    assert broken() == {"steps_follow_each_other": 1}


def test_a_step_without_an_entry(request_):
    entry = AuditEntry.objects.get(action="request.submit")
    Notification.objects.filter(event=entry).delete()
    entry.delete()
    assert broken() == {
        "steps_follow_each_other": 1,
        "answers_are_in_the_log": 1,
        "every_mentor_is_told_of_an_invitation": 1,
    }


def test_somebody_told_twice_of_one_event(request_):
    forget_constraints_of(Notification)
    told = Notification.objects.get(kind="mentoring.offered_mentor")
    Mail.objects.create(notification=again(told), to=told.receiver.email, message_id="<twice@example.org>")
    assert broken() == {"people_are_told_once": 1}


def again(row):
    """A second row like `row`, with another key."""
    row.pk, row.key = type(row).objects.order_by("-pk").first().pk + 1, uuid4()
    row.save(force_insert=True)
    return row


def forget_constraints_of(model):
    """Until the test is over, any two rows may be alike."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute(f"CREATE TABLE plain AS SELECT * FROM {table}")
            cursor.execute(f"DROP TABLE {table}")
            cursor.execute(f"ALTER TABLE plain RENAME TO {table}")
            cursor.execute(f"CREATE UNIQUE INDEX plain_id ON {table} (id)")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT told_once_per_event")


def test_a_notification_without_a_mail(request_):
    Mail.objects.filter(notification__kind="mentoring.offered_mentor").delete()
    assert broken() == {"what_is_told_is_mailed": 1}


def test_an_asker_who_was_not_told(request_):
    Notification.objects.filter(kind="mentoring.offered_asker").delete()
    assert broken() == {"whoever_asked_is_told": 1}


def test_a_mentor_who_was_not_told(request_):
    Notification.objects.filter(kind="mentoring.offered_mentor").delete()
    assert broken() == {"every_mentor_is_told_of_an_invitation": 1}


def test_two_profiles_of_one_kind_in_one_language(request_):
    page = MentorPage.objects.get()
    MentorPageFactory(person=page.person, slug="again")
    assert broken() == {"a_person_has_one_page_per_language": 1}


def test_every_invariant_has_its_rule_in_words():
    assert [invariant.name for invariant in INVARIANTS if not invariant.rule.endswith(".")] == []


def test_the_command_names_what_is_broken_and_ends_with_1(request_):
    out = StringIO()
    call_command("check_invariants", stdout=out)
    assert "BROKEN" not in out.getvalue()
    plant(request_, deadline=None)
    with pytest.raises(CommandError, match="1 invariants are broken") as error:
        call_command("check_invariants", stdout=out)
    assert error.value.returncode == 1
    assert f"mentoring.MentoringRequest {request_.pk}" in out.getvalue()
