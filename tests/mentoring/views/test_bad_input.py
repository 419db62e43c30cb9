"""A stale page, a second click, the wrong party, a full mentor, a draft out of time, an address that refuses mail: each is
answered with a sentence in the reader's language, and nothing that was typed is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override

from mentoring.domain.invitations import token_for
from mentoring.domain.requests import withdraw
from mentoring.enums import RequestState
from mentoring.models import MentoringRequest
from portal.members.models import Person
from portal.notifications.enums import MailState
from portal.notifications.models import Mail
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

WORDS = "Was ich gerade noch geschrieben habe."
SENTENCES = {
    "de": {
        "stale": "Diese Anfrage liegt nicht mehr bei Ihnen: Sie wurde weitergegeben.",
        "withdrawn": "Das Unternehmen hat diese Anfrage zurückgezogen.",
        "sent": "Diese Anfrage ist schon gesendet.",
        "second": "Sie haben diese Anfrage bereits angenommen.",
        "third": "Ihr Unternehmen hat bereits zwei offene Anfragen.",
        "full": "Derzeit kein freier Platz: Eva Malá",
        "expired": "Diesen Entwurf gibt es hier nicht mehr",
        "link": "Dieser Link galt bis zum Ende der Frist.",
        "mail": "Diese Adresse nimmt keine E-Mails von uns an:",
        "token": "Ihr Formular konnte nicht angenommen werden",
        "signed out": "Sie sind nicht mehr angemeldet",
    },
    "cs": {
        "stale": "Tuto žádost už nemáte u sebe: byla předána dál.",
        "withdrawn": "Firma tuto žádost stáhla.",
        "sent": "Tato žádost už byla odeslána.",
        "second": "Tato žádost už je od vás přijatá.",
        "third": "Vaše firma už má dvě otevřené žádosti.",
        "full": "Momentálně bez volného místa: Eva Malá",
        "expired": "Tento koncept už tu není",
        "link": "Tento odkaz platil do konce lhůty.",
        "mail": "Tato adresa od nás nepřijímá e-maily:",
        "token": "Formulář se nepodařilo přijmout",
        "signed out": "Vaše přihlášení skončilo",
    },
}


def text(response):
    return response.content.decode()


@pytest.fixture
def says(language):
    """Whether a page says the sentence of this name in the reader's language."""
    return lambda response, name: SENTENCES[language][name] in text(response)


@pytest.fixture
def here(to, language):
    """The address of a page in the reader's language."""
    return lambda name, *args, **kwargs: to(name, *args, language=language, **kwargs)


@pytest.fixture
def petra():
    return mentor()


@pytest.fixture
def request_(petra):
    return sent(petra)


@pytest.fixture
def own_draft(client):
    """A draft of whoever sits before the browser."""
    found = draft(MembershipFactory().user, mentor("Jens Weber"))
    client.force_login(found.asker)
    return found


def test_a_mentor_whose_page_is_stale_keeps_the_words(client, here, says, petra, request_):
    invitation = request_.invitations.get()
    withdraw(request_, request_.asker)
    client.force_login(petra.user)
    answer = {"answer": "decline", "reason": "no_time", "words": WORDS}
    response = client.post(here("mentoring:invitation", invitation.key), answer)
    assert (response.status_code, says(response, "withdrawn")) == (409, True)
    assert WORDS in text(response)


def test_a_mentor_who_is_passed_by_is_told_so(client, here, says, petra, request_):
    invitation = request_.invitations.get()
    request_.invitations.update(state="superseded", place=None)
    client.force_login(petra.user)
    response = client.post(here("mentoring:invitation", invitation.key), {"answer": "accept"})
    assert (response.status_code, says(response, "stale")) == (409, True)


def test_a_second_click_on_yes_says_that_it_was_said(client, here, says, petra, request_):
    url = here("mentoring:invitation", request_.invitations.get().key)
    client.force_login(petra.user)
    client.post(url, {"answer": "accept"})
    response = client.post(url, {"answer": "accept"})
    assert (response.status_code, says(response, "second")) == (409, True)


def test_a_second_click_on_withdraw_says_how_it_stands(client, here, says, request_):
    client.force_login(request_.asker)
    url = here("mentoring:withdraw", request_.key)
    client.post(url)
    response = client.post(url)
    assert (response.status_code, says(response, "withdrawn")) == (409, True)


def test_words_that_come_after_the_request_was_sent_are_shown_once_more(client, here, says, request_):
    client.force_login(request_.asker)
    step = here("mentoring:draft", key=request_.key, step="need")
    response = client.post(step, {"goal": WORDS, "tried": "", "action": "next"})
    assert (response.status_code, says(response, "sent")) == (409, True)
    assert WORDS in text(response)
    assert here("mentoring:request", request_.key) in text(response)


def test_the_words_that_were_sent_are_no_late_ones(client, here, says, request_):
    client.force_login(request_.asker)
    step = here("mentoring:draft", key=request_.key, step="topic")
    response = client.post(step, {"problem": request_.problem, "action": "next"}, follow=True)
    assert response.redirect_chain[-1][0] == here("mentoring:request", request_.key)
    assert says(response, "sent")


@pytest.mark.parametrize("action", ["withdraw", "name_another", "copy", "discard"])
def test_somebody_else_s_request_is_not_there(client, here, request_, action):
    client.force_login(MembershipFactory().user)
    response = client.post(here(f"mentoring:{action}", request_.key))
    assert response.status_code == 404
    assert request_.problem not in text(response)


def test_somebody_else_s_invitation_is_not_there(client, here, request_):
    client.force_login(mentor("Jens Weber").user)
    url = here("mentoring:invitation", request_.invitations.get().key)
    assert client.post(url, {"answer": "accept"}).status_code == 404


def test_a_full_mentor_is_not_asked_and_the_page_says_why(client, here, says, language):
    request = sent()
    MentoringRequest.objects.update(state=RequestState.MATCHING)
    eva = mentor("Eva Malá", places=0)
    client.force_login(request.asker)
    response = client.post(here("mentoring:name_another", request.key), {"mentor": eva.pk})
    assert (response.status_code, says(response, "full")) == (409, True)


def test_before_sending_one_reads_who_has_no_place(client, here, own_draft, language):
    Person.objects.update(places=0)
    response = client.get(here("mentoring:draft", key=own_draft.key, step="send"))
    with override(language):
        assert gettext("No free place at present") in text(response)
        # and is not promised an answer
        assert "Jens Weber odpoví" not in text(response)
        assert "Jens Weber antwortet" not in text(response)


def test_a_third_request_stays_a_draft(client, here, says, own_draft):
    company = own_draft.asker.memberships.get().company
    for name in ("Eva Malá", "Petra Nováková"):
        sent(mentor(name), company=company, asker=own_draft.asker)
    url = here("mentoring:draft", key=own_draft.key, step="send")
    assert says(client.post(url, {"company": company.pk}), "third")
    own_draft.refresh_from_db()
    assert own_draft.is_draft


@pytest.mark.parametrize("step", ["topic", "need"])
def test_what_is_typed_into_a_draft_out_of_time_can_be_taken_along(client, here, says, own_draft, step):
    MentoringRequest.objects.update(deadline=timezone.now() - timedelta(seconds=1))
    field = {"topic": "problem", "need": "goal"}[step]
    response = client.post(
        here("mentoring:draft", key=own_draft.key, step=step), {field: WORDS, "action": "next"}
    )
    assert (response.status_code, says(response, "expired")) == (404, True)
    assert WORDS in text(response)


def test_one_begins_anew_with_the_words_of_a_draft_out_of_time(client, here, own_draft):
    MentoringRequest.objects.update(deadline=timezone.now() - timedelta(seconds=1))
    gone = client.post(here("mentoring:draft", key=own_draft.key, step="topic"), {"problem": WORDS})
    assert f'<input type="hidden" name="problem" value="{escape(WORDS)}">' in text(gone)
    client.post(here("mentoring:begin"), {"problem": WORDS, "action": "next"})
    assert MentoringRequest.objects.exclude(pk=own_draft.pk).get().problem == WORDS


def test_whoever_was_signed_out_meanwhile_keeps_the_words(client, here, says, own_draft):
    client.logout()
    response = client.post(here("mentoring:draft", key=own_draft.key, step="topic"), {"problem": WORDS})
    assert (response.status_code, WORDS in text(response)) == (404, True)


def test_a_mentor_who_was_signed_out_meanwhile_keeps_the_words_and_finds_the_way_back(
    client, here, says, petra, request_
):
    url = here("mentoring:invitation", request_.invitations.get().key)
    answer = {"answer": "decline", "reason": "no_time", "words": WORDS}
    response = client.post(url, answer)
    assert (response.status_code, says(response, "signed out"), WORDS in text(response)) == (403, True, True)
    assert f'href="{here("account_login")}?next={url}"' in text(response)
    assert request_.problem not in text(response)
    client.force_login(petra.user)
    assert client.post(url, answer).status_code == 302
    assert request_.invitations.get().words == WORDS


@pytest.mark.parametrize("action", ["withdraw", "name_another", "copy", "discard"])
def test_who_was_signed_out_and_wrote_nothing_signs_in_first(client, here, request_, action):
    url = here(f"mentoring:{action}", request_.key)
    assert client.post(url).headers["Location"] == f"{here('account_login')}?next={url}"


@pytest.mark.parametrize(
    ("origin", "is_kept"), [("http://testserver", True), ("https://evil.example", False)]
)
def test_a_form_that_was_opened_before_signing_in_keeps_its_words(here, says, own_draft, origin, is_kept):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(own_draft.asker)
    words = {"problem": WORDS, "new_password": "ein Satz als Passwort", "csrfmiddlewaretoken": "x" * 64}
    url = here("mentoring:draft", key=own_draft.key, step="topic")
    response = browser.post(url, words, headers={"origin": origin})
    assert (response.status_code, says(response, "token")) == (403, True)
    assert (WORDS in text(response)) == is_kept
    assert "als Passwort" not in text(response)


def test_the_link_of_a_mail_says_that_its_time_is_up(client, here, says, request_):
    invitation = request_.invitations.get()
    request_.invitations.update(deadline=timezone.now() - timedelta(seconds=1))
    url = here("mentoring:invitation_by_mail", token_for(invitation.key))
    assert says(client.get(url), "link")
    response = client.post(url, {"answer": "accept"})
    assert (response.status_code, says(response, "link")) == (409, True)


def test_whose_address_refuses_mail_reads_so_and_where_to_change_it(client, here, says):
    user = UserFactory()
    Mail.objects.create(to=user.email, message_id="<1@example.org>", state=MailState.REFUSED)
    client.force_login(user)
    response = client.get(here("my_area"))
    assert says(response, "mail")
    assert here("account_email") in text(response)
