"""Every page on the way from a need to a yes costs fifteen queries at most, none of them twice over, and writes nothing."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.domain.invitations import accept, decline, token_for
from mentoring.enums import DeclineReason
from search.domain.indexing import rebuild
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.pages import GuidePageFactory
from tests.factories.people import MembershipFactory, UserFactory
from tests.queries import statements, writes

pytestmark = pytest.mark.django_db

MOST = 15
#: how often one text of a query may come
REPEATED = 2


def cost(client, address):
    """The queries of a page, once it is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return statements(queries)


@pytest.fixture
def cheap(client):
    """Asserts that a page is cheap."""

    def check(address):
        queries = cost(client, address)
        assert len(queries) <= MOST, queries
        assert [sql for sql, times in Counter(queries).items() if times > REPEATED] == []
        assert writes(queries) == []

    return check


@pytest.fixture
def people():
    return [mentor(f"Mentor {number}", places=5) for number in range(10)]


@pytest.mark.parametrize("name", ["mentoring:begin", "account_signup", "account_login"])
def test_pages_before_signing_in(cheap, to, people, name):
    cheap(to(name))


@pytest.mark.parametrize("step", ["topic", "need", "mentors", "send"])
def test_a_draft_that_names_three_whom_nobody_would_propose(client, cheap, to, people, step):
    named = [mentor(f"Elsewhere {number}", topics=["export-advice"]) for number in range(3)]
    written = draft(MembershipFactory().user, *named)
    client.force_login(written.asker)
    cheap(to("mentoring:draft", key=written.key, step=step))


def test_topics_of_similar_pages_are_suggested(client, cheap, to):
    for number in range(20):
        GuidePageFactory(title=f"Fräsmaschinen, die oft stehen ({number})", topics=["opc-ua"])
    rebuild()
    written = draft(MembershipFactory().user)
    client.force_login(written.asker)
    cheap(to("mentoring:draft", key=written.key, step="topic"))


@pytest.mark.parametrize("answer", ["none", "no", "yes"])
def test_a_request_however_it_stands(client, cheap, to, people, answer):
    request = sent(*people[: 1 if answer == "no" else 3])
    invitation = request.invitations.get()
    if answer == "no":
        decline(invitation, invitation.mentor.user, DeclineReason.NO_TIME, "Leider.")
    if answer == "yes":
        accept(invitation, invitation.mentor.user)
    client.force_login(request.asker)
    cheap(to("mentoring:request", request.key))


@pytest.mark.parametrize("is_accepted", [False, True])
def test_an_invitation(client, cheap, to, people, is_accepted):
    invitation = sent(people[0]).invitations.get()
    if is_accepted:
        accept(invitation, people[0].user)
    cheap(to("mentoring:invitation_by_mail", token_for(invitation.key)))
    client.force_login(people[0].user)
    cheap(to("mentoring:invitation", invitation.key))


def test_one_s_own_facts_company_and_messages(client, cheap, to, people):
    sent(people[0])
    client.force_login(people[0].user)
    for name in ("mentoring:my_profile", "members:company", "notifications:inbox", "my_area"):
        cheap(to(name))


def test_a_page_that_asks_again_and_again_is_found(client, cheap, to, monkeypatch):
    """The twin."""
    from home.views import my_area as view

    def wasteful(user):
        return [list(view.closed_requests(user)) for _time in range(REPEATED + 1)] and None

    monkeypatch.setattr(view, "waiting_for", wasteful)
    client.force_login(UserFactory())
    with pytest.raises(AssertionError):
        cheap(to("my_area"))
