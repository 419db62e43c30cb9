"""What the worker does for a round that was confirmed: it invites every pair through the gate."""

import pytest

from mentoring.domain import rounds
from mentoring.domain.gate import TransitionNotAllowed
from mentoring.domain.invariants import violations
from mentoring.domain.requests import propose, withdraw
from mentoring.domain.round_work import send_all, send_one
from mentoring.enums import Outcome, RequestState, RoundState
from mentoring.models import Invitation, MentoringRequest, Round
from portal.core.models import AuditEntry
from portal.members.models import Person
from portal.notifications.models import Notification
from tests.factories.mentoring import about, computed, mentor, round_of, sent
from tests.mentoring.rounds import MACHINES, SECURITY, current, pairs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_words_of_the_code")]


def confirmed(row: Round, by) -> Round:
    """The round after its coordinator has confirmed it and the worker has sent what is to be sent."""
    rounds.confirm(row, by, row.version)
    send_all()
    return current(row)


def test_confirming_invites_every_pair_through_the_gate_once(desk):
    requests = [about(SECURITY), about(SECURITY)]
    row = computed(round_of(desk, requests, [mentor("Petra"), mentor("Jana")]))
    row = confirmed(row, desk)
    send_all()
    assert row.state == RoundState.CONFIRMED
    assert {request.state for request in MentoringRequest.objects.all()} == {RequestState.OFFERED}
    assert [invitation.proposed_by for invitation in Invitation.objects.all()] == [desk, desk]
    assert Notification.objects.filter(kind="mentoring.offered_mentor").count() == 2
    assert {pair.outcome for pair in row.pairs.all()} == {Outcome.INVITED}
    assert not [found for _one, found in violations() if found]
    (last,) = AuditEntry.objects.filter(action="round.finish")
    assert last.details == {"invited": 2, "refused": 0}


def test_a_refusal_of_the_gate_stays_with_its_pair_and_the_rest_goes_on(desk):
    full, fine = mentor("Petra Nováková", topics=[MACHINES], places=1), mentor("Jana", topics=[SECURITY])
    first, second, gone = about(MACHINES), about(SECURITY), about(SECURITY)
    row = computed(round_of(desk, [first, second, gone], [full, fine]))
    assert len(pairs(row)) == 3
    sent(full)
    withdraw(gone, gone.asker)
    row = confirmed(row, desk)
    assert row.state == RoundState.CONFIRMED
    said = {pair.request: (pair.outcome, pair.refusal_sentence) for pair in row.pairs.all()}
    assert said[second] == (Outcome.INVITED, "")
    assert said[first] == (Outcome.REFUSED, "Derzeit kein freier Platz: Petra Nováková")
    assert said[gone][0] == Outcome.REFUSED
    assert "zurückgezogen" in said[gone][1]


def test_a_refusal_names_nobody_whom_the_portal_has_forgotten(desk):
    person = mentor("Petra Nováková", title="Ing.")
    row = computed(round_of(desk, [about(SECURITY)], [person]))
    Person.objects.filter(pk=person.pk).update(paused_until="2099-01-01")
    row = confirmed(row, desk)
    assert row.pairs.get().refusal_sentence.endswith(": Ing. Petra Nováková")
    Person.objects.filter(pk=person.pk).update(name="Person 4711", title="")
    assert row.pairs.get().refusal_sentence.endswith(": Person 4711")
    assert "Nováková" not in row.pairs.values_list("refusal", flat=True)[0]


def test_a_request_for_which_a_mentor_was_found_meanwhile_is_not_sent_twice(desk):
    request, person = about(SECURITY), mentor()
    row = computed(round_of(desk, [request], [person]))
    propose(request, desk, person)
    row = confirmed(row, desk)
    assert row.pairs.get().outcome == Outcome.REFUSED
    assert Invitation.objects.count() == 1


def test_between_two_invitations_the_worker_may_stop(desk):
    row = computed(round_of(desk, [about(SECURITY), about(SECURITY)], [mentor(places=2)]))
    rounds.confirm(row, desk, row.version)
    assert send_one()
    assert current(row).state == RoundState.SENDING
    assert Invitation.objects.count() == 1
    send_all()
    assert current(row).state == RoundState.CONFIRMED
    assert Invitation.objects.count() == 2


def test_who_may_no_longer_coordinate_sends_nothing(desk):
    row = computed(round_of(desk, [about(SECURITY)], [mentor()]))
    rounds.confirm(row, desk, row.version)
    desk.coordinator.delete()
    send_all()
    assert row.pairs.get().outcome == Outcome.REFUSED
    assert "Koordinator:innen" in row.pairs.get().refusal
    assert not Invitation.objects.exists()


def test_whose_account_is_gone_sends_nothing(desk):
    row = computed(round_of(desk, [about(SECURITY)], [mentor()]))
    rounds.confirm(row, desk, row.version)
    Round.objects.update(confirmed_by=None)
    send_all()
    assert row.pairs.get().outcome == Outcome.REFUSED
    assert not Invitation.objects.exists()


def test_a_confirmed_round_changes_no_more(desk):
    row = confirmed(computed(round_of(desk, [about(SECURITY)], [mentor()])), desk)
    with pytest.raises(TransitionNotAllowed):
        rounds.discard(row, desk, row.version)
    with pytest.raises(TransitionNotAllowed):
        rounds.drop(row, row.pairs.get().pk, desk, row.version)


def test_a_round_without_pairs_is_not_confirmed(desk):
    row = computed(round_of(desk, [about("bim")], [mentor()]))
    with pytest.raises(TransitionNotAllowed, match="no pair"):
        rounds.confirm(row, desk, row.version)
