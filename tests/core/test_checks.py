"""The checks that Django runs at every start."""

from django.test import override_settings

from portal.core import checks
from portal.core.models import BasePage


def ids(messages) -> list[str]:
    return [message.id for message in messages]


@override_settings(PORTAL_DEMO=True, DEBUG=False)
def test_the_demo_is_refused_outside_debug():
    assert ids(checks.the_demo_stays_at_home()) == ["core.E001"]


@override_settings(PORTAL_DEMO=True, DEBUG=True)
def test_the_demo_is_fine_on_ones_own_machine():
    assert checks.the_demo_stays_at_home() == []


@override_settings(PORTAL_DEMO=False, DEBUG=False)
def test_a_server_without_the_demo_is_fine():
    assert checks.the_demo_stays_at_home() == []


def test_our_page_types_have_what_they_need():
    assert checks.every_page_type_is_ours_and_can_be_drawn() == []


class Planted(BasePage):
    """A page type that only these tests know."""

    template = "core/nowhere.html"
    kind = "planted"

    class Meta:
        abstract = True


def test_a_page_type_without_template_and_label_is_found():
    assert ids(checks.problems_of_page_type(Planted)) == ["core.W003", "core.E004"]


def test_a_page_type_beside_ours_is_found():
    foreign = type("ForeignPage", (), {"__module__": "home.models"})
    assert ids(checks.problems_of_page_type(foreign)) == ["core.E002"]
