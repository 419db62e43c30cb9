"""What people are told about requests, in their language."""

import pytest
from django.utils import translation

from mentoring.domain.invitations import accept, decline, key_from
from mentoring.domain.requests import approve, propose, reject, submit, withdraw
from mentoring.domain.workflow import TOLD
from mentoring.enums import DeclineReason, RequestState
from mentoring.models import Invitation
from portal.members.models import Company, Membership, Person
from portal.notifications.domain.texts import text_of
from portal.notifications.models import Notification
from portal.notifications.registry import kinds
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.people import CompanyFactory, CoordinatorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

KINDS = {f"mentoring.{state}_{party}" for state, parties in TOLD.items() for party in parties}
PHONE, DESK_PHONE = "+49 375 555 01", "+420 475 555 02"


def latest(kind: str) -> Notification:
    return Notification.objects.filter(kind=f"mentoring.{kind}").order_by("-pk")[0]


def body(kind: str, language: str = "de") -> str:
    return text_of(latest(kind), language, for_mail=True).body


def everything_that_can_happen() -> None:
    """A request through every state that tells somebody."""
    coordinator = CoordinatorFactory().user
    named = mentor("Petra Nováková", phone=DESK_PHONE)
    agreed = sent(named)
    accept(agreed.invitations.get(), named.user)
    withdraw(request := sent(mentor("Jana Horká")), request.asker)
    withdraw(sent(mentor("Eva Malá")), coordinator)
    reject(request := sent(), coordinator, "Das ist leider nichts für uns.")
    declined = sent(reluctant := mentor("Jan Malý"))
    decline(declined.invitations.get(), reluctant.user, DeclineReason.NO_TIME, "Bis März keine Zeit.")


def test_there_is_a_text_for_every_state_and_party_of_the_table():
    assert {name for name in kinds if name.startswith("mentoring.")} == KINDS


@pytest.mark.parametrize("language", ["de", "cs"])
def test_every_text_ends_with_a_link_and_leaves_no_gap(language):
    everything_that_can_happen()
    told = Notification.objects.filter(kind__startswith="mentoring.")
    assert {notification.kind for notification in told} == KINDS
    for notification in told:
        text = text_of(notification, language)
        paragraphs = text.body.split("\n\n")
        label, _line, link = paragraphs[-1].strip().partition("\n")
        assert (bool(label), link) == (True, text.link), text.body
        assert "" not in [paragraph.strip(" :„“") for paragraph in paragraphs], text.body
        assert (text.subject[-1:] in ":,", "None" in text.body, "%(" in text.body) == (False,) * 3, text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_text_is_said_in_either_language(kind):
    everything_that_can_happen()
    notification = Notification.objects.filter(kind=kind)[0]
    german, czech = (text_of(notification, language) for language in ("de", "cs"))
    assert german.subject != czech.subject
    assert not set(german.body.split("\n\n")[:1]) & set(czech.body.split("\n\n"))


def test_days_are_said_as_readers_say_them():
    sent(person := mentor())
    invitation = Invitation.objects.get(mentor=person)
    invitation.deadline = invitation.deadline.replace(year=invitation.deadline.year, month=11, day=30)
    notification = latest("offered_mentor")
    notification.params["deadline"] = invitation.deadline.isoformat()
    assert "30. November" in text_of(notification, "de").body
    assert "30. listopadu" in text_of(notification, "cs").body


def test_after_a_refusal_the_company_reads_who_declined_in_whose_words_and_who_is_asked_now():
    sent(first := mentor("Petra Nováková"), mentor("Jan Malý"))
    decline(Invitation.objects.get(), first.user, DeclineReason.NO_TIME, "Leider bis März\nnicht.")
    text = body("offered_asker")
    assert "geklappt: Petra Nováková" in text
    assert "„Leider bis März nicht.“" in text
    assert "jetzt bei: Jan Malý" in text
    assert "verfügbar" not in text, "whoever declined is not said to be unavailable as well"


def test_the_coded_reason_is_for_coordinators_alone():
    CoordinatorFactory()
    sent(person := mentor())
    decline(Invitation.objects.get(), person.user, DeclineReason.TOO_CLOSE, "Diesmal nicht.")
    with translation.override("de"):
        label = str(DeclineReason.TOO_CLOSE.label)
    assert label in body("matching_coordinators")
    assert label not in body("matching_asker")


def test_the_company_reads_who_could_not_be_asked():
    sent(mentor("Jan Malý", places=0), mentor("Petra Nováková"))
    assert "verfügbar: Jan Malý" in body("offered_asker")


def test_a_proposal_says_that_it_is_one():
    coordinator = CoordinatorFactory().user
    propose(sent(), coordinator, mentor())
    assert "passende Person" in body("offered_asker")


def test_a_request_that_was_checked_says_so():
    coordinator, company = CoordinatorFactory().user, CompanyFactory(verified_on=None)
    member = MembershipFactory(company=company)
    request = submit(draft(member.user, mentor()), member.user, company)
    assert request.state == RequestState.SCREENING
    Company.objects.filter(pk=company.pk).update(verified_on="2026-11-23")
    approve(request, coordinator)
    assert "ist geprüft" in body("offered_asker")


def contact_data(request, person: Person) -> list[str]:
    return [request.asker.email, request.contact_name, PHONE, person.user.email, DESK_PHONE]


def with_phones():
    person = mentor(phone=DESK_PHONE)
    member = MembershipFactory(user=UserFactory(name="Henrike Krahl"))
    request = draft(member.user, person, contact_phone=PHONE)
    return submit(request, member.user, member.company), person


@pytest.mark.parametrize("language", ["de", "cs"])
def test_before_the_yes_no_text_holds_contact_data_or_the_name_of_the_company(language):
    CoordinatorFactory()
    request, person = with_phones()
    texts = [body(kind, language) for kind in ("offered_asker", "offered_mentor")]
    found = [data for data in contact_data(request, person) if any(data in text for text in texts)]
    assert found == []
    assert request.company.name not in texts[1]


def test_the_twin_a_company_that_shows_its_name_is_named():
    member = MembershipFactory()
    submit(draft(member.user, mentor(), shows_company=True), member.user, member.company)
    assert member.company.name in body("offered_mentor")


def test_after_the_yes_each_side_reads_how_to_reach_the_other():
    request, person = with_phones()
    accept(request.invitations.get(), person.user)
    assert all(data in body("agreed_asker") for data in (person.full_name, person.user.email, DESK_PHONE))
    assert all(data in body("agreed_mentor") for data in contact_data(request, person)[:3])


def test_the_mail_to_a_mentor_opens_the_invitation_without_signing_in_and_the_inbox_does_not():
    request = sent(mentor())
    notification, invitation = latest("offered_mentor"), request.invitations.get()
    in_mail, in_inbox = (text_of(notification, "cs", for_mail=mail).link for mail in (True, False))
    assert key_from(in_mail.rstrip("/").rpartition("/")[2]) == str(invitation.key)
    assert str(invitation.key) in in_inbox
    assert "/cs/" in in_mail


def test_what_somebody_wrote_makes_no_link_of_the_portal():
    member = MembershipFactory()
    words = "Bitte hier klicken:\nhttps://evil.example/\n\nDanke"
    submit(draft(member.user, mentor(), problem=words), member.user, member.company)
    assert "\nhttps://evil.example/" not in body("offered_mentor")


def test_a_company_without_an_account_is_told_through_its_coordinators():
    coordinator = CoordinatorFactory().user
    member = MembershipFactory()
    request = submit(draft(member.user, person := mentor()), member.user, member.company)
    Membership.objects.filter(pk=member.pk).delete()
    request.asker.delete()
    decline(request.invitations.get(), person.user, DeclineReason.OTHER, "")
    assert latest("matching_asker").receiver == coordinator
