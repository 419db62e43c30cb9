"""Weights are tried on real requests before anybody changes them, and a changed weight changes the lists."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from matching.models import MatchingWeights
from matching.rules import Weights
from portal.members.models import Company
from tests.accounts.people import set_up_telephone
from tests.factories.mentoring import mentor, sent
from tests.factories.people import CoordinatorFactory, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_sides():
    """A request from Zwickau; on this side somebody with more places, on the other somebody who wins by the border."""
    here = mentor("Hier Nahebei", place=place("Zwickau"), places=3)
    there = mentor("Drüben Jenseits", place=place("Liberec"), places=1)
    request = sent()
    Company.objects.filter(pk=request.company_id).update(place=place("Zwickau"))
    return here, there, request


@pytest.fixture
def desk(client, two_sides):
    user = CoordinatorFactory(organisation=two_sides[2].company.home_partner).user
    set_up_telephone(user)
    client.force_login(user)
    return client


def values(**changes) -> dict[str, int]:
    usual = MatchingWeights()
    names = [field.name for field in MatchingWeights._meta.fields if field.name not in ("id", "site")]
    return {**{name: getattr(usual, name) for name in names}, **changes}


def tried(client, **changes):
    return client.get(reverse("matching_weights"), values(**changes))


def test_what_other_weights_would_change_is_shown_and_nothing_is_saved(desk, two_sides):
    here, there, _request = two_sides
    (comparison,) = tried(desk, border=0).context["comparisons"]
    assert [(row.person, row.before, row.after) for row in comparison.rows] == [(here, 2, 1), (there, 1, 2)]
    assert comparison.changes
    assert comparison.rows[1].parts[6] == (10, 0)
    assert not MatchingWeights.objects.exists()


def test_the_usual_weights_change_nothing(desk):
    (comparison,) = tried(desk).context["comparisons"]
    assert not comparison.changes


def test_weights_that_put_knowledge_second_are_refused_with_the_sum(desk):
    response = tried(desk, border=30)
    assert not response.context["is_tried"]
    assert "69" in response.content.decode()


def test_requests_of_other_partners_stay_out(client, two_sides):
    other = CoordinatorFactory(organisation__slug="icuk", organisation__short_name="ICUK").user
    set_up_telephone(other)
    client.force_login(other)
    assert tried(client, border=0).context["comparisons"] == []


def test_what_was_tried_can_be_saved_and_then_ranks_the_lists(desk, two_sides):
    here, _there, request = two_sides
    save = reverse("wagtailsettings:edit", args=["matching", "matchingweights", Site.objects.get().pk])
    desk.post(save, values(border=0))
    assert MatchingWeights.objects.get().weights == Weights(border=0)
    shown = desk.get(reverse("mentoring_requests:detail", args=[request.key])).context["suggestions"]
    assert shown[0].person == here
