"""A request as matching measures it."""

import pytest

from mentoring.domain.needs import company_line, need_of
from portal.core.enums import Country
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.people import CompanyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_draft_is_measured_from_the_side_of_its_language():
    need = need_of(draft(UserFactory(), goal="Ziel", tried="Versuch"))
    assert (need.country, need.latitude, need.company) == (Country.GERMANY, None, None)
    assert need.text == "Unsere Fräsmaschinen stehen oft.\nZiel\nVersuch"


def test_a_sent_request_is_measured_from_its_company():
    request = sent(mentor())
    place = request.company.place
    need = need_of(request)
    assert (need.latitude, need.longitude, need.company) == (
        place.latitude,
        place.longitude,
        request.company_id,
    )


def test_whoever_was_asked_or_shall_not_be_is_left_out():
    petra, jens = mentor("Petra"), mentor("Jens")
    request = sent(petra)
    request.excluded.add(jens)
    assert set(need_of(request).excluded) == {petra.pk, jens.pk}
    assert set(need_of(request, without=()).excluded) == set()


def test_the_name_of_the_company_is_said_only_if_the_company_allows_it():
    company = CompanyFactory(name="Werkstatt Zwickau GmbH")
    request = sent(mentor(), company=company, asker=MembershipFactory(company=company).user)
    assert "Werkstatt" not in company_line(request)
    request.shows_company = True
    assert company_line(request).startswith("Werkstatt Zwickau GmbH (")


def test_a_draft_has_no_company_to_speak_of():
    assert company_line(draft(UserFactory())) == ""
