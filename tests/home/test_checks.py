"""`manage.py check --database default` says when one language tree has less than the other."""

import pytest
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from wagtail.models import Page, WorkflowPage
from wagtail_localize.models import LocaleSynchronization

from home.checks import problems_of_kind
from home.domain.groups import pages_of
from home.models import HomePage, StandardPage
from search.registry import mappers

pytestmark = pytest.mark.django_db


def problems() -> list[str]:
    return [problem.msg for problem in run_checks(tags=["languages"], databases=["default"])]


def czech(section: str) -> Page:
    return next(page for page in pages_of(section) if page.locale.language_code == "cs")


def test_a_new_site_has_the_same_in_both_languages() -> None:
    assert problems() == []


def test_a_right_that_is_missing_in_one_language_is_named() -> None:
    home = czech("home")
    Group.objects.get(name="Editors").page_permissions.filter(
        page=home, permission__codename="publish_page"
    ).delete()

    assert problems() == [f"Editors lack rights on “{home.title}” (cs): publish_page"]


def test_a_tree_that_nobody_reviews_is_named() -> None:
    directory = czech("mentors")
    WorkflowPage.objects.filter(page=directory).delete()

    assert problems() == [f"Nobody reviews the pages of “{directory.title}” (cs)."]


def test_a_review_that_was_switched_off_counts_as_none() -> None:
    pages = pages_of("home")
    pages[0].get_workflow().deactivate()

    assert problems() == [
        f"Nobody reviews the pages of “{p.title}” ({p.locale.language_code})." for p in pages
    ]


def test_a_section_that_one_language_lacks_is_named() -> None:
    czech("news").delete()

    assert problems() == ["The section “news” is missing in: cs"]


def test_a_language_that_mirrors_another_is_named() -> None:
    german, czech_locale = (page.locale for page in pages_of("home"))
    LocaleSynchronization.objects.bulk_create([LocaleSynchronization(locale=czech_locale, sync_from=german)])

    assert problems() == ["Pages in de are mirrored in: cs"]


def test_the_database_is_left_alone_unless_it_is_named(django_assert_num_queries) -> None:
    WorkflowPage.objects.all().delete()

    with django_assert_num_queries(0):
        assert run_checks(tags=["languages"]) == []


def test_a_database_without_a_site_is_not_judged() -> None:
    HomePage.objects.all().delete()

    assert problems() == []


def test_every_kind_of_page_is_shown_and_found() -> None:
    assert run_checks(tags=["kinds"]) == []


def test_a_kind_of_page_that_cannot_be_shown_in_lists_or_found_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(StandardPage, "kind", "poster")
    monkeypatch.delitem(mappers, StandardPage, raising=False)

    assert [(problem.id, problem.obj) for problem in problems_of_kind(StandardPage)] == [
        ("home.W001", StandardPage),
        ("home.W002", StandardPage),
    ]
