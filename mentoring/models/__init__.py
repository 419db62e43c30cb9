"""Who helps (pages.py), what is asked and agreed (requests.py), and how soon mentors answer (habits.py)."""

from mentoring.models.habits import AnsweringHabit
from mentoring.models.pages import DirectoryPage, ExpertPage, MentorPage, ProfilePage, person_with_facts
from mentoring.models.requests import RANKS, Invitation, Mentoring, MentoringRequest, RankedMentor

__all__ = [
    "RANKS",
    "AnsweringHabit",
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
