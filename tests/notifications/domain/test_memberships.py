"""Who is told what happens to companies and memberships, and in which words."""

import pytest

from portal.members.domain.companies import found, join
from portal.members.domain.verification import confirm, decline, verify
from portal.notifications.domain.memberships import kinds
from portal.notifications.domain.texts import text_of
from portal.notifications.models import Mail, Notification
from portal.notifications.registry import kinds as registered
from tests.factories.people import (
    CompanyFactory,
    CoordinatorFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    UserFactory,
    place,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """A coordinator of the partner that the rows of the factories belong to, and one of another."""
    CoordinatorFactory(
        organisation=OrganisationFactory(slug="icuk", short_name="ICUK", place=place("Ústí nad Labem"))
    )
    return CoordinatorFactory().user


def told() -> list[tuple]:
    """(text, receiver) in the order of telling."""
    return [(row.kind, row.receiver) for row in Notification.objects.order_by("pk")]


def test_a_new_company_is_told_to_its_coordinators(desk):
    found(UserFactory(), "Weber GmbH", place("Zwickau"), "small")
    assert told() == [("members.company_founded", desk)]


def test_whoever_says_to_belong_is_told_to_members_and_coordinators(desk):
    company = CompanyFactory()
    colleague = MembershipFactory(company=company).user
    MembershipFactory(company=company, confirmed_on=None)
    MembershipFactory(company=company, user__is_active=False)
    join(UserFactory(), company)
    assert told() == [
        ("members.membership_asked_colleague", colleague),
        ("members.membership_asked_coordinator", desk),
    ]


@pytest.mark.parametrize(("decide", "text"), [(confirm, "confirmed"), (decline, "declined")])
def test_the_user_is_told_of_the_decision_and_nobody_else(desk, decide, text):
    user = UserFactory()
    membership = join(user, CompanyFactory())
    Notification.objects.all().delete()
    decide(membership, desk)
    assert told() == [(f"members.membership_{text}", user)]


def test_a_verified_company_is_told_to_its_members(desk):
    company = CompanyFactory(verified_on=None)
    member = MembershipFactory(company=company).user
    verify(company, desk)
    verify(company, desk)
    assert told() == [("members.company_verified", member)]


def test_a_verified_person_is_told_and_one_without_an_account_is_not(desk):
    person = PersonFactory(verified_on=None)
    verify(PersonFactory(verified_on=None, user=None), desk)
    verify(person, desk)
    assert told() == [("members.person_verified", person.user)]


def test_nobody_is_told_what_they_did_themselves(desk):
    company = CompanyFactory()
    join(desk, company)
    assert told() == []


def test_replies_go_to_the_desk_of_the_home_partner(desk):
    company = CompanyFactory()
    join(UserFactory(), company)
    assert {row.reply_to for row in Notification.objects.all()} == {company.home_partner}
    assert Mail.objects.count() == Notification.objects.count() == 1


def test_every_text_of_the_list_is_registered():
    assert {kind.name for kind in kinds()} <= registered.keys()


@pytest.mark.parametrize(
    ("language", "subject", "words", "link"),
    [
        (
            "de",
            "Gehört diese Person zu Ihnen? Jana O’Neil & Co",
            "Jemand gibt an, zu Ihrem Unternehmen (Weber & Söhne) zu gehören:",
            "/de/mein-unternehmen/",
        ),
        (
            "cs",
            "Patří tato osoba k vám? Jana O’Neil & Co",
            "Někdo uvádí, že patří k vaší firmě (Weber & Söhne):",
            "/cs/moje-firma/",
        ),
    ],
)
def test_the_text_speaks_the_language_of_the_reader(desk, language, subject, words, link):
    company = CompanyFactory(name="Weber & Söhne")
    MembershipFactory(company=company)
    join(UserFactory(name="Jana O’Neil & Co", email="jana@weber.example"), company)
    text = text_of(Notification.objects.get(kind="members.membership_asked_colleague"), language)
    assert text.subject == subject
    assert text.body.splitlines()[0] == words
    assert "jana@weber.example" in text.body
    assert text.link.endswith(link)


@pytest.mark.parametrize("language", ["de", "cs"])
def test_each_text_can_be_written_and_leads_to_a_page(desk, language):
    company, person = CompanyFactory(verified_on=None), PersonFactory(verified_on=None)
    MembershipFactory(company=company)
    verify(company, desk)
    verify(person, desk)
    confirm(join(UserFactory(), company), desk)
    decline(join(UserFactory(), company), desk)
    found(UserFactory(), "Weber GmbH", place("Zwickau"), "small")
    texts = {row.kind: text_of(row, language) for row in Notification.objects.all()}
    assert texts.keys() == {kind.name for kind in kinds()}
    for text in texts.values():
        assert text.subject
        assert text.body.endswith(text.link)
