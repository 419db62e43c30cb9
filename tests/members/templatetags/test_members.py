"""Any page can show the reader's companies."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory

from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGE = Template(
    "{% load members %}{% my_companies as mine %}{% for entry in mine.companies %}{{ entry.standing }} {% endfor %}"
    "{{ mine.waiting|length }}"
)


def rendered(user) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return PAGE.render(Context({"request": request}))


def test_a_member_sees_each_company_with_how_it_stands_and_who_waits():
    user = UserFactory()
    MembershipFactory(user=user, company__name="A waits", company__verified_on=None)
    MembershipFactory(user=user, company__name="B unconfirmed", confirmed_on=None)
    company = MembershipFactory(user=user, company__name="C").company
    MembershipFactory(company=company, confirmed_on=None)
    assert rendered(user) == "company_waits membership_waits member 1"


def test_who_is_not_confirmed_sees_nobody_who_waits():
    membership = MembershipFactory(confirmed_on=None)
    MembershipFactory(company=membership.company, confirmed_on=None)
    assert rendered(membership.user) == "membership_waits 0"


def test_strangers_have_no_companies_and_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert rendered(AnonymousUser()) == "0"
