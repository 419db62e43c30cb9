"""Somebody who has just signed up enters their company in half a minute, and is led on."""

import re

import pytest
from django.test import Client

from portal.core.models import AuditEntry
from portal.members.models import Company, Membership
from tests.factories.people import (
    CompanyFactory,
    CoordinatorFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    place,
)

pytestmark = pytest.mark.django_db

PAGE = {"de": "/de/mein-unternehmen/", "cs": "/cs/moje-firma/"}
DECIDE = {
    "confirm": "/de/mein-unternehmen/bestaetigen/{}/",
    "decline": "/de/mein-unternehmen/ablehnen/{}/",
}
#: session, account, the companies, the colleagues who wait, and what the frame of the page asks for
QUERIES = 4
FORM = {"name": "Weber Zerspanung GmbH", "place": "Zwickau", "size": "small", "register_number": ""}


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.PORTAL_DEMO = True


@pytest.fixture
def user(client: Client):
    """Somebody without a company, who is signed in."""
    OrganisationFactory(email="desk@bic.example")
    user = UserFactory(name="Jens Weber")
    client.force_login(user)
    return user


def words(response) -> str:
    """The page without markup, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize("language", ["de", "cs"])
def test_strangers_are_asked_to_sign_in_and_come_back(client: Client, language: str):
    answer = client.get(PAGE[language] + "?next=/de/")
    assert answer.status_code == 302
    assert f"next={PAGE[language]}%3Fnext%3D/de/" in answer.url


@pytest.mark.parametrize(
    ("language", "heading", "state"),
    [("de", "Ihr Unternehmen", "Wartet seit"), ("cs", "Vaše firma", "Čeká od")],
)
def test_a_company_is_entered_and_stands_there_with_whom_it_waits_for(
    client: Client, user, language: str, heading: str, state: str
):
    assert heading in words(client.get(PAGE[language]))
    page = client.post(PAGE[language], FORM, follow=True)
    assert page.redirect_chain[-1][0] == PAGE[language]
    company = Company.objects.get()
    assert (company.name, company.place, company.size) == (FORM["name"], place("Zwickau"), "small")
    for word in (FORM["name"], state, "BIC Zwickau", "desk@bic.example"):
        assert word in words(page)


@pytest.mark.parametrize(
    ("onwards", "arrives"),
    [
        ("/de/mentoring/", "/de/mentoring/"),
        ("https://evil.example/", PAGE["de"]),
        ("//evil.example/", PAGE["de"]),
        ("javascript:alert(1)", PAGE["de"]),
        ("account_login", PAGE["de"]),
        ("\x00", PAGE["de"]),
    ],
)
def test_the_reader_goes_on_to_where_they_came_from_on_this_portal(
    client: Client, user, onwards: str, arrives: str
):
    page = client.get(PAGE["de"], {"next": onwards}).content.decode()
    assert ('name="next"' in page) is (arrives == onwards)
    assert client.post(PAGE["de"], {**FORM, "next": onwards}).url == arrives


def test_a_double_click_enters_one_company(client: Client, user):
    client.post(PAGE["de"], FORM)
    client.post(PAGE["de"], FORM)
    assert Company.objects.count() == Membership.objects.count() == AuditEntry.objects.count() == 1


def test_looking_writes_nothing(client: Client, user):
    client.get(PAGE["de"], FORM)
    assert Company.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "error"), [("de", "Diesen Ort kennen wir nicht."), ("cs", "Tuto obec neznáme.")]
)
def test_an_unknown_place_is_said_and_what_was_typed_stays(client: Client, user, language: str, error: str):
    page = client.post(PAGE[language], {**FORM, "place": "Qqxxq"})
    assert error in words(page)
    source = page.content.decode()
    for typed in ('value="Weber Zerspanung GmbH"', 'value="Qqxxq"'):
        assert typed in source
    assert re.search(r'value="small"[^>]*checked', source)
    assert Company.objects.count() == 0


def test_what_is_missing_is_said_by_its_name(client: Client, user):
    page = words(client.post(PAGE["de"], {}))
    for error in (
        "Bitte geben Sie den Namen des Unternehmens an.",
        "Bitte geben Sie den Ort an.",
        "Bitte wählen Sie, wie viele Menschen dort arbeiten.",
    ):
        assert error in page


def test_a_slip_in_the_place_is_answered_with_the_nearest_ones(client: Client, user):
    page = client.post(PAGE["de"], {**FORM, "place": "Zwikau"})
    offered = page.context["form"].fields["which_place"].choices
    assert offered[0][1].startswith("Zwickau, ")
    client.post(PAGE["de"], {**FORM, "place": "Zwikau", "which_place": offered[0][0]})
    assert Company.objects.get().place == place("Zwickau")


def test_of_two_places_with_one_name_the_reader_chooses(client: Client, user):
    first, second = (
        pk
        for pk, _ in client.post(PAGE["cs"], {**FORM, "place": "lipova"})
        .context["form"]["which_place"]
        .field.choices
    )
    client.post(PAGE["cs"], {**FORM, "place": "lipova", "which_place": second})
    assert str(Company.objects.get().place_id) == second
    assert first != second


@pytest.mark.parametrize("choice", ["", "0", "x", "99999999999999999999", "\x00"])
def test_a_place_that_was_not_offered_is_not_taken(client: Client, user, choice: str):
    client.post(PAGE["de"], {**FORM, "place": "Zwikau", "which_place": choice})
    assert Company.objects.count() == 0


def test_whose_company_is_here_is_asked_and_may_say_yes(client: Client, user):
    theirs = CompanyFactory(name="WEBER Zerspanung", place=place("Dresden"))
    page = client.post(PAGE["de"], FORM)
    assert "Ja, ich gehöre zu: WEBER Zerspanung (Dresden)" in words(page)
    assert 'value="Weber Zerspanung GmbH"' in page.content.decode()
    assert Membership.objects.count() == 0
    page = client.post(PAGE["de"], {**FORM, "company": theirs.pk}, follow=True)
    assert Membership.objects.get(user=user, company=theirs).confirmed_on is None
    assert Company.objects.count() == 1
    assert "bestätigt, dass Sie dazugehören" in words(page)


def test_whose_company_is_here_may_say_no(client: Client, user):
    theirs = CompanyFactory(name="WEBER Zerspanung", place=place("Dresden"))
    client.post(PAGE["de"], {**FORM, "company": "another"})
    own = Company.objects.exclude(pk=theirs.pk).get()
    assert own.memberships.get().user == user


@pytest.mark.parametrize("choice", ["other", "unverified"])
def test_nobody_joins_what_was_not_offered(client: Client, user, choice: str):
    CompanyFactory(name="WEBER Zerspanung")
    target = CompanyFactory(
        name="Something else", verified_on=None if choice == "unverified" else "2026-01-01"
    )
    client.post(PAGE["de"], {**FORM, "company": target.pk})
    assert Membership.objects.count() == 0


def test_the_names_of_companies_that_wait_are_not_given_away(client: Client, user):
    CompanyFactory(name="WEBER Zerspanung", verified_on=None)
    page = client.post(PAGE["de"], FORM, follow=True)
    assert "WEBER" not in page.content.decode()
    assert Company.objects.filter(memberships__user=user).count() == 1


def test_a_refusal_of_the_portal_is_said_and_what_was_typed_stays(client: Client, user):
    for number in range(5):
        client.post(PAGE["de"], {**FORM, "name": f"Firma Nummer{number}"})
    page = client.post(PAGE["de"], FORM)
    assert "Bitte warten Sie zuerst eine Antwort ab." in words(page)
    assert 'value="Weber Zerspanung GmbH"' in page.content.decode()
    assert Company.objects.count() == 5


@pytest.mark.parametrize(
    "field", ["name", "place", "size", "register_number", "company", "which_place", "next"]
)
@pytest.mark.parametrize(
    "hostile",
    [
        "",
        " ",
        "\x00",
        "a\x00b",
        "<script>alert(1)</script>",
        "x" * 1_000_000,
        "9" * 25,
        "' OR 1=1 --",
        "\u202e",
    ],
    ids=["empty", "blank", "NUL", "NUL inside", "markup", "a megabyte", "number", "quotes", "direction"],
)
def test_hostile_words_are_answered(client: Client, user, field: str, hostile: str):
    page = client.post(PAGE["de"], {**FORM, field: hostile})
    assert page.status_code in (200, 302)
    assert "<script>alert" not in page.content.decode()
    assert Company.objects.filter(name="Weber Zerspanung GmbH").count() <= 1


def test_a_colleague_is_confirmed_from_the_page(client: Client, user):
    company = MembershipFactory(user=user).company
    newcomer = UserFactory(name="Jana Nová", email="jana@weber.example")
    membership = MembershipFactory(user=newcomer, company=company, confirmed_on=None)
    page = client.get(PAGE["de"])
    assert "jana@weber.example" in words(page)
    assert DECIDE["confirm"].format(membership.pk) in page.content.decode()
    answer = client.post(DECIDE["confirm"].format(membership.pk), {"next": "/de/"})
    assert answer.url == "/de/"
    membership.refresh_from_db()
    assert membership.confirmed_by == user
    assert "jana@weber.example" not in words(client.get(PAGE["de"]))


def test_a_colleague_is_declined_and_a_second_click_finds_nothing(client: Client, user):
    company = MembershipFactory(user=user).company
    membership = MembershipFactory(company=company, confirmed_on=None)
    assert client.post(DECIDE["decline"].format(membership.pk)).status_code == 302
    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert client.post(DECIDE["decline"].format(membership.pk)).status_code == 404


def test_declining_what_somebody_else_has_confirmed_is_said(client: Client, user):
    company = MembershipFactory(user=user).company
    membership = MembershipFactory(company=company)
    page = client.post(DECIDE["decline"].format(membership.pk), follow=True)
    assert "wurde inzwischen bestätigt" in words(page)
    assert Membership.objects.filter(pk=membership.pk).exists()


@pytest.mark.parametrize("decision", DECIDE)
def test_a_coordinator_decides_too(client: Client, decision: str):
    membership = MembershipFactory(confirmed_on=None)
    client.force_login(CoordinatorFactory().user)
    assert client.post(DECIDE[decision].format(membership.pk)).status_code == 302
    remaining = Membership.objects.filter(pk=membership.pk, confirmed_on__isnull=False)
    assert remaining.exists() is (decision == "confirm")


@pytest.mark.parametrize("decision", DECIDE)
@pytest.mark.parametrize("who", ["themselves", "another company", "another partner", "no company"])
def test_nobody_else_learns_that_the_membership_is_there(client: Client, decision: str, who: str):
    membership = MembershipFactory(confirmed_on=None)
    elsewhere = OrganisationFactory(slug="icuk", short_name="ICUK")
    client.force_login(
        {
            "themselves": lambda: membership.user,
            "another company": lambda: MembershipFactory().user,
            "another partner": lambda: CoordinatorFactory(organisation=elsewhere).user,
            "no company": UserFactory,
        }[who]()
    )
    assert client.post(DECIDE[decision].format(membership.pk)).status_code == 404
    membership.refresh_from_db()
    assert membership.confirmed_on is None


@pytest.mark.parametrize("pk", [0, 10**30])
def test_a_membership_that_is_not_there_is_not_found(client: Client, user, pk: int):
    assert client.post(DECIDE["confirm"].format(pk)).status_code == 404


@pytest.mark.parametrize("decision", DECIDE)
def test_a_link_decides_nothing(client: Client, user, decision: str):
    company = MembershipFactory(user=user).company
    membership = MembershipFactory(company=company, confirmed_on=None)
    assert client.get(DECIDE[decision].format(membership.pk)).status_code == 405


@pytest.mark.parametrize("others", [1, 6])
def test_the_page_does_not_ask_for_each_company(client: Client, user, others: int, django_assert_num_queries):
    for _number in range(others):
        company = MembershipFactory(user=user).company
        MembershipFactory(company=company, confirmed_on=None)
    client.get(PAGE["de"])
    with django_assert_num_queries(QUERIES):
        client.get(PAGE["de"])
