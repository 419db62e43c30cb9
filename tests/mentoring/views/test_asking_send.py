"""A draft is sent once, for a company, by somebody with an account."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import gettext, override

from mentoring.domain.requests import OPEN_AT_ONCE
from mentoring.enums import RequestState
from mentoring.forms.asking import new_token
from mentoring.models import MentoringRequest
from mentoring.views.sending import GAPS
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.people import (
    PASSWORD,
    CompanyFactory,
    CoordinatorFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def request_(client, member):
    request = draft(member.user, mentor())
    client.force_login(member.user)
    return request


@pytest.fixture
def url(to, request_):
    return to("mentoring:draft", key=request_.key, step="send")


def text(response):
    return response.content.decode()


def says(response, sentence, language="de"):
    with override(language):
        return str(gettext(sentence)) in text(response)


def state(request):
    return MentoringRequest.objects.get(pk=request.pk).state


def test_all_that_was_written_stands_there_once_more(client, to, request_, language):
    shown = text(client.get(to("mentoring:draft", key=request_.key, step="send", language=language)))
    assert request_.problem in shown
    assert request_.goal in shown
    assert "Petra Nováková" in shown
    for step in ("topic", "need", "mentors"):
        assert f'href="{to("mentoring:draft", key=request_.key, step=step, language=language)}"' in shown


def test_one_click_sends_it_for_the_only_company(client, to, request_, member, url):
    response = client.post(url)
    assert response.url == to("mentoring:request", request_.key)
    request_.refresh_from_db()
    assert (request_.state, request_.company) == (RequestState.OFFERED, member.company)


def test_fifty_clicks_send_one_request(client, request_, url):
    answers = {client.post(url).url for _click in range(50)}
    assert len(answers) == 1
    assert request_.invitations.count() == 1


def test_the_second_click_says_that_it_was_sent(client, url):
    client.post(url)
    assert says(client.post(url, follow=True), "This request was sent already.")


def test_of_several_companies_one_is_chosen(client, request_, member, url):
    other = MembershipFactory(user=member.user).company
    assert says(client.post(url), "Please choose the company.")
    assert says(client.post(url, {"company": "\x00"}), "Please choose the company.")
    client.post(url, {"company": other.pk})
    request_.refresh_from_db()
    assert request_.company == other


def test_nobody_asks_for_a_company_of_others(client, request_, url):
    client.post(url, {"company": CompanyFactory().pk})
    assert state(request_) == RequestState.DRAFT


def test_a_coordinator_asks_for_a_company_that_telephoned(client, to, settings):
    settings.PORTAL_DEMO = True  # where coordinators need no second factor
    seat = CoordinatorFactory()
    theirs = CompanyFactory(home_partner=seat.organisation)
    request = draft(seat.user, mentor())
    client.force_login(seat.user)
    client.post(to("mentoring:draft", key=request.key, step="send"), {"company": theirs.pk})
    request.refresh_from_db()
    assert request.company == theirs


def test_a_third_open_request_waits_as_a_draft_and_says_why(client, request_, member, url):
    for number in range(OPEN_AT_ONCE):
        sent(mentor(f"Person {number}"), company=member.company, asker=member.user)
    response = client.post(url)
    assert says(
        response,
        "Your company has two open requests already. Please wait for an answer, or withdraw one of them; "
        "this one stays here as a draft.",
    )
    assert state(request_) == RequestState.DRAFT


@pytest.mark.parametrize(
    ("gap", "step"), [({"goal": ""}, "need"), ({"languages": []}, "need"), ({"problem": " "}, "topic")]
)
def test_what_is_missing_is_asked_for_first(client, to, request_, url, gap, step):
    MentoringRequest.objects.update(**gap)
    there = to("mentoring:draft", key=request_.key, step=step)
    assert f'href="{there}"' in text(client.get(url))
    response = client.post(url, follow=True)
    assert response.redirect_chain == [(there, 302)]
    assert says(response, GAPS[step])


def test_without_a_company_it_is_entered_first_and_leads_back(client, to):
    request = draft(UserFactory())
    client.force_login(request.asker)
    url = to("mentoring:draft", key=request.key, step="send")
    company = f"{to('members:company')}?next={url.replace('/', '%2F')}"
    assert f'href="{company}"' in text(client.get(url))
    assert client.post(url).url == company


@pytest.mark.parametrize("opens_mail_elsewhere", [False, True])
def test_what_a_stranger_wrote_survives_the_account(client, to, opens_mail_elsewhere):
    words = {"problem": "Unsere Fräsmaschinen stehen oft.", "token": new_token(), "action": "next"}
    client.post(to("mentoring:begin"), words)
    url = to("mentoring:draft", key=MentoringRequest.objects.get().key, step="send")
    signup = re.search(r'href="([^"]+signup[^"]+)"', text(client.get(url))).group(1)
    page = text(client.get(signup))
    hidden = dict(re.findall(r'type="hidden" name="(next)" value="([^"]+)"', page))
    account = {"name": "Jana Horká", "email": "jana@example.org", "password1": PASSWORD, "consent": "on"}
    client.post(signup, {**account, **hidden})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body).group(1)
    browser = Client() if opens_mail_elsewhere else client
    page = browser.get(link, follow=True)
    confirm = re.search(r'<form method="post"[^>]*action="([^"]*confirm[^"]*)"', text(page))
    browser.post(confirm.group(1).replace("&amp;", "&") if confirm else link, follow=True)
    if opens_mail_elsewhere:
        login = {"login": account["email"], "password": PASSWORD}
        browser.post(to("account_login"), login)
    assert MentoringRequest.objects.get().asker.email == account["email"]
    shown = browser.get(url)
    assert words["problem"] in text(shown)
