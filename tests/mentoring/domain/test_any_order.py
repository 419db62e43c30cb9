"""Whatever companies, mentors and coordinators do, in whatever order, leaves everything as it must be."""

from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mentoring.domain.availability import change
from mentoring.domain.gate import TransitionNotAllowed, advance
from mentoring.domain.invariants import violations
from mentoring.domain.requests import submit
from mentoring.enums import DeclineReason, Event
from mentoring.models import MentoringRequest
from portal.members.domain.verification import verify, withdraw
from portal.members.models import Person
from tests.factories.mentoring import draft, mentor
from tests.factories.people import CompanyFactory, CoordinatorFactory, MembershipFactory, UserFactory

MENTORS = st.integers(0, 3)
#: what the portal refuses changes nothing, and is part of the game
REFUSALS = (TransitionNotAllowed, PermissionDenied)
EVENTS = st.sampled_from(sorted(set(Event) - {Event.SUBMIT, Event.SUPERSEDE}))


class AnyOrder(RuleBasedStateMachine):
    """Three companies, four mentors with few places, one coordinator."""

    drafts, sent = Bundle("drafts"), Bundle("sent")

    @initialize()
    def people(self):
        self.savepoint = transaction.savepoint()
        self.coordinator = CoordinatorFactory().user
        self.mentors = [mentor(places=places) for places in (0, 1, 1, 2)]
        self.members = [
            MembershipFactory(company=CompanyFactory(verified_on=None)),
            *MembershipFactory.create_batch(2),
        ]
        self.stranger = UserFactory()

    @rule(target=drafts, company=st.integers(0, 2), named=st.lists(MENTORS, max_size=3, unique=True))
    def write(self, company, named):
        member = self.members[company]
        return draft(member.user, *(self.mentors[n] for n in named)).pk, member

    @rule(target=sent, written=drafts)
    def send(self, written):
        pk, member = written
        with suppress(*REFUSALS):
            submit(MentoringRequest.objects.get(pk=pk), member.user, member.company)
        return pk

    @rule(
        pk=sent,
        event=EVENTS,
        who=st.sampled_from(["asker", "coordinator", "mentor", "stranger"]),
        named=MENTORS,
    )
    def step(self, pk, event, who, named):
        request = MentoringRequest.objects.get(pk=pk)
        asked = request.invitations.open().first() or request.invitations.first()
        by = {
            "asker": request.asker,
            "coordinator": self.coordinator,
            "mentor": asked.mentor.user if asked else self.stranger,
            "stranger": self.stranger,
        }[who]
        with suppress(*REFUSALS):
            advance(
                pk,
                event,
                by,
                named=self.mentors[named].pk if event in (Event.NAME, Event.PROPOSE) else None,
                invitation=asked.pk if asked and who == "mentor" else None,
                reason=DeclineReason.NO_TIME if event == Event.DECLINE else "",
            )

    @rule(which=MENTORS, places=st.integers(0, 3))
    def change_places(self, which, places):
        self._change(which, places=places)

    @rule(which=MENTORS, until=st.sampled_from([None, "2099-01-01"]))
    def pause(self, which, until):
        self._change(which, paused_until=until)

    @rule(which=MENTORS, company=st.integers(0, 2))
    def exclude(self, which, company):
        person, excluded = self.mentors[which], self.members[company].company
        change(person, person.user, lambda: person.excluded_companies.add(excluded))

    @rule(which=MENTORS, is_verified=st.booleans())
    def vouch(self, which, is_verified):
        (verify if is_verified else withdraw)(self.mentors[which], self.coordinator)

    @rule()
    def vouch_for_the_newcomer(self):
        verify(self.members[0].company, self.coordinator)

    @invariant()
    def everything_holds(self):
        assert {one.name: found for one, found in violations() if found} == {}

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def _change(self, which, **facts):
        person = self.mentors[which]
        change(person, person.user, lambda: Person.objects.filter(pk=person.pk).update(**facts))


@pytest.mark.django_db
@pytest.mark.parametrize("games", [4, pytest.param(60, marks=pytest.mark.stress)], ids=["few", "many"])
def test_no_order_of_steps_breaks_an_invariant(games):
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=games,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
