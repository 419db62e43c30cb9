"""What must hold in both languages.

Page types are looked at whenever Django checks. The database is looked at only when it is named
(`manage.py check --database default`), for a start should not wait for it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as Problem
from django.db import connections
from django.template import TemplateDoesNotExist
from django.template.loader import select_template
from wagtail.models import GroupPagePermission, Page, WorkflowPage, get_page_models
from wagtail_localize.models import LocaleSynchronization

from home.domain.groups import REVIEWS, ROLES, pages_of
from home.domain.site import SECTIONS
from portal.core.models import BasePage
from search.registry import mappers

HINT = "`manage.py setup_site` adds what is missing."


@register("portal", "kinds")
def every_kind_of_page_is_shown_and_found(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each page type that a reader can find has a card and a mapper for the search."""
    kinds = [page_type for page_type in get_page_models() if getattr(page_type, "kind", "")]
    return [problem for page_type in kinds for problem in problems_of_kind(page_type)]


def problems_of_kind(page_type: type[BasePage]) -> Iterator[CheckMessage]:
    """What a page type that has a kind lacks."""
    names = [f"{app}/cards/{page_type.kind}.html" for app in (page_type._meta.app_label, "knowledge")]
    try:
        select_template([name for name in [getattr(page_type, "card_template", ""), *names] if name])
    except TemplateDoesNotExist:
        yield Problem("No card to show it in lists.", hint=names[0], obj=page_type, id="home.W001")
    if page_type not in mappers:
        hint = f"@document_mapper in {page_type._meta.app_label}/documents.py"
        yield Problem("Nobody finds it by search.", hint=hint, obj=page_type, id="home.W002")


@register("portal", "languages")
def both_trees_are_alike(
    app_configs: Any, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Each section stands in every language, with the rights of every group and with its review."""
    for alias in databases or []:
        if WorkflowPage._meta.db_table in connections[alias].introspection.table_names() and pages_of("home"):
            return [*missing_pages(), *missing_rights(), *missing_reviews(), *mirrored_languages()]
    return []


def missing_pages() -> Iterator[CheckMessage]:
    """Sections that a language lacks."""
    for section in ["home", *SECTIONS]:
        present = {page.locale.language_code for page in pages_of(section)}
        for code, _name in settings.LANGUAGES:
            if code not in present:
                yield Problem(f"The section “{section}” is missing in: {code}", hint=HINT, id="home.W003")


def missing_rights() -> Iterator[CheckMessage]:
    """Rights that a group has lost on a tree."""
    held = set(GroupPagePermission.objects.values_list("group__name", "page_id", "permission__codename"))
    for name, role in ROLES.items():
        for section, actions in role.pages.items():
            for page in pages_of(section):
                lost = [action for action in actions if (name, page.pk, action) not in held]
                if lost:
                    text = f"{name} lack rights on {place(page)}: {', '.join(lost)}"
                    yield Problem(text, hint=HINT, id="home.W004")


def missing_reviews() -> Iterator[CheckMessage]:
    """Trees whose pages nobody reviews."""
    reviewed = set(
        WorkflowPage.objects.filter(
            workflow__active=True, workflow__workflow_tasks__task__active=True
        ).values_list("page_id", flat=True)
    )
    for sections, _reviewers in REVIEWS.values():
        for page in (page for section in sections for page in pages_of(section)):
            if page.pk not in reviewed:
                yield Problem(f"Nobody reviews the pages of {place(page)}.", hint=HINT, id="home.W005")


def mirrored_languages() -> Iterator[CheckMessage]:
    """Languages that wagtail-localize fills with pages of another one."""
    for mirror in LocaleSynchronization.objects.select_related("locale", "sync_from"):
        text = f"Pages in {mirror.sync_from.language_code} are mirrored in: {mirror.locale.language_code}"
        yield Problem(text, hint="Readers would not understand them; translate instead.", id="home.W006")


def place(page: Page) -> str:
    """Where a right is missing, for whoever administers the portal."""
    return f"“{page.title}” ({page.locale.language_code})"
