"""What happens once a draft is sent, and until when, as far as that can be said beforehand."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from matching.domain.needs import SIDES
from mentoring.domain.workflow import DEADLINES
from mentoring.enums import RequestState
from portal.accounts.models import User
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


def outlook(named: list[Person], user: User | None, language: str, country: str = "") -> Outlook:
    """What follows if a draft that names `named`, by rank, is sent today; one query.

    `country` is where the company is; until that is known, `language` says on which side of the border.
    """
    country = country or SIDES[language]
    states = RequestState.SCREENING, RequestState.OFFERED, RequestState.AGREED
    screening, offered, agreed = (DEADLINES[state] for state in states)
    checked = None if named and user and _is_vouched_for(user) else screening.ends(country)
    answered = offered.ends(country, checked)
    meeting = agreed.ends(country, answered)
    return Outlook(
        timezone.localdate(checked) if checked else None,
        timezone.localdate(answered),
        timezone.localdate(meeting),
        *([*named, None, None])[:2],
    )


def _is_vouched_for(user: User) -> bool:
    """Whether a request of `user` goes to the mentor at once."""
    members = Membership.objects.filter(user=user, confirmed_on__isnull=False)
    return members.filter(company__verified_on__isnull=False).exists()
