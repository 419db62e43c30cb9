"""Fields that a form reads from addresses, and keys that it gives away."""

import time
from uuid import UUID

import pytest
from django.http import QueryDict

from mentoring.forms.asking import FORM_LASTS, BeginForm, new_token, number, people_named


def token(text: str) -> UUID:
    form = BeginForm({"problem": "Worum es geht", "token": text})
    assert form.is_valid()
    return form.cleaned_data["token"]


def test_a_token_stands_for_one_key():
    one = new_token()
    assert token(one) == token(one)
    assert token(new_token()) != token(one)


def test_a_form_that_was_open_for_days_begins_anew(monkeypatch):
    old, now = new_token(), time.time()
    before = token(old)
    monkeypatch.setattr("time.time", lambda: now + FORM_LASTS + 60)
    assert token(old) != before


@pytest.mark.parametrize(
    ("text", "key"),
    [("12", 12), ("", 0), (None, 0), ("-3", 0), ("²", 0), ("1" * 10, 0), ("12 ", 0), ("1e3", 0)],
)
def test_keys_in_addresses_are_numbers_or_nothing(text, key):
    assert number(text) == key


def test_only_people_with_a_wish_are_named_and_only_so_many():
    data = QueryDict(mutable=True)
    data.update({"wish_1": "1", "wish_2": "", "wish_x": "1", "wish_-1": "2", "other": "3"})
    assert people_named(data) == [1]
    data.update({f"wish_{n}": "never" for n in range(10, 200)})
    assert len(people_named(data)) == 20
