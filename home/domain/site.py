"""The pages that every installation begins with: a home page per language and the lists below it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from home.domain.groups import ensure_groups
from home.models import HomePage
from knowledge.models import (
    CaseStudyIndexPage,
    EventIndexPage,
    GuideIndexPage,
    KnowledgeIndexPage,
    NewsIndexPage,
    TopicIndexPage,
)
from matching.models import CompanyIndexPage
from mentoring.models import DirectoryPage
from portal.core.domain.publishing import existing_pages, key_of, publish_in_languages
from portal.core.models import BasePage, IndexPage
from portal.topics.models import Topic

WORDS = Path(__file__).parents[1] / "site"

#: key in indexes.yaml: (page type, key of the parent, whether the main menu shows it)
SECTIONS: dict[str, tuple[type[IndexPage], str, bool]] = {
    "knowledge": (KnowledgeIndexPage, "home", True),
    "guides": (GuideIndexPage, "knowledge", False),
    "case_studies": (CaseStudyIndexPage, "knowledge", False),
    "news": (NewsIndexPage, "knowledge", False),
    "topics": (TopicIndexPage, "knowledge", False),
    "mentors": (DirectoryPage, "home", True),
    "companies": (CompanyIndexPage, "home", True),
    "events": (EventIndexPage, "home", True),
}


def read_words(name: str) -> dict[str, Any]:
    """The words of the fixed pages, from a file that people edit."""
    return yaml.safe_load((WORDS / f"{name}.yaml").read_text(encoding="utf-8"))


def section(name: str) -> dict[str, Page]:
    """The index page of a section (a key of SECTIONS, or "home"), by language."""
    return existing_pages(HomePage if name == "home" else SECTIONS[name][0], key_of("section", name))


@transaction.atomic
def ensure_site() -> list[str]:
    """Creates what is missing of the site's frame and returns the names of the new pages; changes nothing that exists."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    return [*_ensure_home(), *_ensure_sections(), *ensure_groups()]


def _ensure_home() -> Iterator[str]:
    if section("home"):
        return
    root = Page.get_first_root_node()
    # Wagtail's welcome page stands where ours goes.
    Page.objects.child_of(root).exact_type(Page).delete()
    words = read_words("home")
    topics = Topic.objects.filter(slug__in=words.pop("topics"))
    pages = {code: HomePage(slug=code, **texts) for code, texts in words.items()}
    for page in pages.values():
        page.topics.set(topics)
    publish_in_languages(pages, dict.fromkeys(pages, root), key_of("section", "home"))
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": "localhost",
            "root_page": pages[settings.LANGUAGE_CODE],
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    yield "home"


def _ensure_sections() -> Iterator[str]:
    words = read_words("indexes")
    for name, (page_class, parent, in_menu) in SECTIONS.items():
        if section(name):
            continue
        pages: dict[str, BasePage] = {
            code: page_class(show_in_menus=in_menu, **texts) for code, texts in words[name].items()
        }
        publish_in_languages(pages, section(parent), key_of("section", name))
        yield name
