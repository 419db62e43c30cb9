"""My area shows what is open, with whom, and what happens next; it costs the same for one row and for three hundred."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override

from mentoring.domain.invitations import accept
from mentoring.domain.requests import withdraw
from mentoring.enums import InvitationState, RequestState
from mentoring.models import Invitation, MentoringRequest
from portal.notifications.enums import MailState
from portal.notifications.models import Mail
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.people import CompanyFactory, CoordinatorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

#: of somebody who has everything: session and reader 4, menus 2, companies 2, mails 1, messages 5, requests 5,
#: profile and invitations 2, coordination 1
QUERIES = 15


def area(client, user, language="de", **query):
    client.force_login(user)
    with override(language):
        return client.get(reverse("my_area"), query)


def text(response):
    return response.content.decode()


def test_whoever_is_signed_out_signs_in_first(client):
    url = reverse("my_area")
    assert client.get(url).url.endswith(f"?next={url}")


@pytest.mark.parametrize("language", ["de", "cs"])
def test_an_empty_area_says_what_one_can_do(client, language):
    shown = text(area(client, UserFactory(), language))
    with override(language):
        assert gettext("Nothing is open at present.") in shown
        assert reverse("mentoring:begin") in shown
        assert reverse("my_account") in shown


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "sonst fragen wir Jens Weber"), ("cs", "jinak oslovíme další osobu: Jens Weber")],
)
def test_an_open_request_says_who_answers_and_what_else_happens(client, language, sentence):
    request = sent(mentor(), mentor("Jens Weber"))
    shown = text(area(client, request.asker, language))
    assert sentence in shown


def test_colleagues_see_it_and_others_do_not(client):
    request = sent(mentor())
    assert "Unsere Fräsmaschinen" in text(area(client, MembershipFactory(company=request.company).user))
    assert "Unsere Fräsmaschinen" not in text(area(client, MembershipFactory().user))


def test_a_draft_is_continued_or_deleted_by_its_writer_alone(client):
    membership = MembershipFactory()
    written = draft(membership.user)
    delete = reverse("mentoring:discard", args=[written.key])
    assert delete in text(area(client, membership.user))
    assert delete not in text(area(client, MembershipFactory(company=membership.company).user))


def test_contact_data_shows_once_both_have_agreed(client):
    petra = mentor(phone="+420 475 654321")
    request = sent(petra)

    def secrets():
        company, helper = text(area(client, request.asker)), text(area(client, petra.user))
        return [
            petra.user.email in company,
            petra.phone in company,
            request.asker.email in helper,
            request.company.name in helper,
        ]

    assert secrets() == [False] * 4
    accept(request.invitations.get(), petra.user)
    assert secrets() == [True] * 4


def test_a_mentor_reads_what_to_answer_first_and_the_places(client):
    petra = mentor()
    invitation = sent(petra).invitations.get()
    shown = text(area(client, petra.user))
    assert reverse("mentoring:invitation", args=[invitation.key]) in shown
    assert "noch 7 Tage" in shown
    assert "1 von 2" in shown


def test_a_coordinator_finds_the_door_to_the_desk(client, settings):
    settings.PORTAL_DEMO = True  # where coordinators need no second factor
    coordinator = CoordinatorFactory()
    sent(company=MembershipFactory().company, asker=None)
    shown = text(area(client, coordinator.user))
    assert "1 Anfrage wartet auf Sie." in shown
    assert reverse("mentoring_requests:index") in shown


def test_a_coordinator_reads_what_waits_the_most_urgent_first(client, settings):
    settings.PORTAL_DEMO = True
    coordinator = CoordinatorFactory()
    assert gettext("No request waits for you.") in text(area(client, coordinator.user))
    late, soon = (
        sent(company=CompanyFactory(name="Zeta GmbH")),
        sent(company=CompanyFactory(name="Alfa GmbH")),
    )
    MentoringRequest.objects.filter(pk=late.pk).update(deadline=late.deadline - timedelta(days=9))
    copies(soon, 10)
    shown = area(client, coordinator.user)
    assert "12 Anfragen warten auf Sie." in text(shown)
    assert [need.pk for need in shown.context["waiting"]][:2] == [late.pk, soon.pk]
    assert len(shown.context["waiting"]) == 5
    assert reverse("mentoring_requests:detail", args=[late.key]) in text(shown)


def test_who_looks_after_companies_is_not_asked_for_one(client, settings):
    settings.PORTAL_DEMO = True
    sentence = gettext("Mentors help companies. Which one is yours?")
    assert sentence in text(area(client, UserFactory()))
    assert sentence not in text(area(client, CoordinatorFactory().user))


def test_whoever_our_mails_do_not_reach_is_told(client):
    user = UserFactory()
    sentence = gettext("Our mails do not reach you")
    assert sentence not in text(area(client, user))
    Mail.objects.create(to=user.email, message_id="<1@example.org>", state=MailState.REFUSED)
    assert sentence in text(area(client, user))


def test_what_is_over_is_folded_and_comes_in_pages(client):
    request = withdraw_own(sent(mentor()))
    copies(request, 24)
    first = area(client, request.asker)
    assert (len(first.context["closed"]), first.context["older"]) == (20, 2)
    last = area(client, request.asker, page="2")
    assert (len(last.context["closed"]), last.context["older"]) == (5, None)


def test_three_hundred_requests_cost_no_more_than_two(client):
    petra = mentor()
    membership = MembershipFactory(user=petra.user, company=CompanyFactory())
    request = sent(mentor("Jens Weber"), company=membership.company, asker=petra.user)
    closed = withdraw_own(sent(mentor("Eva Malá"), company=membership.company, asker=petra.user))
    sent(petra)
    few = cost(client, petra.user)
    copies(request, 150)
    copies(closed, 150)
    assert cost(client, petra.user) == few
    assert few <= QUERIES


def test_a_mentor_of_many_companies_sees_who_waits_for_an_answer(client):
    petra = mentor(places=400)
    accepted = sent(petra).invitations.get()
    accept(accepted, petra.user)
    request = sent(mentor("Jens Weber"))
    few = cost(client, petra.user)
    copies(request, 300, state=RequestState.AGREED)
    agreed = MentoringRequest.objects.filter(state=RequestState.AGREED, invitations=None)
    Invitation.objects.bulk_create(
        Invitation(
            request=need,
            mentor=petra,
            company=need.company,
            state=InvitationState.ACCEPTED,
            place=place,
            deadline=accepted.deadline - timedelta(days=30),
        )
        for place, need in enumerate(agreed, start=2)
    )
    waiting = sent(petra, company=CompanyFactory(name="Neu GmbH")).invitations.get()
    assert cost(client, petra.user) == few
    assert area(client, petra.user).context["to_answer"] == [waiting]


def withdraw_own(request):
    return withdraw(request, request.asker)


def cost(client, user):
    area(client, user)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("my_area")).status_code == 200
    return len(queries)


def copies(request, count, **facts):
    """More requests like this one, but for `facts`."""
    state = request.state if request.state != RequestState.OFFERED else RequestState.MATCHING
    facts = {"state": state, **facts}
    MentoringRequest.objects.bulk_create(
        MentoringRequest(
            asker=request.asker,
            company=request.company,
            language="de",
            problem=request.problem,
            deadline=request.deadline,
            sent_at=request.sent_at,
            **facts,
        )
        for _number in range(count)
    )
