"""Who may do what in the admin, and who reviews: the same in every language's tree.

A language tree inherits nothing from the other one, so each right is given on both (PLATFORM). What is missing is added;
what an administrator has added stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from portal.accounts.models import User
from portal.contributions.models import ReviewTask
from portal.core.domain.publishing import key_of

ADMIN = ["wagtailadmin.access_admin", "wagtail_localize.submit_translation"]
CHOOSE = ["wagtailimages.choose_image", "wagtaildocs.choose_document"]
UPLOAD = [
    *CHOOSE,
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
]
PUBLISH = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]


@dataclass(frozen=True)
class Role:
    """What a group may do with the pages below which sections, with files, and with settings.

    Rows (people, companies) need no group: whoever works for a partner looks after its own (`portal.members.rules`).
    """

    pages: dict[str, list[str]]
    files: list[str]
    settings: list[str] = field(default_factory=list)


ROLES = {
    "Editors": Role(pages={"home": PUBLISH}, files=UPLOAD),
    "Translators": Role(pages={"home": ["change_page"]}, files=CHOOSE),
    "Coordinators": Role(
        pages={"mentors": PUBLISH, "companies": PUBLISH},
        files=UPLOAD,
        settings=["matching.change_matchingweights"],
    ),
}
#: name, as both languages read it: (sections whose pages it reviews, groups that review)
REVIEWS = {
    "Prüfung / Posouzení": (["home"], ["Editors"]),
    "Prüfung der Profile / Posouzení profilů": (["mentors", "companies"], ["Coordinators"]),
}
#: what Wagtail's first migration leaves behind
UNUSED_WORKFLOW = "Moderators approval"


def pages_of(section: str) -> list[Page]:
    """The page of a section in every language, in the order of the settings."""
    order = [code for code, _name in settings.LANGUAGES]
    pages = Page.objects.filter(translation_key=key_of("section", section)).select_related("locale")
    return sorted(pages, key=lambda page: order.index(page.locale.language_code))


@transaction.atomic
def ensure_groups() -> Iterator[str]:
    """Creates groups, rights and workflows that are missing; yields the name of each group and workflow that it made."""
    _drop_defaults()
    for name, role in ROLES.items():
        group, created = Group.objects.get_or_create(name=name)
        _give(group, role)
        if created:
            yield name
    for name, (sections, reviewers) in REVIEWS.items():
        workflow, created = Workflow.objects.get_or_create(name=name)
        _assign(workflow, sections, reviewers)
        if created:
            yield name


def permission(name: str) -> Permission:
    """The permission called "app.codename"."""
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _give(group: Group, role: Role) -> None:
    group.permissions.add(*[permission(name) for name in [*ADMIN, *role.settings]])
    for section, actions in role.pages.items():
        for page in pages_of(section):
            for action in actions:
                GroupPagePermission.objects.get_or_create(
                    group=group, page=page, permission=permission(f"wagtailcore.{action}")
                )
    for name in role.files:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission(name)
        )


def _assign(workflow: Workflow, sections: list[str], reviewers: list[str]) -> None:
    task, _created = ReviewTask.objects.get_or_create(name=workflow.name)
    task.groups.add(*Group.objects.filter(name__in=reviewers))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for section in sections:
        for page in pages_of(section):
            WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})


def _drop_defaults() -> None:
    """Takes away what Wagtail sets up for a site of one language: rights on the root, which reach above both trees."""
    GroupPagePermission.objects.filter(group__name__in=[*ROLES, "Moderators"], page__depth=1).delete()
    Workflow.objects.filter(name=UNUSED_WORKFLOW, workflow_states=None).delete()
    Task.objects.filter(name=UNUSED_WORKFLOW, task_states=None, workflow_tasks=None).delete()
    Group.objects.filter(name="Moderators").exclude(pk__in=User.objects.values("groups")).delete()
