"""What happens once a draft is sent, and until when, as far as that can be said beforehand."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from matching.domain.needs import SIDES
from mentoring.domain.workflow import DEADLINES
from mentoring.enums import RequestState
from portal.members.models import Membership, Person


@dataclass(frozen=True)
class Outlook:
    """The latest days (local); `checked` is None when nobody has to look at the request before a mentor does."""

    checked: date | None
    answered: date
    first_meeting: date
    #: who is asked first, and who is asked then; None: whom a coordinator proposes
    first: Person | None
    second: Person | None


def outlook(named: list[Person], memberships: list[Membership], language: str, country: str = "") -> Outlook:
    """What follows if somebody with `memberships` sends a draft today that names `named`, by rank.

    `country` is where the company is; until that is known, `language` says on which side of the border.
    """
    country = country or SIDES[language]
    states = RequestState.SCREENING, RequestState.OFFERED, RequestState.AGREED
    screening, offered, agreed = (DEADLINES[state] for state in states)
    checked = None if named and _is_vouched_for(memberships) else screening.ends(country)
    answered = offered.ends(country, checked)
    meeting = agreed.ends(country, answered)
    return Outlook(
        timezone.localdate(checked) if checked else None,
        timezone.localdate(answered),
        timezone.localdate(meeting),
        *([*named, None, None])[:2],
    )


def _is_vouched_for(memberships: list[Membership]) -> bool:
    """Whether a request of their user goes to the mentor at once."""
    return any(row.confirmed_on and row.company.verified_on for row in memberships)
