"""A round as tests read it, and two topics that requests and mentors of a round can have in common."""

from mentoring.models import MentoringRequest, Round
from portal.members.models import Person

MACHINES, SECURITY = "predictive-maintenance", "nis2-directive"


def pairs(row: Round) -> dict[MentoringRequest, Person]:
    """Who is to be brought together."""
    return {pair.request: pair.mentor for pair in row.pairs.proposed().select_related("request", "mentor")}


def current(row: Round) -> Round:
    row.refresh_from_db()
    return row
