"""From a need to a mentor's yes: what the gate does, and what it refuses."""

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.domain import availability
from mentoring.domain.gate import TransitionNotAllowed
from mentoring.domain.invitations import accept, decline, see
from mentoring.domain.requests import approve, begin, claim, name_another, propose, reject, submit, withdraw
from mentoring.enums import DeclineReason, InvitationState, RequestState
from mentoring.models import Invitation, Mentoring, MentoringRequest
from portal.core.models import AuditEntry
from portal.members.domain.verification import confirm, verify
from portal.notifications.models import Notification
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.people import (
    CompanyFactory,
    CoordinatorFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return CoordinatorFactory().user


def told(request):
    """(kind, receiver) of what was told since the request was sent."""
    rows = Notification.objects.filter(event__subject=f"request:{request.key}").order_by("pk")
    return [(row.kind, row.receiver) for row in rows]


def invitations(request):
    """(mentor, state, place) of a request's invitations, the first first."""
    return [(i.mentor.name, i.state, i.place) for i in request.invitations.order_by("pk")]


def test_a_request_of_a_verified_company_goes_to_the_first_named_mentor():
    petra = mentor()
    request = sent(petra)
    assert request.state == RequestState.OFFERED
    assert invitations(request) == [("Petra Nováková", InvitationState.PENDING, 1)]
    assert request.deadline == request.invitations.get().deadline
    assert told(request) == [
        ("mentoring.offered_asker", request.asker),
        ("mentoring.offered_mentor", petra.user),
    ]


def test_each_step_is_one_audit_entry():
    request = sent(mentor())
    entries = AuditEntry.objects.filter(subject=f"request:{request.key}")
    assert [(e.action, e.from_state, e.to_state, e.actor) for e in entries] == [
        ("request.submit", "draft", "offered", request.asker)
    ]


def test_a_mentor_without_a_free_place_is_passed_over():
    full = mentor("Full", places=0)
    request = sent(full, mentor("Free"))
    assert invitations(request) == [("Free", InvitationState.PENDING, 1)]
    assert Notification.objects.get(kind="mentoring.offered_asker").params["passed_over"] == ["Full"]


def test_when_no_named_mentor_is_free_the_coordinators_look(coordinator):
    request = sent(mentor(places=0))
    assert request.state == RequestState.MATCHING
    assert told(request) == [
        ("mentoring.matching_asker", request.asker),
        ("mentoring.matching_coordinators", coordinator),
    ]


def test_a_request_that_names_nobody_is_screened(coordinator):
    request = sent()
    assert request.state == RequestState.SCREENING
    assert told(request) == [
        ("mentoring.screening_asker", request.asker),
        ("mentoring.screening_coordinators", coordinator),
    ]


def test_a_request_of_an_unverified_company_waits_until_the_company_is_verified(coordinator):
    member = MembershipFactory(company=CompanyFactory(verified_on=None))
    request = submit(draft(member.user, mentor()), member.user, member.company)
    assert request.state == RequestState.SCREENING
    with pytest.raises(TransitionNotAllowed, match="das Unternehmen geprüft haben"):
        approve(request, coordinator)
    verify(member.company, coordinator)
    request.refresh_from_db()
    assert request.state == RequestState.OFFERED


def test_a_request_of_somebody_who_is_not_confirmed_waits_until_a_colleague_confirms(coordinator):
    colleague = MembershipFactory()
    newcomer = MembershipFactory(company=colleague.company, confirmed_on=None)
    request = submit(draft(newcomer.user, mentor()), newcomer.user, newcomer.company)
    assert request.state == RequestState.SCREENING
    confirm(newcomer, coordinator)
    request.refresh_from_db()
    assert request.state == RequestState.OFFERED


def test_accepting_begins_the_mentoring_and_keeps_the_place(coordinator):
    petra = mentor()
    request = accept(sent(petra).invitations.get(), petra.user)
    assert request.state == RequestState.AGREED
    assert invitations(request) == [("Petra Nováková", InvitationState.ACCEPTED, 1)]
    assert Mentoring.objects.get().request == request
    assert [kind for kind, _who in told(request)][2:] == [
        "mentoring.agreed_asker",
        "mentoring.agreed_mentor",
        "mentoring.agreed_coordinators",
    ]


def test_declining_sends_the_request_on_and_frees_the_place():
    petra, jens = mentor(), mentor("Jens Weber")
    request = decline(
        sent(petra, jens).invitations.get(), petra.user, DeclineReason.NO_TIME, "Leider keine Zeit."
    )
    assert request.state == RequestState.OFFERED
    assert invitations(request) == [
        ("Petra Nováková", InvitationState.DECLINED, None),
        ("Jens Weber", InvitationState.PENDING, 1),
    ]
    last = Notification.objects.filter(kind="mentoring.offered_asker").first()
    assert (last.params["words"], last.params["former_mentor"]) == ("Leider keine Zeit.", "Petra Nováková")


def test_seen_is_said_once_and_keeps_the_place():
    petra = mentor()
    invitation = sent(petra).invitations.get()
    see(invitation, petra.user)
    with pytest.raises(TransitionNotAllowed, match="bereits mitgeteilt"):
        see(invitation, petra.user)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.place) == (InvitationState.SEEN, 1)


def test_only_the_invited_mentor_answers():
    invitation = sent(mentor()).invitations.get()
    with pytest.raises(PermissionDenied, match="jemand anderen"):
        accept(invitation, mentor("Other").user)


def test_a_mentor_who_was_passed_by_cannot_answer_for_the_next_one():
    petra, jens = mentor(), mentor("Jens")
    request = sent(petra, jens)
    first = request.invitations.get()
    availability.change(petra, petra.user, lambda: pause(petra))
    with pytest.raises(TransitionNotAllowed, match="weitergegeben"):
        accept(first, petra.user)


def pause(person):
    type(person).objects.filter(pk=person.pk).update(paused_until="2099-01-01")


def test_pausing_passes_all_open_invitations_on():
    petra, jens = mentor(), mentor("Jens")
    one, two = sent(petra, jens), sent(petra)
    assert availability.change(petra, petra.user, lambda: pause(petra)) == 2
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.state, two.state) == (RequestState.OFFERED, RequestState.MATCHING)


def test_fewer_places_pass_on_the_latest_invitations():
    petra = mentor(places=2)
    one, two = sent(petra), sent(petra)

    def one_place():
        type(petra).objects.filter(pk=petra.pk).update(places=1)

    assert availability.change(petra, petra.user, one_place) == 1
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.state, two.state) == (RequestState.OFFERED, RequestState.MATCHING)


def test_withdrawing_frees_the_place_and_tells_the_mentor():
    petra = mentor()
    request = sent(petra)
    request = withdraw(request, request.asker)
    assert request.state == RequestState.WITHDRAWN
    assert invitations(request) == [("Petra Nováková", InvitationState.WITHDRAWN, None)]
    assert told(request)[-1] == ("mentoring.withdrawn_mentor", petra.user)


def test_the_company_names_another_mentor_while_the_coordinators_look():
    request = sent(mentor(places=0))
    request = name_another(request, request.asker, mentor("Jens"))
    assert request.state == RequestState.OFFERED


def test_naming_a_mentor_who_is_full_is_refused_with_the_reason():
    request, full = sent(mentor(places=0)), mentor("Voll", places=0)
    with pytest.raises(TransitionNotAllowed, match="kein freier Platz: Voll"):
        name_another(request, request.asker, full)


def test_a_coordinator_proposes_or_rejects(coordinator):
    request = propose(sent(), coordinator, mentor())
    assert request.state == RequestState.OFFERED
    assert request.invitations.get().proposed_by == coordinator
    request = reject(sent(), coordinator, "Bitte an die Kammer.")
    assert (request.state, request.refusal) == (RequestState.REJECTED, "Bitte an die Kammer.")


def test_a_coordinator_of_another_partner_may_not():
    stranger = CoordinatorFactory(organisation=OrganisationFactory(slug="icuk", short_name="ICUK")).user
    with pytest.raises(PermissionDenied, match="zuständigen Partners"):
        approve(sent(), stranger)


def test_sending_twice_is_one_request():
    member = MembershipFactory()
    request = draft(member.user, mentor())
    submit(request, member.user, member.company)
    with pytest.raises(TransitionNotAllowed):
        submit(request, member.user, member.company)
    assert Invitation.objects.count() == 1


def test_two_open_requests_per_company_are_enough():
    member = MembershipFactory()
    for _ in range(2):
        sent(mentor(), company=member.company, asker=member.user)
    with pytest.raises(TransitionNotAllowed, match="zwei offene Anfragen"):
        sent(mentor(), company=member.company, asker=member.user)
    assert MentoringRequest.objects.filter(state=RequestState.DRAFT).count() == 1


def test_a_mentor_of_the_same_company_or_excluded_is_never_asked():
    member = MembershipFactory()
    colleague, excluded, wary = mentor("A", company=member.company), mentor("B"), mentor("C")
    wary.excluded_companies.add(member.company)
    request = draft(member.user, colleague, excluded, wary)
    request.excluded.add(excluded)
    assert submit(request, member.user, member.company).state == RequestState.MATCHING


def test_a_draft_that_was_begun_signed_out_is_claimed_once():
    request, first, second = begin("de"), UserFactory(), UserFactory()
    assert claim(request.key, first)
    assert not claim(request.key, second)
    request.refresh_from_db()
    assert request.asker == first
