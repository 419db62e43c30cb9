"""Who helps (pages.py) and how soon they answer (habits.py), what is asked and agreed (requests.py), and rounds (rounds.py)."""

from mentoring.models.habits import AnsweringHabit
from mentoring.models.pages import DirectoryPage, ExpertPage, MentorPage, ProfilePage, person_with_facts
from mentoring.models.requests import RANKS, Invitation, Mentoring, MentoringRequest, RankedMentor
from mentoring.models.rounds import Round, RoundMentor, RoundPair, RoundRequest

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
    "Round",
    "RoundMentor",
    "RoundPair",
    "RoundRequest",
    "person_with_facts",
]
