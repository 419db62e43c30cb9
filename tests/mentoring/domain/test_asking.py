"""A draft belongs to whoever wrote it, and stays a draft until the gate says otherwise."""

from uuid import uuid4

import pytest

from mentoring.domain.asking import (
    DraftGoneError,
    Reader,
    companies_of,
    find,
    first_gap,
    likely_company,
    memberships_of,
    start,
    wish,
    wishes_in,
    write,
)
from mentoring.domain.gate import TransitionNotAllowed
from mentoring.domain.requests import withdraw
from mentoring.models import MentoringRequest
from search.domain.indexing import rebuild
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.pages import GuidePageFactory
from tests.factories.people import CompanyFactory, CoordinatorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

NOBODY = Reader(None)


def test_a_second_start_changes_the_words_and_keeps_topics_and_mentors():
    key, petra = uuid4(), mentor()
    start(key, NOBODY, "de", "Wir brauchen OPC UA.", mentor=petra.pk)
    start(key, NOBODY, "de", "Wir brauchen ein CRM.", mentor=mentor("Jens").pk)
    found = MentoringRequest.objects.get()
    assert found.problem == "Wir brauchen ein CRM."
    assert [topic.slug for topic in found.topics.all()] == ["opc-ua"]
    assert wishes_in(found) == ([petra.pk], [], [topic.pk for topic in found.topics.all()])


def test_words_that_no_label_names_bring_the_topics_of_pages_that_say_something_similar():
    GuidePageFactory(title="Fräsmaschinen, die oft stillstehen", topics=["predictive-maintenance"])
    rebuild()
    start(uuid4(), NOBODY, "de", "Unsere Fräsmaschinen stehen oft still.")
    assert [topic.slug for topic in MentoringRequest.objects.get().topics.all()] == ["predictive-maintenance"]


def test_whoever_signed_in_meanwhile_takes_the_draft_over():
    key, user = uuid4(), UserFactory()
    start(key, NOBODY, "de", "Erst ohne Konto.")
    start(key, Reader(user), "de", "Dann mit Konto.")
    assert MentoringRequest.objects.get().asker == user


def test_nobody_starts_into_a_draft_of_somebody_else():
    request = draft(UserFactory())
    for reader in (NOBODY, Reader(UserFactory())):
        with pytest.raises(DraftGoneError):
            start(request.key, reader, "de", "Fremd")
    request.refresh_from_db()
    assert request.problem == "Unsere Fräsmaschinen stehen oft."


def test_the_key_alone_opens_nothing():
    start(key := uuid4(), NOBODY, "de", "Unser Problem")
    assert find(key, Reader(None, [str(key)])).key == key
    for reader in (NOBODY, Reader(UserFactory()), Reader(None, [str(uuid4())])):
        with pytest.raises(DraftGoneError):
            find(key, reader)


def test_what_was_sent_is_not_written_any_more():
    request = sent(mentor())
    for act in (lambda: write(request, problem="Neu"), lambda: wish(request, [], [])):
        with pytest.raises(TransitionNotAllowed):
            act()
    assert len(wishes_in(request)[0]) == 1
    withdraw(request, request.asker)
    with pytest.raises(TransitionNotAllowed):
        write(request, problem="Neu")


def test_what_was_discarded_is_not_written_either():
    request = draft(UserFactory())
    MentoringRequest.objects.all().delete()
    with pytest.raises(DraftGoneError):
        write(request, problem="Neu")


def test_wishes_are_replaced_as_a_whole():
    request, anna, berta = draft(UserFactory()), mentor("Anna"), mentor("Berta")
    wish(request, [anna.pk, berta.pk], [])
    wish(request, [berta.pk], [anna.pk])
    assert wishes_in(request) == ([berta.pk], [anna.pk], [topic.pk for topic in request.topics.all()])


@pytest.mark.parametrize(
    ("missing", "step"),
    [({}, ""), ({"problem": " "}, "topic"), ({"goal": ""}, "need"), ({"languages": []}, "need")],
)
def test_the_first_gap_is_the_step_to_go_to(missing, step):
    request = draft(UserFactory())
    for name, value in missing.items():
        setattr(request, name, value)
    assert first_gap(request, ["a topic"]) == step
    assert first_gap(request, []) == "topic"


def test_one_asks_for_one_s_own_companies_and_coordinators_for_those_of_their_partner():
    member, seat = MembershipFactory(), CoordinatorFactory()
    elsewhere = CompanyFactory(home_partner__slug="icuk", home_partner__short_name="ICUK")
    assert companies_of(member.user) == [member.company]
    assert member.company in companies_of(seat.user)
    assert elsewhere not in companies_of(seat.user)


def test_of_several_companies_none_is_taken_for_granted():
    member = MembershipFactory()
    assert likely_company(memberships_of(member.user)) == member.company
    MembershipFactory(user=member.user)
    assert likely_company(memberships_of(member.user)) is None
    assert memberships_of(None) == []
