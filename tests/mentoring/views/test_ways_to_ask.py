"""Wherever somebody reads of help, the request form is one click away, and knows where they came from."""

import pytest

from tests.factories.mentoring import mentor
from tests.factories.pages import ExpertPageFactory, GuidePageFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def links(client, page, to):
    form = to("mentoring:begin")
    text = client.get(page.url if hasattr(page, "url") else page).content.decode()
    return {part.split('"')[0] for part in text.split('href="') if part.startswith(form)}


def test_a_guide_brings_its_topics_along(client, to):
    guide = GuidePageFactory()
    assert links(client, guide, to) == {f"{to('mentoring:begin')}?page={guide.pk}"}


@pytest.mark.parametrize(("places", "count"), [(2, 1), (0, 0)])
def test_a_mentor_with_a_free_place_can_be_asked(client, to, places, count):
    person = mentor(places=places)
    expected = [f"{to('mentoring:begin')}?mentor={person.pk}"]
    assert list(links(client, person.mentorpages.get(), to)) == expected * count


def test_an_expert_is_not_asked_for_mentoring(client, to):
    page = ExpertPageFactory(person=PersonFactory())
    assert links(client, page, to) == set()


@pytest.mark.parametrize("address", ["/de/", "/de/mentoring/"])
def test_the_home_page_and_the_directory_lead_to_the_form(client, to, address):
    assert links(client, address, to) == {to("mentoring:begin")}
