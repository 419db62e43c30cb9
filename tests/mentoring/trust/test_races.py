"""What many do at the same instant ends as if they had done it one after the other.

Eight processes act on PostgreSQL. Each test has a twin that leaves a guard out, and then finds what the guard prevents.
"""

import random
from collections import Counter
from itertools import chain

import pytest

from mentoring.domain.invariants import violations
from mentoring.enums import OPEN_INVITATIONS, InvitationState, RequestState
from mentoring.models import Invitation, MentoringRequest
from portal.core.models import AuditEntry
from portal.notifications.models import Notification
from tests.factories.people import MembershipFactory
from tests.mentoring.trust.crowd import crowd, drafts_of
from tests.mentoring.trust.jobs import DONE, REFUSED

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

#: how often each race is run
rounds = pytest.mark.parametrize(
    "rounds", [3, pytest.param(20, marks=pytest.mark.stress)], ids=["few rounds", "many rounds"]
)
#: how often a twin tries before it gives up
ATTEMPTS = 15


def broken():
    """The names of the invariants that do not hold."""
    return {invariant.name for invariant, found in violations() if found}


def told(requests, kind):
    """How often each of `requests` has led to a notification of this kind."""
    subjects = [f"request:{request.key}" for request in requests]
    rows = Notification.objects.filter(kind=f"mentoring.{kind}", event__subject__in=subjects)
    return Counter(rows.values_list("event__subject", flat=True))


def once_each(requests):
    return Counter(f"request:{request.key}" for request in requests)


def entries(requests):
    """How many steps the log has of each of `requests`."""
    rows = AuditEntry.objects.filter(subject__in=[f"request:{request.key}" for request in requests])
    return Counter(rows.values_list("subject", flat=True))


def in_state(requests, state):
    return list(MentoringRequest.objects.filter(pk__in=[request.pk for request in requests], state=state))


@rounds
def test_two_hundred_companies_share_the_places_of_two_mentors(race, asked, coordinator, rounds):
    for _round in range(rounds):
        first, second = asked(places=3), asked(places=2)
        many = crowd([[first, second] if n % 2 else [first] for n in range(200)])
        assert Counter(race(many.submits())) == {DONE: 200}
        offered, left = (in_state(many.drafts, s) for s in (RequestState.OFFERED, RequestState.MATCHING))
        assert (first.invitations.open().count(), second.invitations.open().count()) == (3, 2)
        assert (len(offered), len(left)) == (5, 195)
        assert entries(many.drafts) == once_each(many.drafts)
        assert told(many.drafts, "offered_asker") == told(many.drafts, "offered_mentor") == once_each(offered)
        assert told(many.drafts, "matching_asker") == once_each(left)
        assert told(many.drafts, "matching_coordinators") == once_each(left)
        assert broken() == set()


def test_without_lock_and_index_places_are_oversold(race, asked, coordinator, without_constraints):
    for _attempt in range(ATTEMPTS):
        race(crowd([[asked(places=3)]] * 40).submits(), without="locks")
        if "places_are_not_oversold" in broken():
            return
    pytest.fail("the race can not fail")


def meddling(mentor, coordinator):
    """Everything that can happen to the invitations of `mentor`, more than once and in any order."""
    keys = list(mentor.invitations.values_list("pk", "request"))
    each = [[("accept", (i,)), ("decline", (i,)), ("see", (i,)), ("withdraw", (r,))] * 2 for i, r in keys]
    facts = [
        ("set_places", (mentor.pk, 1)),
        ("pause", (mentor.pk,)),
        ("unverify", (mentor.pk, coordinator.pk)),
    ]
    jobs = [*chain(*each), facts[0], random.choice(facts[1:])]
    random.shuffle(jobs)
    return jobs


def answers(requests, outcomes):
    """The invitations to `requests` that have ended, and the steps that ended them."""
    ended = Invitation.objects.filter(request__in=requests).exclude(state__in=OPEN_INVITATIONS)
    return ended.count(), Counter(name for name, result in outcomes if result == DONE)


@rounds
def test_an_invitation_ends_once_whatever_happens_to_it_at_once(race, asked, coordinator, rounds):
    for _round in range(rounds):
        mentors, next_in_line = [asked(places=3) for _ in range(4)], asked(places=4)
        many = crowd([[mentor, next_in_line] for mentor in mentors for _ in range(3)])
        assert Counter(race(many.submits())) == {DONE: 12}
        jobs = list(chain(*(meddling(mentor, coordinator) for mentor in mentors)))
        outcomes = race(jobs)
        assert set(outcomes) == {DONE, REFUSED}
        by_kind = Counter(name for (name, _), result in zip(jobs, outcomes, strict=True) if result == DONE)
        for name, state in (
            ("accept", InvitationState.ACCEPTED),
            ("decline", InvitationState.DECLINED),
        ):
            assert Invitation.objects.filter(request__in=many.drafts, state=state).count() == by_kind[name]
        assert len(in_state(many.drafts, RequestState.WITHDRAWN)) == by_kind["withdraw"]
        assert broken() == set()


def test_without_locks_an_invitation_ends_twice(race, asked, coordinator, without_constraints):
    for _attempt in range(ATTEMPTS):
        mentor = asked(places=3)
        many = crowd([[mentor]] * 3)
        race(many.submits())
        keys = mentor.invitations.values_list("pk", "request")
        race(
            [job for i, r in keys for job in (("accept", (i,)), ("decline", (i,)), ("withdraw", (r,)))],
            without="locks",
        )
        if broken() & {"steps_follow_each_other", "answers_are_in_the_log"}:
            return
    pytest.fail("the race can not fail")


@rounds
def test_fifty_times_the_same_request_is_sent_once(race, asked, coordinator, rounds):
    for _round in range(rounds):
        many = crowd([[asked(places=3)]])
        assert Counter(race(many.submits() * 50)) == {DONE: 1, REFUSED: 49}
        assert many.drafts[0].invitations.count() == 1
        assert entries(many.drafts) == told(many.drafts, "offered_asker") == once_each(many.drafts)
        assert told(many.drafts, "offered_mentor") == once_each(many.drafts)
        assert broken() == set()


def crossed(asked, n):
    """Two mentors, requests that rank them in both orders, and the jobs that make each pass its requests to the other."""
    one, other = asked(places=n), asked(places=n)
    many = crowd([[one, other] if k % 2 else [other, one] for k in range(n)])
    back_and_forth = [
        ("pause", (one.pk,)),
        ("pause", (other.pk,)),
        ("resume", (one.pk,)),
        ("resume", (other.pk,)),
    ]
    return many, back_and_forth


@rounds
def test_mentors_who_pass_requests_to_each_other_never_wait_for_each_other(race, asked, coordinator, rounds):
    for _round in range(rounds):
        many, back_and_forth = crossed(asked, 100)
        jobs = many.submits() + back_and_forth * 4
        random.shuffle(jobs)
        assert set(race(jobs)) == {DONE}
        assert broken() == set()


def test_locks_in_another_order_wait_for_each_other(race, asked, coordinator):
    for _attempt in range(ATTEMPTS):
        many, _back_and_forth = crossed(asked, 40)
        if any("deadlock" in outcome for outcome in race(many.submits(), without="order")):
            return
    pytest.fail("the race can not fail")


def colleagues(asked):
    """The jobs of two members of one company who send five drafts each."""
    company = MembershipFactory().company
    users = [MembershipFactory(company=company).user for _ in range(2)]
    drafts = drafts_of(users * 5, [[asked()] for _ in range(10)])
    return company, [("submit", (draft.pk, draft.asker_id, company.pk)) for draft in drafts]


@rounds
def test_colleagues_who_send_at_once_have_two_requests_open(race, asked, coordinator, rounds):
    for _round in range(rounds):
        company, jobs = colleagues(asked)
        assert Counter(race(jobs)) == {DONE: 2, REFUSED: 8}
        assert MentoringRequest.objects.filter(company=company).open().count() == 2
        assert broken() == set()


def test_without_locks_colleagues_have_more_requests_open(race, asked, coordinator):
    for _attempt in range(ATTEMPTS):
        company, jobs = colleagues(asked)
        race(jobs, without="locks")
        if MentoringRequest.objects.filter(company=company).open().count() > 2:
            return
    pytest.fail("the race can not fail")


def vouched_for_meanwhile(mentor, coordinator, n):
    """Companies that are verified at the moment at which they send."""
    many = crowd([[mentor]] * n, verified=False)
    verified = [("verify", (company.pk, coordinator.pk)) for company in many.companies]
    return many, list(chain(*zip(many.submits(), verified, strict=True)))


@rounds
def test_a_company_that_is_verified_while_it_sends_never_waits_for_nothing(race, asked, coordinator, rounds):
    for _round in range(rounds):
        many, jobs = vouched_for_meanwhile(asked(places=40), coordinator, 40)
        assert Counter(race(jobs)) == {DONE: 80}
        assert len(in_state(many.drafts, RequestState.OFFERED)) == 40
        assert broken() == set()


def test_without_locks_a_company_that_is_verified_while_it_sends_waits_for_nothing(race, asked, coordinator):
    for _attempt in range(ATTEMPTS):
        _many, jobs = vouched_for_meanwhile(asked(places=40), coordinator, 40)
        race(jobs, without="locks")
        if "nothing_waits_for_nobody" in broken():
            return
    pytest.fail("the race can not fail")


@rounds
def test_companies_that_are_verified_at_once_never_wait_for_each_other(race, asked, coordinator, rounds):
    """Each has two requests that wait, for the same mentors in different orders."""
    for _round in range(rounds):
        one, other = asked(places=40), asked(places=40)
        orders = [[one], [other]], [[other], [one]]
        many = crowd([ranks[0] for _ in range(10) for ranks in orders], verified=False)
        second = drafts_of(many.members, [ranks[1] for _ in range(10) for ranks in orders])
        race(many.submits())
        race(
            [
                ("submit", (draft.pk, draft.asker_id, of.pk))
                for draft, of in zip(second, many.companies, strict=True)
            ]
        )
        assert set(race([("verify", (company.pk, coordinator.pk)) for company in many.companies])) == {DONE}
        assert len(in_state([*many.drafts, *second], RequestState.OFFERED)) == 40
        assert broken() == set()


@rounds
def test_what_a_company_sends_never_waits_for_the_answer_to_what_it_sent_before(
    race, asked, coordinator, rounds
):
    for _round in range(rounds):
        one, other, third = asked(places=20), asked(places=40), asked(places=20)
        many = crowd([[one, other]] * 20)
        second = drafts_of(many.members, [[third, one, other]] * 20)
        race(many.submits())
        sends = [
            ("submit", (draft.pk, draft.asker_id, of.pk))
            for draft, of in zip(second, many.companies, strict=True)
        ]
        declines = [("decline", (pk,)) for pk in one.invitations.values_list("pk", flat=True)]
        withdrawals = [("withdraw", (draft.pk,)) for draft in second]
        jobs = [*chain(*zip(sends, declines, sends, withdrawals, strict=True))]
        assert set(race(jobs)) <= {DONE, REFUSED}
        assert broken() == set()
