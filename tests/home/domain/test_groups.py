"""Editors, translators and coordinators: the same rights in both language trees, and a review on each."""

import pytest
from django.contrib.auth.models import Group
from wagtail.images.permissions import permission_policy as images
from wagtail.models import GroupPagePermission, Page, Workflow

from home.domain.groups import ROLES, ensure_groups, pages_of
from home.models import HomePage
from mentoring.models import DirectoryPage
from portal.accounts.models import User
from tests.editorial import member_of
from tests.factories.pages import GuidePageFactory, MentorPageFactory

pytestmark = pytest.mark.django_db

LANGUAGES = ["de", "cs"]
EVERYTHING = {"edit", "publish", "add"}


def home(language: str) -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def directory(language: str) -> DirectoryPage:
    return DirectoryPage.objects.get(locale__language_code=language)


def rights(user: User, page: Page) -> set[str]:
    permissions = page.permissions_for_user(user)
    held = {
        "edit": permissions.can_edit(),
        "publish": permissions.can_publish(),
        "add": permissions.can_add_subpage(),
    }
    return {name for name, may in held.items() if may}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("group", "on_home", "on_directory"),
    [
        ("Editors", EVERYTHING, EVERYTHING),
        ("Translators", {"edit"}, {"edit"}),
        ("Coordinators", set(), EVERYTHING),
    ],
)
def test_what_each_group_may_do_with_pages(
    group: str, on_home: set[str], on_directory: set[str], language: str
) -> None:
    user = member_of(group)

    assert rights(user, home(language)) == on_home
    assert rights(user, directory(language)) == on_directory


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("Editors", {"add", "change", "choose"}),
        ("Translators", {"choose"}),
        ("Coordinators", {"add", "change", "choose"}),
    ],
)
def test_what_each_group_may_do_with_pictures(group: str, expected: set[str]) -> None:
    user = member_of(group)

    assert {
        action for action in ("add", "change", "choose") if images.user_has_permission(user, action)
    } == expected


def test_a_group_alone_opens_no_rows_of_people() -> None:
    assert [name for name in ROLES if member_of(name).has_perm("members.change_person")] == []


@pytest.mark.parametrize("group", ROLES)
def test_every_group_signs_in_to_the_admin_and_submits_translations_but_manages_no_users(group: str) -> None:
    user = member_of(group)

    asked = [
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        "accounts.change_user",
        "topics.change_topic",
    ]
    assert [user.has_perm(name) for name in asked] == [True, True, False, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_editors_review_articles_and_coordinators_review_profiles(language: str) -> None:
    guide = GuidePageFactory(language=language)
    mentor = MentorPageFactory(language=language)

    reviewers = {
        page: [g.name for t in page.get_workflow().tasks for g in t.specific.groups.all()]
        for page in (guide, mentor)
    }
    assert reviewers == {guide: ["Editors"], mentor: ["Coordinators"]}


@pytest.mark.parametrize(("group", "may"), [("Editors", True), ("Translators", False)])
def test_only_who_adds_pages_deletes_them(group: str, may: bool) -> None:
    draft = GuidePageFactory(live=False)

    assert draft.permissions_for_user(member_of(group)).can_delete() == may


def test_setting_up_again_changes_nothing() -> None:
    before = list(GroupPagePermission.objects.order_by("pk").values_list())

    assert list(ensure_groups()) == []
    assert list(GroupPagePermission.objects.order_by("pk").values_list()) == before


def test_a_right_that_got_lost_is_given_again_and_one_that_was_added_stays() -> None:
    translators = Group.objects.get(name="Translators")
    translators.page_permissions.filter(page=home("cs")).delete()
    editors = Group.objects.get(name="Editors")
    added = GroupPagePermission.objects.create(
        group=translators, page=directory("de"), permission=editors.page_permissions.first().permission
    )

    list(ensure_groups())

    assert rights(member_of("Translators"), home("cs")) == {"edit"}
    assert GroupPagePermission.objects.filter(pk=added.pk).exists()


def test_nobody_keeps_the_rights_above_both_trees_that_wagtail_begins_with() -> None:
    assert not GroupPagePermission.objects.filter(page__depth=1).exists()
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(ROLES)
    assert [w.name for w in Workflow.objects.order_by("pk")] == [
        "Prüfung / Posouzení",
        "Prüfung der Profile / Posouzení profilů",
    ]


def test_the_pages_of_a_section_come_in_the_order_of_the_languages() -> None:
    assert [page.locale.language_code for page in pages_of("mentors")] == LANGUAGES
