"""What the pages of a round say: read for many pairs at once, so that two hundred cost the queries of one."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matching.domain.cards import bar, reasons
from matching.domain.people import how_they_fit
from mentoring.domain.desk import WAITS_FOR_DESK
from mentoring.domain.gate import PASSED
from mentoring.domain.needs import need_of
from mentoring.domain.places import why_unavailable
from mentoring.domain.round_work import places_in
from mentoring.enums import EDITABLE_ROUNDS, Outcome
from mentoring.models import MentoringRequest, Round, RoundPair, RoundRequest
from portal.members.models import Person


@dataclass(frozen=True)
class Line:
    """A request of a round, with its pair if it has one."""

    request: MentoringRequest
    topics: str
    pair: RoundPair | None
    #: why there is no pair, or none yet
    alone: str | Promise = ""
    #: the lines of the pair in the reader's language
    reasons: list[dict[str, str]] | None = None
    #: what has changed since the pair was proposed, so that the gate will refuse it as things stand
    warning: str | Promise = ""


@dataclass(frozen=True)
class Seat:
    """A mentor of a round: how many places there are in it, how many pairs take one."""

    mentor: Person
    places: int
    reserved: int
    pairs: int


@dataclass(frozen=True)
class Summary:
    """The proposal in figures."""

    requests: int
    pairs: int
    total: float
    first_choices: float
    #: of a round that was confirmed
    invited: int
    refused: int
    warnings: int


@dataclass(frozen=True)
class Choice:
    """A mentor who could be chosen by hand: how the two fit, and what keeps the gate from asking."""

    mentor: Person
    url: str
    reasons: list[dict[str, str]]
    bar: list[dict[str, Any]]
    obstacle: str | Promise
    is_dropped: bool


def requests_of(row: Round) -> list[Line]:
    """The requests of a round, by the time at which they were sent, each with what is proposed for it; nine queries."""
    pairs = {
        pair.request_id: pair
        for pair in row.pairs.proposed().select_related("mentor__place", "mentor__home_partner", "invitation")
    }
    asked: Any = row.asked.select_related("request__company__place")
    places = places_in(row) if row.state in EDITABLE_ROUNDS else {}
    taken = Counter(pair.mentor_id for pair in pairs.values())
    found = []
    for each in asked.prefetch_related("request__topics__labels"):
        pair = pairs.get(each.request_id)
        found.append(
            Line(
                request=each.request,
                topics=", ".join(topic.label for topic in each.request.topics.all()),
                pair=pair,
                alone="" if pair else each.get_alone_display() or _("Not computed yet."),
                reasons=_in_own_words(pair) if pair else None,
                warning=_warning(each, pair, places, taken) if row.state in EDITABLE_ROUNDS else "",
            )
        )
    return found


def _in_own_words(pair: RoundPair) -> list[dict[str, str]]:
    return pair.reasons.get(get_language() or "") or pair.reasons.get(settings.LANGUAGE_CODE) or []


def _warning(
    asked: RoundRequest, pair: RoundPair | None, places: dict[int, int], taken: Counter[int]
) -> str | Promise:
    """What speaks against inviting a pair by now."""
    if pair is None:
        return ""
    if asked.request.state not in WAITS_FOR_DESK:
        return PASSED[asked.request.state]
    if taken[pair.mentor_id] > places.get(pair.mentor_id, 0):
        return _("Has fewer places by now than pairs: %(name)s") % {"name": pair.mentor.full_name}
    return ""


def mentors_of(row: Round) -> list[Seat]:
    """The mentors of a round by their names, with their places in it; four queries."""
    places = places_in(row)
    pairs = Counter(row.pairs.proposed().values_list("mentor", flat=True))
    return [
        Seat(each.mentor, places[each.mentor_id], each.reserved, pairs[each.mentor_id])
        for each in row.helping.select_related("mentor__place")
    ]


def summary_of(row: Round, lines: list[Line]) -> Summary:
    """The figures of the proposal that `lines` tell."""
    pairs = [line.pair for line in lines if line.pair]
    return Summary(
        requests=len(lines),
        pairs=len(pairs),
        total=sum(pair.score for pair in pairs),
        first_choices=row.first_choices,
        invited=sum(pair.outcome == Outcome.INVITED for pair in pairs),
        refused=sum(pair.outcome == Outcome.REFUSED for pair in pairs),
        warnings=sum(bool(line.warning) for line in lines),
    )


def choices_for(row: Round, request: MentoringRequest, language: str) -> list[Choice]:
    """The mentors of a round who may know of `request`, the best first, explained, with their profiles in `language`."""
    keys = list(row.helping.values_list("mentor", flat=True))
    dropped = set(row.pairs.filter(request=request, is_excluded=True).values_list("mentor", flat=True))
    helpers = how_they_fit(need_of(request), language, keys) if keys else []
    helpers.sort(key=lambda helper: (-helper.score.total, helper.profile.person.name))
    return [
        Choice(
            mentor=(mentor := helper.profile.person),
            url=helper.profile.url,
            reasons=reasons(helper),
            bar=bar(helper),
            obstacle=why_unavailable(mentor, request) or "",
            is_dropped=mentor.pk in dropped,
        )
        for helper in helpers
    ]
