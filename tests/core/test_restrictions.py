"""Which restrictions hold for a page: what Wagtail says, in fewer questions."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from knowledge.models import GuideIndexPage, GuidePage
from tests.factories.pages import GuidePageFactory

pytestmark = pytest.mark.django_db


def restrict(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def wagtails_own(page: Page) -> set[int]:
    return set(Page.get_view_restrictions(page).values_list("pk", flat=True))


def ours(page: Page) -> set[int]:
    return set(page.get_view_restrictions().values_list("pk", flat=True))


def test_a_page_keeps_its_own_restrictions_and_those_of_everything_above_it() -> None:
    page, sibling = GuidePageFactory(), GuidePageFactory()
    own, above = restrict(page), restrict(page.get_parent())
    page, sibling = GuidePage.objects.get(pk=page.pk), GuidePage.objects.get(pk=sibling.pk)

    assert ours(page) == wagtails_own(page) == {own.pk, above.pk}
    assert ours(sibling) == wagtails_own(sibling) == {above.pk}


def test_an_alias_has_the_restrictions_of_its_source() -> None:
    page = GuidePageFactory(title="Quelle")
    other = GuideIndexPage.objects.get(locale__language_code="cs")
    alias = page.create_alias(parent=other, update_slug="kopie")
    own = restrict(page)
    alias = GuidePage.objects.get(pk=alias.pk)

    assert ours(alias) == wagtails_own(alias) == {own.pk}


def test_one_question_is_enough() -> None:
    page = GuidePage.objects.get(pk=GuidePageFactory().pk)

    with CaptureQueriesContext(connection) as queries:
        ours(page)

    assert len(queries) == 1


@pytest.mark.parametrize("above", [True, False])
def test_a_stranger_is_sent_to_sign_in_wherever_on_the_way_the_restriction_stands(
    client: Client, above: bool
) -> None:
    page = GuidePageFactory(title="Geheim")
    restrict(page.get_parent().get_parent() if above else page)

    response = client.get(page.get_url_parts()[2])

    assert response.status_code == 302
    assert "Geheim" not in response.content.decode()


def test_without_a_restriction_the_page_is_for_everybody(client: Client) -> None:
    """The twin of the test above."""
    page = GuidePageFactory(title="Offen")

    assert "Offen" in client.get(page.get_url_parts()[2]).content.decode()
