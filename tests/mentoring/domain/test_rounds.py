"""A programme's round: put together, computed, corrected."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mentoring.domain import places, rounds
from mentoring.domain.gate import TransitionNotAllowed
from mentoring.domain.requests import withdraw
from mentoring.domain.round_work import askable, places_in, propose_all
from mentoring.enums import Alone, RoundState
from mentoring.models import MentoringRequest, Round
from portal.core.models import AuditEntry
from portal.members.models import Membership, Person
from tests.factories.mentoring import about, computed, draft, mentor, round_of, sent
from tests.factories.people import CompanyFactory, CoordinatorFactory, MembershipFactory, OrganisationFactory
from tests.mentoring.rounds import MACHINES, SECURITY, current, pairs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_words_of_the_code")]


def alone(row: Round) -> dict[MentoringRequest, str]:
    """Who is not, and why."""
    return {each.request: each.alone for each in row.asked.exclude(alone="")}


def pair_of(row: Round, request: MentoringRequest):
    return row.pairs.get(request=request, is_excluded=False)


# Who takes part


def test_requests_of_the_partner_that_wait_and_need_nothing_else_can_take_part(desk):
    waiting = about(SECURITY)
    _offered = sent(mentor())
    _draft = draft(MembershipFactory().user)
    _unverified = about(SECURITY, company=CompanyFactory(verified_on=None))
    _stranger = about(SECURITY)
    Membership.objects.filter(user=_stranger.asker).update(confirmed_on=None)
    other = CompanyFactory(home_partner=OrganisationFactory(slug="icuk", short_name="ICUK"))
    _theirs = about(SECURITY, company=other)
    assert list(rounds.requests_for(desk.coordinator.organisation)) == [waiting]


def test_a_request_is_in_one_unfinished_round(desk):
    request = about(SECURITY)
    row = round_of(desk, [request], [mentor()])
    partner = desk.coordinator.organisation
    assert list(rounds.requests_for(partner)) == []
    assert list(rounds.requests_for(partner, row)) == [request], "for its own round it is there"
    assert list(round_of(desk, [request], []).asked.all()) == [], "another round leaves it out"


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"user": None},
        {"verified_on": None},
        {"paused_until": timezone.localdate()},
        {"paused_until": timezone.localdate() + dt.timedelta(days=1)},
    ],
)
def test_who_can_be_asked_is_who_the_gate_would_ask(facts):
    person = mentor(**facts)
    assert askable().filter(pk=person.pk).exists() == places.takes_requests(person)


def test_a_place_counts_that_nobody_holds_and_the_coordinator_does_not_keep_back(desk):
    busy, free, paused = mentor("Petra"), mentor("Jana", places=3), mentor("Karel")
    sent(busy)
    row = round_of(desk, [], [busy, free, paused], jana=1)
    Person.objects.filter(pk=paused.pk).update(paused_until="2099-01-01")
    assert places_in(row) == {busy.pk: 1, free.pk: 2, paused.pk: 0}


# The proposal


def test_the_proposal_is_the_best_for_all_together_and_says_why(desk):
    machines, security = mentor("Petra", topics=[MACHINES], places=1), mentor("Jana", topics=[SECURITY])
    first, second = about(MACHINES), about(SECURITY)
    row = computed(round_of(desk, [first, second], [machines, security]))
    assert row.state == RoundState.PROPOSED
    assert pairs(row) == {first: machines, second: security}
    assert alone(row) == {}
    found = pair_of(row, first)
    assert found.score > 1
    assert row.first_choices == pytest.approx(sum(pair.score for pair in row.pairs.all()))
    assert found.reasons["de"][0]["text"] == "Gemeinsame Themen: 1"
    assert found.reasons["cs"][0]["text"] == "Společná témata: 1"
    assert found.bar


def test_nobody_gets_more_than_their_places_and_the_rest_learns_why(desk):
    person, stranger = mentor("Petra", topics=[SECURITY], places=3), mentor("Jana", topics=[MACHINES])
    requests = [about(SECURITY) for _ in range(3)]
    unknown = about("bim")
    row = computed(round_of(desk, [*requests, unknown], [person, stranger], petra=1))
    assert list(pairs(row).values()) == [person, person]
    assert sorted(alone(row).values()) == [Alone.NOBODY, Alone.TAKEN]
    assert alone(row)[unknown] == Alone.NOBODY


def test_who_fits_and_has_no_place_is_not_said_to_know_nothing(desk):
    request, person = about(SECURITY), mentor("Petra", places=1)
    row = computed(round_of(desk, [request], [person], petra=1))
    assert alone(row) == {request: Alone.TAKEN}


def test_nobody_is_proposed_whom_either_side_excludes_or_who_works_for_the_company(desk):
    company = CompanyFactory()
    unwanted, wary, own, fine = mentor("A"), mentor("B"), mentor("C", company=company), mentor("D")
    request = about(SECURITY, company)
    request.excluded.add(unwanted)
    wary.excluded_companies.add(company)
    row = computed(round_of(desk, [request], [unwanted, wary, own, fine]))
    assert pairs(row) == {request: fine}
    rounds.drop(row, pair_of(row, request).pk, desk, row.version)
    assert alone(computed(row)) == {request: Alone.NOBODY}


def test_two_requests_of_one_company_go_to_two_mentors(desk):
    company = CompanyFactory()
    one, other = about(SECURITY, company), about(SECURITY, company)
    row = computed(round_of(desk, [one, other], [mentor("Petra"), mentor("Jana")]))
    assert len(set(pairs(row).values())) == 2


def test_who_was_withdrawn_meanwhile_is_left_out(desk):
    request = about(SECURITY)
    row = round_of(desk, [request, about(SECURITY)], [mentor()])
    withdraw(request, request.asker)
    row = computed(row)
    assert alone(row) == {request: Alone.GONE}
    assert len(pairs(row)) == 1


def test_the_computation_of_a_round_that_was_stopped_is_thrown_away(desk):
    row = round_of(desk, [about(SECURITY)], [mentor()])
    stale = rounds.compute(row, desk, row.version)
    rounds.stop(row, desk, stale.version)
    propose_all()
    assert current(row).state == RoundState.DRAFT
    assert not row.pairs.exists()


# Corrections


def test_a_locked_pair_survives_whatever_is_computed(desk):
    weak, strong = mentor("Petra", topics=[MACHINES]), mentor("Jana", topics=[SECURITY])
    request = about(SECURITY)
    row = computed(round_of(desk, [request], [weak, strong]))
    rounds.choose(row, request, weak, desk, row.version)
    assert pairs(computed(row)) == {request: weak}
    found = pair_of(row, request)
    assert found.is_locked
    row = rounds.lock(row, found.pk, desk, row.version, is_locked=False)
    assert pairs(computed(row)) == {request: strong}


def test_a_dropped_pair_is_never_proposed_again_until_it_is_allowed(desk):
    request, person = about(SECURITY), mentor()
    row = computed(round_of(desk, [request], [person]))
    row = rounds.drop(row, pair_of(row, request).pk, desk, row.version)
    assert alone(row) == {request: Alone.DROPPED}
    assert pairs(computed(row)) == {}
    row = rounds.allow(row, row.pairs.get().pk, desk, row.version)
    assert pairs(computed(row)) == {request: person}


def test_a_pair_chosen_by_hand_takes_the_place_of_the_weakest(desk):
    person = mentor("Petra", topics=[SECURITY, MACHINES], places=1)
    first, second = about(SECURITY), about(MACHINES)
    row = computed(round_of(desk, [first, second], [person]))
    (had,) = pairs(row)
    other = second if had == first else first
    row = rounds.choose(row, other, person, desk, row.version)
    assert pairs(row) == {other: person}
    assert alone(row) == {had: Alone.MADE_ROOM}


def test_a_dropped_mentor_can_be_chosen_by_hand_after_all(desk):
    request, person = about(SECURITY), mentor()
    row = computed(round_of(desk, [request], [person]))
    row = rounds.drop(row, pair_of(row, request).pk, desk, row.version)
    rounds.choose(row, request, person, desk, row.version)
    assert pairs(row) == {request: person}
    assert row.pairs.count() == 1


def test_what_cannot_be_is_refused_with_a_sentence(desk):
    person, excluded = mentor("Petra Nováková", places=1), mentor("Jana")
    first, second, foreign = about(SECURITY), about(SECURITY), about(SECURITY)
    first.excluded.add(excluded)
    row = computed(round_of(desk, [first, second], [person, excluded]))
    row = rounds.choose(row, first, person, desk, row.version)
    for request, chosen, says in (
        (second, person, "All places in this round are taken by locked pairs: Petra Nováková"),
        (first, excluded, "You asked us not to contact: Jana"),
        (foreign, person, "This is not part of the round, or no longer."),
    ):
        with pytest.raises(TransitionNotAllowed, match=says):
            rounds.choose(row, request, chosen, desk, row.version)
    assert pairs(row) == {first: person, second: excluded}


def test_two_requests_of_one_company_are_not_locked_to_one_mentor(desk):
    company = CompanyFactory()
    one, other, person = about(SECURITY, company), about(SECURITY, company), mentor()
    row = round_of(desk, [one, other], [person])
    row = rounds.choose(row, one, person, desk, row.version)
    with pytest.raises(TransitionNotAllowed, match="Has another request of this company"):
        rounds.choose(row, other, person, desk, row.version)


def test_locks_that_no_longer_fit_leave_everything_as_it_was(desk):
    person = mentor(places=2)
    requests = [about(SECURITY), about(SECURITY)]
    row = round_of(desk, requests, [person])
    for request in requests:
        row = rounds.choose(row, request, person, desk, row.version)
    Person.objects.filter(pk=person.pk).update(places=1)
    row = computed(row)
    assert row.state == RoundState.PROPOSED
    assert len(pairs(row)) == 2
    assert AuditEntry.objects.filter(action="round.propose", details__fits=False).exists()


def test_who_leaves_the_round_takes_the_pair_along(desk):
    request, other, person = about(SECURITY), about(SECURITY), mentor()
    row = computed(round_of(desk, [request, other], [person]))
    row = rounds.rearrange(
        row, desk, row.version, name="Frühjahr", requests=[other.pk], mentors={person.pk: 1}
    )
    assert pairs(row) == {other: person}
    assert (current(row).name, row.helping.get().reserved) == ("Frühjahr", 1)


def test_a_page_that_is_no_longer_true_changes_nothing(desk):
    request = about(SECURITY)
    row = computed(round_of(desk, [request], [mentor()]))
    shown, pair = row.version, pair_of(row, request).pk
    rounds.lock(row, pair, desk, shown)
    for change in (
        lambda: rounds.drop(row, pair, desk, shown),
        lambda: rounds.compute(row, desk, shown),
        lambda: rounds.confirm(row, desk, shown),
        lambda: rounds.discard(row, desk, shown),
    ):
        with pytest.raises(TransitionNotAllowed, match="Meanwhile somebody else"):
            change()
    assert pair_of(row, request).is_locked
    assert AuditEntry.objects.filter(subject=f"round:{row.key}").count() == 4


def test_others_change_nothing(desk):
    row = computed(round_of(desk, [about(SECURITY)], [mentor()]))
    for stranger in (
        CoordinatorFactory(organisation=OrganisationFactory(slug="icuk", short_name="ICUK")).user,
        MembershipFactory().user,
    ):
        with pytest.raises(PermissionDenied, match="Only the coordinators"):
            rounds.confirm(row, stranger, row.version)
        with pytest.raises(PermissionDenied, match="Only the coordinators"):
            rounds.create("Fremd", row.partner, stranger, [], {})
        assert not Round.objects.visible_to(stranger).exists()


def test_a_round_that_was_discarded_is_gone_and_its_requests_are_free(desk):
    request = about(SECURITY)
    row = round_of(desk, [request], [mentor()])
    rounds.discard(row, desk, row.version)
    assert list(rounds.requests_for(desk.coordinator.organisation)) == [request]
    with pytest.raises(TransitionNotAllowed, match="discarded"):
        rounds.compute(row, desk, row.version)


@pytest.mark.parametrize(("requests", "mentors"), [(0, 1), (1, 0)])
def test_a_round_of_nobody_is_not_computed(desk, requests, mentors):
    row = round_of(desk, [about(SECURITY) for _ in range(requests)], [mentor() for _ in range(mentors)])
    with pytest.raises(TransitionNotAllowed, match="at least one request and one mentor"):
        rounds.compute(row, desk, row.version)
