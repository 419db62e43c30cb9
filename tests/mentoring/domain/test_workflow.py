"""The tables of the workflow are whole, the gate keeps to them, and the documentation says what they say."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import override

from mentoring.domain.availability import change
from mentoring.domain.gate import TransitionNotAllowed, advance
from mentoring.domain.invariants import violations
from mentoring.domain.workflow import DEADLINES, INVITATION, REQUEST, TOLD
from mentoring.enums import (
    FINAL_REQUESTS,
    OPEN_INVITATIONS,
    OPEN_REQUESTS,
    Event,
    InvitationState,
    RequestState,
)
from mentoring.models import MentoringRequest
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.people import (
    CompanyFactory,
    CoordinatorFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)

#: as PRODUCT names them
STATES = {
    "draft", "screening", "needs_info", "offered", "matching", "waitlisted", "agreed",
    "rejected", "withdrawn", "expired", "referred",
}  # fmt: skip
INVITATION_STATES = {
    "pending", "seen", "accepted", "declined", "asked", "countered", "expired", "superseded", "withdrawn",
}  # fmt: skip
WIRED = [key for key, step in REQUEST.items() if step.is_wired]
#: states that a request can be brought into by what is wired
LIVE = (
    RequestState.DRAFT,
    RequestState.SCREENING,
    RequestState.OFFERED,
    RequestState.MATCHING,
    RequestState.AGREED,
    RequestState.REJECTED,
    RequestState.WITHDRAWN,
)
#: the steps of the wired table that begin in a state which only unwired steps lead to
WAITING_FOR_OTHERS = {
    (RequestState.NEEDS_INFO, Event.WITHDRAW),
    (RequestState.WAITLISTED, Event.WITHDRAW),
}


def test_the_tables_know_every_state_of_the_product():
    assert set(RequestState.values) == STATES
    assert set(InvitationState.values) == INVITATION_STATES


def test_every_state_can_be_reached():
    reached = {RequestState.DRAFT, *(to for step in REQUEST.values() for to in step.to)}
    assert reached == set(RequestState)
    assert {InvitationState.PENDING, *INVITATION.values()} == set(InvitationState)


def test_every_state_can_be_left_or_is_final():
    assert {state for state, _event in REQUEST} == set(RequestState) - {*FINAL_REQUESTS, RequestState.AGREED}
    assert {state for state, _event in INVITATION} == set(OPEN_INVITATIONS)


def test_every_state_that_waits_for_somebody_has_a_deadline():
    assert set(DEADLINES) == {RequestState.DRAFT, *OPEN_REQUESTS, RequestState.AGREED}


def test_every_state_that_a_wired_step_leads_to_tells_somebody():
    reached = {to for (_state, event), step in REQUEST.items() if step.is_wired for to in step.to}
    assert set(TOLD) == reached


def test_every_event_that_meets_an_open_invitation_says_what_becomes_of_it():
    events = {event for (state, event) in REQUEST if state == RequestState.OFFERED}
    assert {event for _state, event in INVITATION} == events | {Event.ANSWER}


def test_the_documentation_is_what_the_command_prints():
    out = StringIO()
    call_command("workflow", stdout=out)
    assert Path(settings.ROOT, "docs/mentoring-workflow.md").read_text() == out.getvalue()


# Each cell of the table, with each of those who could try.


class Cast:
    """A request in a state, and everybody who might act on it."""

    def __init__(self, state):
        self.coordinator = CoordinatorFactory().user
        self.petra, self.free = mentor(), mentor("Jens Weber")
        self.request = self._request(state)
        self.company = self.request.company
        self.people = {
            "asker": self.request.asker,
            "colleague": self._colleague(),
            "coordinator": self.coordinator,
            "coordinator of another partner": CoordinatorFactory(
                organisation=OrganisationFactory(slug="icuk", short_name="ICUK")
            ).user,
            "mentor": self.petra.user,
            "other mentor": self.free.user,
            "stranger": UserFactory(),
        }

    def _request(self, state):
        if state == RequestState.DRAFT:
            member = MembershipFactory()
            request = draft(member.user, self.petra)
            MentoringRequest.objects.filter(pk=request.pk).update(company=member.company)
            request.refresh_from_db()
            return request
        if state == RequestState.SCREENING:
            return sent()
        request = sent(self.petra) if state != RequestState.MATCHING else sent(mentor("Voll", places=0))
        ends = {
            RequestState.AGREED: (Event.ACCEPT, self.petra.user, {}),
            RequestState.WITHDRAWN: (Event.WITHDRAW, request.asker, {}),
        }
        if state == RequestState.REJECTED:
            return advance(sent().pk, Event.REJECT, self.coordinator, words="Bitte an die Kammer.")
        if state in ends:
            event, by, options = ends[state]
            return advance(request.pk, event, by, **options)
        return request

    def _colleague(self):
        return MembershipFactory(company=self.company).user if self.company else UserFactory()

    def attempt(self, event, who):
        named = self.free.pk if event in (Event.NAME, Event.PROPOSE) else None
        return advance(self.request.pk, event, self.people[who] if who else None, named=named)


ALLOWED = {
    "mentoring.submit_request": {"asker"},
    "mentoring.act_for_company": {"asker", "colleague", "coordinator"},
    "mentoring.coordinate_request": {"coordinator"},
    "mentoring.answer_invitation": {"mentor"},
}
PEOPLE = (
    "asker",
    "colleague",
    "coordinator",
    "coordinator of another partner",
    "mentor",
    "other mentor",
    "stranger",
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "event"), [key for key in WIRED if REQUEST[key].who and key not in WAITING_FOR_OTHERS]
)
def test_a_wired_step_is_made_by_whom_the_table_names_and_by_nobody_else(state, event):
    cast, step = Cast(state), REQUEST[state, event]
    allowed = ALLOWED[step.who]
    for who in PEOPLE:
        if who not in allowed:
            with pytest.raises(PermissionDenied) as refused:
                cast.attempt(event, who)
            assert is_a_sentence_in_both_languages(refused.value.args[0])
    cast.request.refresh_from_db()
    assert (cast.request.state, broken()) == (state, set())
    for who in allowed & {*PEOPLE}:
        with transaction.atomic():
            assert cast.attempt(event, who).state in step.to
            assert broken() == set()
            transaction.set_rollback(True)


def broken():
    """The names of the invariants that do not hold."""
    return {invariant.name for invariant, found in violations() if found}


@pytest.mark.django_db
def test_a_mentor_whose_facts_change_passes_the_request_on_by_the_portal_itself():
    cast = Cast(RequestState.OFFERED)
    assert cast.attempt(Event.SUPERSEDE, None).state == RequestState.MATCHING


@pytest.mark.django_db
@pytest.mark.parametrize("state", LIVE)
def test_whatever_else_somebody_tries_is_refused_with_a_sentence(state):
    cast = Cast(state)
    for event in Event:
        step = REQUEST.get((state, event))
        if step and step.is_wired:
            continue
        able = None if not step else next(iter(sorted(ALLOWED[step.who])), None) if step.who else None
        with pytest.raises(TransitionNotAllowed) as refused:
            cast.attempt(event, able)
        assert is_a_sentence_in_both_languages(refused.value.reason)
    cast.request.refresh_from_db()
    assert cast.request.state == state


@pytest.mark.django_db
def test_a_company_that_has_a_mentor_to_answer_cannot_ask_the_same_one_again():
    petra, member = mentor(), MembershipFactory()
    sent(petra, company=member.company, asker=member.user)
    second = sent(petra, company=member.company, asker=member.user)
    assert second.state == RequestState.MATCHING
    with pytest.raises(TransitionNotAllowed) as refused, override("en"):
        advance(second.pk, Event.NAME, member.user, named=petra.pk)
    with override("en"):
        assert str(refused.value.reason) == (
            "Has another request of your company to answer first: Petra Nováková"
        )


@pytest.mark.django_db
def test_a_mentor_who_excludes_a_company_passes_its_request_on():
    petra, jens, company = mentor(), mentor("Jens Weber"), CompanyFactory()
    member = MembershipFactory(company=company)
    request, other = sent(petra, jens, company=company, asker=member.user), sent(petra)
    assert change(petra, petra.user, lambda: petra.excluded_companies.add(company)) == 1
    request.refresh_from_db(), other.refresh_from_db()
    assert [i.mentor.name for i in request.invitations.open()] == ["Jens Weber"]
    assert [i.mentor.name for i in other.invitations.open()] == ["Petra Nováková"]


def is_a_sentence_in_both_languages(text):
    found = set()
    for language in ("en", "de", "cs"):
        with override(language):
            found.add(str(text))
    return len(found) == 3 and all(sentence.endswith(".") for sentence in found)
