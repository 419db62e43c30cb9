"""Short dates as each language writes them."""

import datetime as dt

import pytest
from django.utils import translation
from django.utils.formats import date_format


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("cs", "7.\u00a01.\u00a02027", "7.\u00a01.\u00a02027 9:05"),
        ("de", "07.01.2027", "07.01.2027 09:05"),
    ],
)
def test_a_short_date_stands_as_natives_write_it(language: str, day: str, moment: str) -> None:
    with translation.override(language):
        assert date_format(dt.date(2027, 1, 7), "SHORT_DATE_FORMAT") == day
        assert date_format(dt.datetime(2027, 1, 7, 9, 5), "SHORT_DATETIME_FORMAT") == moment
