"""How soon a mentor usually answers, as the invitations tell."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from matching.domain.candidates import people
from matching.domain.cards import habit
from mentoring.domain.gate import advance
from mentoring.domain.invitations import accept, decline
from mentoring.enums import DeclineReason, Event, InvitationState
from mentoring.models import AnsweringHabit, Invitation
from portal.members.models import Person
from tests.factories.mentoring import mentor, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def petra() -> Person:
    return mentor(places=20)


def asked(person: Person, days: float) -> Invitation:
    """An invitation that came so many days ago."""
    request = sent(person)
    invitation = request.invitations.get()
    invitation.created_at = timezone.now() - dt.timedelta(days=days)
    invitation.save()
    return invitation


def answered(person: Person, *days: float) -> None:
    for each in days:
        decline(asked(person, each), person.user, DeclineReason.NO_TIME)


def days_of(person: Person) -> int | None:
    return people().profiles([person.pk], "de")[person.pk].answers_within


def test_of_two_answers_nobody_can_tell_and_of_three_the_middle_one_counts(petra):
    answered(petra, 0.1, 5)
    assert days_of(petra) is None
    answered(petra, 1.5)
    assert days_of(petra) == 2


def test_an_answer_on_the_same_day_is_one_within_a_day(petra):
    answered(petra, 0.01, 0.02, 0.03)
    assert days_of(petra) == 1


def test_accepting_is_an_answer_too(petra):
    answered(petra, 3.5, 3.5)
    accept(asked(petra, 3.5), petra.user)
    assert days_of(petra) == 4


def test_silence_counts_with_all_the_time_there_was(petra):
    answered(petra, 0.5, 0.5)
    for _time in range(3):
        request = asked(petra, 7).request
        Invitation.objects.filter(request=request).update(
            state=InvitationState.EXPIRED, place=None, closed_at=timezone.now()
        )
    answered(petra, 0.5)
    assert days_of(petra) == 8


def test_what_the_company_ended_says_nothing(petra):
    answered(petra, 1.5, 1.5)
    request = asked(petra, 6).request
    advance(request.pk, Event.WITHDRAW, request.asker)
    assert not AnsweringHabit.objects.exists()


def test_habits_change_so_only_the_latest_answers_count(petra):
    answered(petra, *[6.5] * 4)
    answered(petra, *[0.5] * 12)
    assert days_of(petra) == 1


@pytest.mark.parametrize(
    ("days", "german", "czech"),
    [
        (1, "antwortet meist innerhalb von 1 Tag", "obvykle odpovídá do 1 dne"),
        (2, "antwortet meist innerhalb von 2 Tagen", "obvykle odpovídá do 2 dnů"),
        (6, "antwortet meist innerhalb von 6 Tagen", "obvykle odpovídá do 6 dnů"),
        (7, "", ""),
    ],
)
def test_a_card_says_it_as_germans_and_czechs_count(petra, days, german, czech):
    AnsweringHabit.objects.create(mentor=petra, days=days)
    profile = people().profiles([petra.pk], "de")[petra.pk]
    for language, sentence in (("de", german), ("cs", czech)):
        with translation.override(language):
            assert habit(profile) == sentence


def test_the_page_of_the_mentor_says_it_as_well(client, petra):
    AnsweringHabit.objects.create(mentor=petra, days=2)
    assert "Antwortet meist innerhalb von 2 Tagen" in client.get(petra.mentorpages.get().url).content.decode()
    assert "antwortet meist innerhalb von 2 Tagen" in client.get("/de/mentoring/").content.decode()
