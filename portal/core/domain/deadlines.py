"""When something is due: calendar days and working days, counted to the local end of the day and stored as an instant."""

from datetime import date, datetime, time, timedelta
from functools import cache

import holidays
from django.utils import timezone

from portal.core.enums import Country

#: the holidays of an actor's side of the border: those of Saxony, those of Czechia
HOLIDAYS = {Country.GERMANY: ("DE", "SN"), Country.CZECHIA: ("CZ", None)}


def in_days(days: int, start: datetime | None = None) -> datetime:
    """The end of the day that lies `days` calendar days after the local day of `start` (default: now)."""
    return end_of(_local_day(start) + timedelta(days=days))


def in_working_days(days: int, country: str, start: datetime | None = None) -> datetime:
    """The end of the `days`th working day after the local day of `start`, where the actor lives in `country`.

    Saturdays, Sundays and public holidays (in Germany those of Saxony) are no working days.
    """
    free, day = _holidays(country), _local_day(start)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in free
    return end_of(day)


def end_of(day: date) -> datetime:
    """The last second of a local day; Berlin's is Prague's."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def _local_day(start: datetime | None) -> date:
    return timezone.localdate(start)


@cache
def _holidays(country: str) -> holidays.HolidayBase:
    code, part = HOLIDAYS[Country(country)]
    return holidays.country_holidays(code, subdiv=part)
