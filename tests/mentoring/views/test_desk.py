"""The coordinator's desk in the admin: who sees which requests, and what can be done with them."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.domain.invitations import decline
from mentoring.domain.requests import submit
from mentoring.enums import DeclineReason, InvitationState, RequestState
from mentoring.models import Invitation, MentoringRequest, MentorPage
from portal.members.models import Company, Membership
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.people import (
    CompanyFactory,
    CoordinatorFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.mentoring.desk import signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_second_factor")]

LIST = "/admin/mentoring_requests/"


@pytest.fixture
def theirs(client):
    other = OrganisationFactory(slug="icuk", short_name="ICUK")
    return signed_in(client, CoordinatorFactory(organisation=other, user__language="cs").user)


def unverified(*mentors) -> MentoringRequest:
    """A request of a company that nobody has verified."""
    member = MembershipFactory(company=CompanyFactory(verified_on=None))
    return submit(draft(member.user, *mentors), member.user, member.company)


def detail(request) -> str:
    return f"{LIST}{request.key}/"


def companies(client, **query) -> list[str]:
    """The companies of the list, from above."""
    return [row.company.name for row in client.get(LIST, query).context["object_list"]]


# Who sees what


@pytest.mark.usefixtures("ours")
def test_coordinators_see_the_requests_of_their_partner(client):
    request = sent()
    assert companies(client) == [request.company.name]
    assert client.get(detail(request)).status_code == 200


@pytest.mark.usefixtures("theirs")
@pytest.mark.parametrize("step", ["", "approve/", "reject/", "withdraw/", "propose/"])
def test_a_request_of_another_partner_is_not_found(client, step):
    request = sent()
    assert companies(client) == []
    assert client.get(detail(request) + step).status_code == 404
    assert client.post(detail(request) + (step or "approve/"), {"words": "Nein"}).status_code == 404
    request.refresh_from_db()
    assert request.state == RequestState.SCREENING


def test_administrators_see_all_requests(client):
    signed_in(client, UserFactory(is_superuser=True, is_staff=True))
    request = sent()
    assert companies(client) == [request.company.name]
    assert client.get(detail(request)).status_code == 200


@pytest.mark.parametrize("group", ["Editors", "Translators"])
def test_editors_and_translators_have_no_desk(client, group):
    request, user = sent(), UserFactory()
    user.groups.add(Group.objects.get(name=group))
    signed_in(client, user)
    # Wagtail leads back to the dashboard with a message
    assert [client.get(url).status_code for url in (LIST, detail(request))] == [302, 302]
    assert "mentoring_requests" not in client.get("/admin/").content.decode()
    client.post(detail(request) + "withdraw/")
    request.refresh_from_db()
    assert request.state == RequestState.SCREENING


@pytest.mark.usefixtures("ours")
def test_drafts_are_nobody_elses_business(client):
    member = MembershipFactory()
    request = draft(member.user)
    assert companies(client) == []
    assert client.get(detail(request)).status_code == 404


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("view", ["new", "edit/1", "delete/1", "history/1", "usage/1", "copy/1"])
def test_no_page_writes_rows_past_the_gate(client, view):
    assert client.get(f"{LIST}{view}/").status_code == 404


# The list


@pytest.mark.usefixtures("ours")
def test_what_waits_for_the_coordinator_stands_first_and_what_is_over_last(client):
    over, offered, waiting = sent(), sent(mentor()), sent()
    client.post(detail(over) + "reject/", {"words": "Leider nicht."})
    assert companies(client) == [request.company.name for request in (waiting, offered, over)]


@pytest.mark.usefixtures("ours")
def test_what_is_late_is_red_and_can_be_listed_alone(client):
    late, _in_time = sent(), sent()
    assert "w-text-critical-200" not in client.get(LIST).content.decode()
    assert not client.get(LIST).context["view"].active_filters, "nothing is filtered unless somebody asks"
    MentoringRequest.objects.filter(pk=late.pk).update(deadline=timezone.now() - dt.timedelta(days=1))
    assert client.get(LIST).content.decode().count("w-text-critical-200") == 1
    assert companies(client, overdue="yes") == [late.company.name]


@pytest.mark.usefixtures("ours")
def test_the_list_can_be_narrowed_to_states_and_partners(client):
    waiting, offered = sent(), sent(mentor())
    assert companies(client, state="offered") == [offered.company.name]
    home = waiting.company.home_partner_id
    assert set(companies(client, company__home_partner=home)) == {
        waiting.company.name,
        offered.company.name,
    }


@pytest.mark.usefixtures("ours")
def test_the_list_costs_the_same_with_one_and_a_hundred_requests(client):
    def request(number: int) -> None:
        company = CompanyFactory()
        row = MentoringRequest.objects.create(
            language="de", company=company, state=RequestState.SCREENING, sent_at=timezone.now()
        )
        row.ranked.create(mentor=named, rank=1)
        row.topics.set([topic])

    named = mentor()
    topic = named.topics.first()
    request(0)
    client.get(LIST)
    counts = []
    for more in (0, 99):
        for number in range(more):
            request(number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# One request


@pytest.mark.usefixtures("ours")
def test_the_page_shows_need_company_contact_and_how_to_vouch_for_both(client):
    request = unverified(mentor("Petra Nováková"))
    Membership.objects.update(confirmed_on=None)
    MentoringRequest.objects.update(contact_phone="+49 375 555 01")
    page = client.get(detail(request))
    said = words_of(page)
    for known in (request.problem, request.company.name, request.asker.email, "+49 375 555 01", "1. Petra"):
        assert known in said
    assert f"/admin/company/decide/{request.company.pk}/" in page.content.decode()
    assert f"/admin/membership/decide/{Membership.objects.get().pk}/" in page.content.decode()
    assert "Bitte" in said, "what has to be settled first"


@pytest.mark.usefixtures("ours")
def test_the_page_says_in_which_languages_the_company_can_work(client):
    member = MembershipFactory()
    wanted = draft(member.user, languages=["de", "en"], interpreting=True)
    said = words_of(client.get(detail(submit(wanted, member.user, member.company))))
    assert "Sprachen Deutsch, Englisch mit Verdolmetschung einverstanden" in said


@pytest.mark.usefixtures("ours")
def test_the_words_of_the_company_carry_their_language(client):
    request = sent()
    MentoringRequest.objects.update(language="cs", problem="Stroje stojí.")
    assert re.search(r'<dd lang="cs">\s*Stroje stojí\.', client.get(detail(request)).content.decode())


@pytest.mark.usefixtures("ours")
def test_the_page_shows_the_answers_of_mentors_with_reason_and_words_and_who_did_what(client):
    request = sent(person := mentor("Petra Nováková"))
    decline(request.invitations.get(), person.user, DeclineReason.NO_TIME, "Bis März nicht.")
    said = words_of(client.get(detail(request)))
    assert "Derzeit keine Zeit" in said
    assert "Bis März nicht." in said
    steps = client.get(detail(request)).context["history"]
    assert [(step["by"], bool(step["reason"])) for step in steps] == [
        (request.asker, False),
        (person.user, True),
    ]


@pytest.mark.usefixtures("ours")
def test_proposals_are_ranked_explained_and_leave_out_who_cannot_be_asked(client):
    request = sent()
    fits, full = mentor("Jan Malý"), mentor("Petra Nováková", places=0)
    wary = mentor("Karel Opatrný")
    wary.excluded_companies.add(request.company)
    shown = client.get(detail(request)).context["suggestions"]
    assert {row.person: row.is_free for row in shown} == {fits: True, full: False}
    assert all(row.reasons for row in shown)
    page = client.get(detail(request)).content.decode()
    assert f"propose/?mentor={fits.pk}" in page
    assert f"propose/?mentor={full.pk}" not in page


@pytest.mark.usefixtures("ours")
def test_the_page_costs_the_same_with_one_and_ten_proposals(client):
    request = sent()
    counts = []
    for more in (1, 9):
        for _number in range(more):
            mentor()
        client.get(detail(request))
        with CaptureQueriesContext(connection) as queries:
            client.get(detail(request))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# What a coordinator does


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("step", ["approve", "reject", "withdraw"])
def test_looking_at_what_a_step_leads_to_changes_nothing(client, step):
    request = sent()
    assert client.get(f"{detail(request)}{step}/").status_code == 200
    request.refresh_from_db()
    assert request.state == RequestState.SCREENING


@pytest.mark.usefixtures("ours")
def test_a_request_is_approved_once_the_company_is_verified_and_not_before(client):
    request = unverified(mentor())
    refused = client.post(detail(request) + "approve/")
    assert (refused.status_code, "Bitte" in words_of(refused)) == (409, True)
    Company.objects.update(verified_on=timezone.localdate())
    assert client.post(detail(request) + "approve/").status_code == 302
    request.refresh_from_db()
    assert request.state == RequestState.OFFERED


@pytest.mark.usefixtures("ours")
def test_approving_is_offered_once_nothing_has_to_be_settled_first(client):
    request = unverified(mentor())

    def offered() -> list[str]:
        return [str(button.label) for button in client.get(detail(request)).context["header_buttons"]]

    assert offered() == ["Nicht übernehmen", "Für das Unternehmen zurückziehen"]
    Company.objects.update(verified_on=timezone.localdate())
    assert offered()[0] == "Freigeben"


@pytest.mark.usefixtures("ours")
def test_a_request_is_rejected_with_words_that_the_company_reads(client):
    request = sent()
    assert client.post(detail(request) + "reject/", {"words": ""}).status_code == 200
    request.refresh_from_db()
    assert request.state == RequestState.SCREENING
    client.post(detail(request) + "reject/", {"words": "Das ist nichts für uns."})
    request.refresh_from_db()
    assert (request.state, request.refusal) == (RequestState.REJECTED, "Das ist nichts für uns.")


@pytest.mark.usefixtures("ours")
def test_words_written_on_a_stale_page_are_not_lost_and_a_second_click_does_nothing(client):
    request = sent()
    client.post(detail(request) + "withdraw/")
    stale = client.post(detail(request) + "reject/", {"words": "Meine lange Begründung."})
    assert (stale.status_code, "Meine lange Begründung." in words_of(stale)) == (409, True)
    request.refresh_from_db()
    assert (request.state, request.refusal) == (RequestState.WITHDRAWN, "")


@pytest.mark.usefixtures("ours")
def test_a_step_that_is_no_longer_possible_is_not_offered_but_explained(client):
    request = sent(mentor())
    assert [str(button.label) for button in client.get(detail(request)).context["header_buttons"]] == [
        "Für das Unternehmen zurückziehen"
    ]
    refused = client.get(detail(request) + "approve/", follow=True)
    assert refused.redirect_chain == [(detail(request), 302)]
    assert "wartet" in words_of(refused)


def test_a_mentor_is_asked_in_the_name_of_the_company(client, ours):
    request, person = sent(), mentor("Jan Malý")
    said = words_of(client.get(f"{detail(request)}propose/", {"mentor": person.pk}))
    assert "Jan Malý" in said
    client.post(detail(request) + "propose/", {"mentor": person.pk})
    invitation = Invitation.objects.get()
    assert (invitation.mentor, invitation.proposed_by, invitation.state) == (
        person,
        ours,
        InvitationState.PENDING,
    )


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("who", ["", "0", "nobody"])
def test_proposing_nobody_is_not_found(client, who):
    request = sent()
    assert client.get(f"{detail(request)}propose/", {"mentor": who}).status_code == 404
    assert client.post(f"{detail(request)}propose/", {"mentor": who}).status_code == 404


@pytest.mark.usefixtures("ours")
def test_a_mentor_who_has_meanwhile_no_place_cannot_be_proposed(client):
    request, full = sent(), mentor("Jan Malý", places=0)
    refused = client.post(detail(request) + "propose/", {"mentor": full.pk})
    assert (refused.status_code, "Jan Malý" in words_of(refused)) == (409, True)


@pytest.mark.usefixtures("ours")
def test_a_request_is_withdrawn_for_a_company_that_phones(client):
    request = sent(mentor())
    client.post(detail(request) + "withdraw/")
    request.refresh_from_db()
    assert (request.state, Invitation.objects.get().state) == (
        RequestState.WITHDRAWN,
        InvitationState.WITHDRAWN,
    )


@pytest.mark.usefixtures("ours")
def test_a_step_that_nobody_knows_is_not_found(client):
    request = sent()
    assert [client.get(f"{detail(request)}{step}/").status_code for step in ("accept", "dance")] == [404, 404]


# The first page of the admin


def lines(client) -> list[str]:
    page = client.get("/admin/").content.decode()
    panel = page.partition('id="waiting')[2].partition("</ul>")[0]
    return [re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r"<li>(.*?)</li>", panel, re.DOTALL)]


@pytest.mark.usefixtures("ours")
def test_the_first_page_says_what_waits_for_the_coordinator(client):
    unverified()
    sent(mentor())
    Membership.objects.create(user=UserFactory(), company=CompanyFactory())
    assert lines(client) == ["1 Mentoring-Anfrage", "1 Unternehmen", "1 Zugehörigkeit"]


@pytest.mark.usefixtures("theirs")
def test_and_not_what_waits_for_others_in_czech(client):
    unverified()
    assert lines(client) == ["0 žádostí o mentoring", "0 firem", "0 příslušností k firmě"]


@pytest.mark.usefixtures("theirs")
def test_the_desk_speaks_czech(client):
    other = OrganisationFactory(slug="icuk")
    request = sent(
        company=(member := MembershipFactory(company__home_partner=other)).company, asker=member.user
    )
    assert "Žádosti o mentoring" in words_of(client.get(LIST))
    assert "Kdo by mohl pomoci" in words_of(client.get(detail(request)))


def test_the_desk_can_be_used_in_english(client):
    signed_in(client, CoordinatorFactory(user__language="en").user)
    request, _person = sent(), mentor("Jan Malý")
    said = words_of(client.get(detail(request)))
    assert ("Who could help" in said, "Jan Malý" in said) == (True, True)


# Profiles that go off line


@pytest.mark.parametrize("leave", [lambda page: page.unpublish(), lambda page: page.delete()])
def test_whose_profile_goes_off_line_has_pending_requests_passed_on(leave):
    first, second = mentor("Petra Nováková"), mentor("Jan Malý")
    request = sent(first, second)
    leave(MentorPage.objects.get(person=first))
    states = {row.mentor: row.state for row in request.invitations.all()}
    assert states == {first: InvitationState.SUPERSEDED, second: InvitationState.PENDING}
