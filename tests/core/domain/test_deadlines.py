"""Until when something is due: at the end of a local day, in working days of the actor's side of the border."""

from datetime import UTC, date, datetime

import pytest

from portal.core.domain.deadlines import end_of, in_days, in_working_days
from portal.core.enums import Country

DE, CZ = Country.GERMANY, Country.CZECHIA


def noon(year, month, day):
    """An instant of that local day, whatever the season."""
    return datetime(year, month, day, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "country", "start", "due"),
    [
        (1, DE, noon(2026, 11, 16), date(2026, 11, 17)),
        (1, CZ, noon(2026, 11, 16), date(2026, 11, 18)),  # Day of Struggle for Freedom and Democracy
        (1, DE, noon(2026, 11, 17), date(2026, 11, 19)),  # Buß- und Bettag, in Saxony alone
        (1, CZ, noon(2026, 11, 17), date(2026, 11, 18)),
        (3, DE, noon(2026, 11, 20), date(2026, 11, 25)),  # over a weekend
        (1, DE, noon(2026, 4, 2), date(2026, 4, 7)),  # Good Friday and Easter Monday, on both sides
        (1, CZ, noon(2026, 4, 2), date(2026, 4, 7)),
        (1, DE, noon(2027, 5, 5), date(2027, 5, 7)),  # Ascension Day
        (1, CZ, noon(2027, 5, 5), date(2027, 5, 6)),
        (1, CZ, noon(2027, 7, 2), date(2027, 7, 7)),  # two holidays in July
        (1, DE, noon(2027, 7, 2), date(2027, 7, 5)),
        (5, DE, noon(2026, 12, 22), date(2026, 12, 30)),  # Christmas
        (5, CZ, noon(2026, 12, 22), date(2026, 12, 31)),  # Christmas Eve, too
        (1, DE, noon(2026, 12, 31), date(2027, 1, 4)),  # the year ends
        (1, CZ, noon(2027, 12, 31), date(2028, 1, 3)),
    ],
)
def test_working_days_skip_weekends_and_the_holidays_of_one_side(days, country, start, due):
    assert in_working_days(days, country, start) == end_of(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (noon(2026, 11, 23), date(2026, 11, 30)),
        (noon(2026, 12, 28), date(2027, 1, 4)),
        (noon(2028, 2, 23), date(2028, 3, 1)),  # a leap year
    ],
)
def test_calendar_days_are_the_same_everywhere(start, due):
    assert in_days(7, start) == end_of(due)


@pytest.mark.parametrize(
    ("start", "instant"),
    [
        (noon(2026, 3, 27), datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC)),  # into summer time
        (noon(2026, 3, 26), datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC)),  # the day before
        (noon(2026, 10, 23), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),  # out of it
        (noon(2026, 10, 22), datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_local_midnight_though_the_clocks_change(start, instant):
    assert in_days(2, start) == instant


def test_the_day_that_counts_is_the_local_one():
    """Half past eleven at night in London is tomorrow in Dresden and Ústí."""
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert in_days(1, late) == end_of(date(2026, 11, 25))
