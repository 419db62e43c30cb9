"""What happens when, said before anything is sent."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from mentoring.domain.outlook import outlook
from tests.factories.mentoring import mentor
from tests.factories.people import CompanyFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


def days(count: int) -> timedelta:
    return timedelta(days=count)


def test_a_mentor_whom_a_known_member_names_is_asked_at_once(today):
    petra, jens = mentor("Petra"), mentor("Jens")
    seen = outlook([petra, jens], [MembershipFactory()], "de")
    assert (seen.checked, seen.answered, seen.first_meeting) == (None, today + days(7), today + days(21))
    assert (seen.first, seen.second) == (petra, jens)


@pytest.mark.parametrize("who", ["stranger", "waiting", "unverified company"])
def test_for_whoever_is_new_a_coordinator_looks_at_it_first(who):
    memberships = {
        "stranger": list,
        "waiting": lambda: [MembershipFactory(confirmed_on=None)],
        "unverified company": lambda: [MembershipFactory(company=CompanyFactory(verified_on=None))],
    }[who]()
    seen = outlook([mentor()], memberships, "de")
    assert seen.checked is not None
    assert seen.answered == seen.checked + days(7)
    assert seen.second is None


def test_without_a_name_a_coordinator_proposes_somebody():
    seen = outlook([], [MembershipFactory()], "cs")
    assert seen.checked is not None
    assert (seen.first, seen.second) == (None, None)


def test_working_days_are_those_of_the_company_s_side(monkeypatch):
    # from a Thursday on; the Tuesday after it, 17 November, is a holiday in Czechia
    thursday = timezone.make_aware(datetime(2026, 11, 12, 12))
    monkeypatch.setattr(timezone, "now", lambda: thursday)
    assert outlook([], [], "de").checked == date(2026, 11, 17)
    assert outlook([], [], "cs").checked == date(2026, 11, 18)
    assert outlook([], [], "de", country="CZ").checked == date(2026, 11, 18)
