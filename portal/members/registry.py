"""What apps above do when the facts about companies and people change: in the same transaction, or not at all."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

#: called with (company, user) once somebody vouches for a company, or for a member of it
_vouched: list[Callable[[Any, Any], object]] = []
#: called with (audit entry, row) once something has happened to a company, a person or a membership
_followers: list[Callable[[Any, Any], object]] = []
#: how facts of a person are written: called with (person, user, write)
_writers: list[Callable[[Any, Any, Callable[[], None]], int]] = []


def when_vouched_for(function: Callable[[Any, Any], object]) -> None:
    """Has `function` called with a company and the user who vouched for it or confirmed one of its members."""
    if function not in _vouched:
        _vouched.append(function)


def vouched_for(company: Any, by: Any) -> None:
    """Tells the apps above that `by` vouches for `company` or a member of it."""
    for function in _vouched:
        function(company, by)


def when_something_happens(function: Callable[[Any, Any], object]) -> None:
    """Has `function` called with the audit entry of an event (its action is a MemberEvent) and the row it is about."""
    if function not in _followers:
        _followers.append(function)


def tell_followers(entry: Any, row: Any) -> None:
    """Tells the apps above what `entry` says of `row`."""
    for function in _followers:
        function(entry, row)


def write_facts_through(function: Callable[[Any, Any, Callable[[], None]], int]) -> None:
    """Has facts of people written by `function`, which calls what it is given and draws the conclusions."""
    _writers[:] = [function]


def write_facts(person: Any, by: Any, write: Callable[[], None]) -> int:
    """Calls `write`, which saves facts of `person`; returns how many invitations were passed on because of them."""
    for function in _writers:
        return function(person, by, write)
    with transaction.atomic():
        write()
    return 0
