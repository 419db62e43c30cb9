"""What other weights would change: real requests, ranked as they are today and as they would be then."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from matching.domain.people import Helper, Question
from matching.domain.scoring import Score
from matching.rules import Weights
from mentoring.domain.desk import requests_of
from mentoring.domain.needs import need_of
from mentoring.models import MentoringRequest
from portal.members.models import Person

#: the latest requests that are looked at, how long their lists are, and how far down somebody is looked for
REQUESTS, SHOWN, LOOKED_AT = 5, 5, 20

PARTS = Score._fields


@dataclass(frozen=True)
class Moved:
    """Somebody on one of the two lists; a place is None beyond LOOKED_AT."""

    person: Person
    before: int | None
    after: int | None
    #: what each part of the score counts, today and then, in hundredths
    parts: list[tuple[int, int]]

    @property
    def rises(self) -> int:
        """By how many places; negative for whoever falls."""
        return (self.before or LOOKED_AT + 1) - (self.after or LOOKED_AT + 1)


@dataclass(frozen=True)
class Comparison:
    """One request, with everybody who is among the best of it today or would be, in the order of then."""

    request: MentoringRequest
    rows: list[Moved]

    @property
    def changes(self) -> bool:
        """Whether anybody would stand elsewhere."""
        return any(row.rises for row in self.rows)


def comparisons(user: Any, weights: Weights, language: str) -> Iterator[Comparison]:
    """The latest requests that `user` looks after, each with what `weights` would change; about ten queries for each."""
    rows: Any = requests_of(user).select_related("company__place")
    latest = rows.prefetch_related("topics__labels")
    for request in latest.order_by("-sent_at", "-pk")[:REQUESTS]:
        question = Question(need_of(request, without=()), language)
        today, then = (_places(question.best(LOOKED_AT, weights=each)) for each in (None, weights))
        shown = {key for places in (today, then) for key, (place, _h) in places.items() if place <= SHOWN}
        helpers = [helper for key, (_place, helper) in {**today, **then}.items() if key in shown]
        rows = [_moved(question, helper, weights, today, then) for helper in helpers]
        yield Comparison(request, sorted(rows, key=lambda row: (row.after or LOOKED_AT + 1, row.before or 0)))


Places = dict[int, tuple[int, Helper]]


def _places(helpers: list[Helper]) -> Places:
    return {helper.profile.person.pk: (place, helper) for place, helper in enumerate(helpers, start=1)}


def _moved(question: Question, helper: Helper, weights: Weights, today: Places, then: Places) -> Moved:
    person = helper.profile.person
    before, after = (question.measure(helper, each).score for each in (question.need.weights, weights))
    parts = [(_hundredths(was), _hundredths(would_be)) for was, would_be in zip(before, after, strict=True)]
    return Moved(person, _place_in(today, person), _place_in(then, person), parts)


def _place_in(places: Places, person: Person) -> int | None:
    return places[person.pk][0] if person.pk in places else None


def _hundredths(part: float) -> int:
    return round(100 * part)
