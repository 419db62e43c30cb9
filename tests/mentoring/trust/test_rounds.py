"""A round is confirmed once, and each of its pairs is invited once, whoever else acts at the same instant or dies in between."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from mentoring.domain.invariants import violations
from mentoring.domain.requests import submit
from mentoring.domain.round_work import send_all
from mentoring.domain.rounds import confirm
from mentoring.enums import Outcome, RoundState
from mentoring.models import Invitation, Round
from tests.databases import databases
from tests.factories.mentoring import computed, draft, round_of
from tests.factories.people import CoordinatorFactory, MembershipFactory
from tests.mentoring.trust.jobs import DONE, REFUSED

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[3]
#: how often a twin tries before it gives up
ATTEMPTS = 15
WORKER = "import django; django.setup(); from mentoring.domain import round_work; {} round_work.send_all()"
#: a worker that invites in one transaction, and notes it in another
CARELESS = (
    "from django.db import connection; connection.features.has_select_for_update_skip_locked = False;"
    "round_work.send_one = round_work.send_one.__wrapped__;"
)


def proposed(by, mentors, requests: int) -> Round:
    """A computed round in which so many requests share the places of `mentors`."""
    asked = []
    for _number in range(requests):
        member = MembershipFactory()
        asked.append(submit(draft(member.user), member.user, member.company))
    return computed(round_of(by, asked, mentors))


def sent_as_noted(row: Round) -> bool:
    """Whether every pair has been decided, and those and only those are invited of which it is noted."""
    pairs = list(row.pairs.all())
    invited = {pair.request_id: pair.mentor_id for pair in pairs if pair.outcome == Outcome.INVITED}
    requests = [pair.request_id for pair in pairs]
    asked = list(Invitation.objects.filter(request__in=requests).values_list("request", "mentor"))
    return not any(pair.outcome == Outcome.WAITING for pair in pairs) and sorted(asked) == sorted(
        invited.items()
    )


@pytest.mark.parametrize(
    "rounds", [3, pytest.param(20, marks=pytest.mark.stress)], ids=["few rounds", "many rounds"]
)
def test_a_round_that_two_confirm_and_many_workers_send_is_sent_once(race, asked, coordinator, rounds):
    colleague = CoordinatorFactory(organisation=coordinator.coordinator.organisation).user
    for _round in range(rounds):
        mentors = [asked(places=3) for _ in range(4)]
        row = proposed(coordinator, mentors, 12)
        assert row.pairs.count() == 12
        clicks = [("confirm_round", (row.pk, by.pk, row.version)) for by in (coordinator, colleague)] * 4
        assert Counter(race(clicks)) == {DONE: 1, REFUSED: 7}
        withdrawn = row.pairs.values_list("request", flat=True)[:2]
        meanwhile = [("pause", (mentors[0].pk,)), ("set_places", (mentors[1].pk, 1))]
        jobs = [("send_rounds", ())] * 8 + meanwhile + [("withdraw", (pk,)) for pk in withdrawn]
        random.shuffle(jobs)
        assert set(race(jobs)) <= {DONE, REFUSED}
        send_all()
        row.refresh_from_db()
        assert row.state == RoundState.CONFIRMED
        assert sent_as_noted(row)
        assert not [one.name for one, found in violations() if found]


def test_without_locks_workers_take_each_others_pairs(race, asked, coordinator):
    for _attempt in range(ATTEMPTS):
        row = proposed(coordinator, [asked(places=12)], 12)
        confirm(row, coordinator, row.version)
        outcomes = race([("send_rounds", ())] * 8, without="locks")
        if set(outcomes) != {DONE} or row.pairs.filter(outcome=Outcome.REFUSED).exists():
            return
    pytest.fail("the race can not fail")


def worker(failpoint: str = "", sabotage: str = "") -> int:
    """Sends in a process of its own until nothing is left, or it dies at `failpoint`; its exit code."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": databases().url(connection.settings_dict["NAME"]),
        "PORTAL_FAILPOINT": failpoint,
    }
    command = [sys.executable, "-c", WORKER.format(sabotage)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


@pytest.mark.parametrize("failpoint", ["pair invited", "pair noted"])
def test_a_worker_that_is_killed_between_two_invitations_sends_each_once(asked, coordinator, failpoint):
    row = proposed(coordinator, [asked(places=3)], 3)
    confirm(row, coordinator, row.version)
    assert worker(failpoint) == -signal.SIGKILL
    assert Invitation.objects.count() < 3
    assert worker() == 0
    assert Counter(row.pairs.values_list("outcome", flat=True)) == {Outcome.INVITED: 3}
    assert sent_as_noted(row)


def test_noting_it_in_another_transaction_would_forget_an_invitation(asked, coordinator):
    row = proposed(coordinator, [asked(places=3)], 3)
    confirm(row, coordinator, row.version)
    assert worker("pair invited", CARELESS) == -signal.SIGKILL
    assert worker() == 0
    assert not sent_as_noted(row)
