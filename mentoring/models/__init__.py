"""Who helps (pages.py), and what is asked and agreed (requests.py)."""

from mentoring.models.pages import DirectoryPage, ExpertPage, MentorPage, ProfilePage, person_with_facts
from mentoring.models.requests import RANKS, Invitation, Mentoring, MentoringRequest, RankedMentor

__all__ = [
    "RANKS",
    "DirectoryPage",
    "ExpertPage",
    "Invitation",
    "MentorPage",
    "Mentoring",
    "MentoringRequest",
    "ProfilePage",
    "RankedMentor",
    "person_with_facts",
]
