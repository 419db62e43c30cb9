"""A mentor reads what a company asks, and answers with two clicks; with a link from a mail, or signed in."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from mentoring.domain.gate import PASSED, PASSED_BY
from mentoring.domain.invitations import token_for
from mentoring.domain.requests import withdraw
from mentoring.enums import InvitationState, RequestState
from mentoring.models import Invitation, MentoringRequest
from mentoring.views.invitations import LINK_OVER
from portal.members.registry import write_facts
from tests.factories.mentoring import mentor, sent
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

PHONE = "+49 375 123456"


@pytest.fixture
def petra():
    return mentor(phone="+420 475 654321")


@pytest.fixture
def request_(petra):
    request = sent(petra, mentor("Jens Weber"))
    MentoringRequest.objects.filter(pk=request.pk).update(contact_phone=PHONE, contact_name="Erika Muster")
    request.refresh_from_db()
    return request


@pytest.fixture
def invitation(request_):
    return request_.invitations.get()


@pytest.fixture
def url(to, invitation):
    return to("mentoring:invitation", invitation.key)


@pytest.fixture
def link(to, invitation):
    return to("mentoring:invitation_by_mail", token_for(invitation.key))


def text(response):
    return response.content.decode()


def state(invitation):
    return Invitation.objects.get(pk=invitation.pk).state


def secrets_of(request):
    """What nobody may read before both have agreed."""
    return [request.asker.email, PHONE, "Erika Muster", request.company.name]


def secrets_in(response, request):
    return [secret for secret in secrets_of(request) if secret in text(response)]


def test_whoever_is_signed_out_signs_in_first(client, url):
    response = client.get(url)
    assert response.status_code == 302
    assert response.url.endswith(f"?next={url}")


def test_the_mentor_reads_the_need_in_both_languages(client, to, petra, invitation, language):
    client.force_login(petra.user)
    shown = text(client.get(to("mentoring:invitation", invitation.key, language=language)))
    with override(language):
        heading = gettext("A company asks you")
    assert heading in shown
    assert "Unsere Fräsmaschinen stehen oft." in shown
    assert ('<div lang="de"><p>Unsere' in shown) is (language == "cs")


def test_nobody_else_finds_it(client, url, request_):
    for user in (request_.asker, mentor("Other").user, UserFactory()):
        client.force_login(user)
        assert client.get(url).status_code == 404
        assert client.post(url, {"answer": "accept"}).status_code == 404


def test_reading_writes_nothing(client, url, link, petra, invitation):
    client.get(link)
    client.force_login(petra.user)
    client.get(url)
    assert state(invitation) == InvitationState.PENDING


def test_before_agreement_nothing_tells_who_asks(client, url, link, petra, request_):
    client.force_login(petra.user)
    assert secrets_in(client.get(url), request_) == []
    assert secrets_in(client.get(link), request_) == []


def test_after_agreement_the_mentor_learns_how_to_reach_the_company(client, url, petra, request_):
    client.force_login(petra.user)
    assert client.post(url, {"answer": "accept"}).status_code == 302
    assert secrets_in(client.get(url), request_) == secrets_of(request_)


def test_the_company_is_named_if_the_asker_allows_it(client, url, petra, request_):
    MentoringRequest.objects.filter(pk=request_.pk).update(shows_company=True)
    client.force_login(petra.user)
    assert secrets_in(client.get(url), request_) == [request_.company.name]


def test_declining_wants_a_reason_and_keeps_the_words(client, url, petra, invitation):
    client.force_login(petra.user)
    response = client.post(url, {"answer": "decline", "words": "Fragen Sie Herrn Weber."})
    assert response.status_code == 200
    assert "Fragen Sie Herrn Weber." in text(response)
    assert state(invitation) == InvitationState.PENDING


def test_declining_sends_the_words_to_the_company_and_the_request_on(
    client, url, petra, invitation, request_
):
    client.force_login(petra.user)
    client.post(url, {"answer": "decline", "reason": "no_time", "words": " Leider keine Zeit. "})
    declined = Invitation.objects.get(pk=invitation.pk)
    assert (declined.state, declined.reason, declined.words) == ("declined", "no_time", "Leider keine Zeit.")
    assert request_.invitations.open().get().mentor.name == "Jens Weber"


def test_after_declining_nobody_asks_any_more(client, url, petra, invitation):
    client.force_login(petra.user)
    assert "<h1>Ein Unternehmen fragt Sie an</h1>" in text(client.get(url))
    declined = client.post(url, {"answer": "decline", "reason": "no_time"}, follow=True)
    assert "<h1>Eine Anfrage an Sie</h1>" in text(declined)


def test_deciding_later_tells_the_company(client, url, petra, invitation):
    client.force_login(petra.user)
    client.post(url, {"answer": "see"})
    assert state(invitation) == InvitationState.SEEN
    assert 'value="see"' not in text(client.get(url))


def test_an_unknown_answer_is_no_answer(client, url, petra, invitation):
    client.force_login(petra.user)
    assert client.post(url, {"answer": "maybe"}).status_code == 404
    assert state(invitation) == InvitationState.PENDING


def test_the_link_of_a_mail_answers_without_signing_in(client, link, invitation):
    assert client.post(link, {"answer": "accept"}).url == link
    assert state(invitation) == InvitationState.ACCEPTED


def test_the_link_shows_no_contact_data_even_after_agreement(client, link, request_):
    response = client.post(link, {"answer": "accept"}, follow=True)
    assert secrets_in(response, request_) == []
    assert "Unsere Fräsmaschinen" not in text(response)
    assert gettext("Sign in") in text(response)


def test_the_link_ends_when_it_has_been_used(client, link, invitation):
    client.post(link, {"answer": "decline", "reason": "no_time"})
    response = client.post(link, {"answer": "accept"})
    assert response.status_code == 409
    assert gettext("You have declined this request already.") in text(response)
    assert state(invitation) == InvitationState.DECLINED


def test_the_link_ends_with_the_deadline_and_signing_in_still_answers(client, link, url, petra, invitation):
    Invitation.objects.filter(pk=invitation.pk).update(deadline=timezone.now() - timedelta(hours=1))
    assert str(LINK_OVER) in text(client.get(link))
    assert client.post(link, {"answer": "accept"}).status_code == 409
    assert state(invitation) == InvitationState.PENDING
    client.force_login(petra.user)
    client.post(url, {"answer": "accept"})
    assert state(invitation) == InvitationState.ACCEPTED


def test_the_link_is_kept_out_of_indexes_and_referrers(client, link):
    response = client.get(link)
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_a_forged_link_leads_nowhere(client, to, invitation):
    forged = token_for(invitation.key)[:-2] + "xx"
    assert client.get(to("mentoring:invitation_by_mail", forged)).status_code == 404


def test_a_link_serves_one_invitation_only(client, to, link, invitation):
    other = sent(mentor("Eva Malá")).invitations.get()
    client.post(link, {"answer": "accept"})
    assert (state(invitation), state(other)) == (InvitationState.ACCEPTED, InvitationState.PENDING)


def test_a_withdrawn_request_says_so_and_keeps_what_was_typed(client, url, petra, request_):
    withdraw(request_, request_.asker)
    client.force_login(petra.user)
    answer = {"answer": "decline", "reason": "no_time", "words": "Schade."}
    response = client.post(url, answer)
    assert response.status_code == 409
    assert str(PASSED[RequestState.WITHDRAWN]) in text(response)
    assert "Schade." in text(response)


def test_a_request_that_was_passed_on_says_so(client, url, petra):
    def pause():
        type(petra).objects.filter(pk=petra.pk).update(places=0)

    write_facts(petra, petra.user, pause)
    client.force_login(petra.user)
    response = client.post(url, {"answer": "accept"})
    assert response.status_code == 409
    assert str(PASSED_BY) in text(response)


def test_a_second_click_changes_nothing(client, url, petra, invitation):
    client.force_login(petra.user)
    client.post(url, {"answer": "accept"})
    response = client.post(url, {"answer": "accept"})
    assert response.status_code == 409
    assert gettext("You have accepted this request already.") in text(response)


def test_a_switched_off_account_cannot_answer_by_mail(client, link, petra, invitation):
    type(petra.user).objects.filter(pk=petra.user.pk).update(is_active=False)
    response = client.post(link, {"answer": "accept"})
    assert response.status_code == 409
    assert gettext("This account is switched off at present.") in text(response)
    assert state(invitation) == InvitationState.PENDING
