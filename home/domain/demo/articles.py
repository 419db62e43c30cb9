"""Guides, case studies, news, events and standard pages of the demo."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from home.domain.demo.files import LANGUAGES, articles, instant
from home.domain.demo.people import company_of
from home.domain.site import section
from home.models import StandardPage
from knowledge.models import CaseStudyPage, EventPage, GuidePage, NewsPage
from portal.core.domain.markdown import Block, body_from_markdown
from portal.core.domain.publishing import existing_pages, key_of, publish_in_languages
from portal.core.models import BasePage
from portal.members.models import Organisation
from portal.topics.models import Place, Sector, Topic

#: what `page:...` in a call to action means: a section of the site
LINKS = {
    "home": "home",
    "mentoring": "mentors",
    "companies": "companies",
    "events": "events",
    "guides": "guides",
    "search": "knowledge",
}
#: and which of them means an address that is no page
VIEWS = {"request": "mentoring:begin"}

Facts = dict[str, Any]


@cache
def _topics() -> dict[str, Topic]:
    return Topic.objects.in_bulk(field_name="slug")


@cache
def _section_page(name: str, language: str) -> int:
    return section(LINKS[name])[language].pk


def _view(name: str, language: str) -> str:
    with override(language):
        return reverse(VIEWS[name])


def _body(text: str, language: str) -> list[Block]:
    blocks = body_from_markdown(text)
    for block in blocks:
        value = block["value"]
        if block["type"] == "call_to_action" and value["url"].startswith("page:"):
            target = value["url"].removeprefix("page:")
            value["url"] = _view(target, language) if target in VIEWS else ""
            value["page"] = None if target in VIEWS else _section_page(target, language)
    return blocks


def _article(facts: Facts, _language: str) -> Facts:
    return {
        "published_on": facts["published_on"],
        "institution": Organisation.objects.filter(slug=facts.get("institution") or "").first(),
        "author": facts.get("author") or "",
    }


def _guide(facts: Facts, language: str) -> Facts:
    return {
        **_article(facts, language),
        "level": facts["level"],
        "minutes_needed": facts.get("minutes_needed"),
        "reviewed_on": facts["reviewed_on"],
        "sectors": _sectors(facts),
    }


def _case_study(facts: Facts, language: str) -> Facts:
    results = [
        {"type": "result", "value": {"value": row["value"], "label": row[language]}}
        for row in facts.get("results", [])
    ]
    return {
        **_article(facts, language),
        "country": facts["country"],
        "results": results,
        "company": company_of(facts.get("company")),
        "sectors": _sectors(facts),
    }


def _event(facts: Facts, language: str) -> Facts:
    place = (
        Place.objects.filter(name=facts["place"]).order_by("-population").first()
        if facts.get("place")
        else None
    )
    return {
        "format": facts["kind"],
        "starts_at": instant(facts["starts_at"]),
        "ends_at": instant(facts["ends_at"]),
        "registration_deadline": instant(facts["registration_deadline"]),
        "place": place,
        "venue": facts["venue"][language],
        "online": facts["online"],
        "spoken_languages": facts["languages"],
        "interpreting": facts["interpreting"],
        "seats": facts["seats"],
        "institution": Organisation.objects.filter(slug=facts["institution"]).first(),
    }


def _standard(facts: Facts, _language: str) -> Facts:
    return {"in_footer": facts["in_footer"]}


def _sectors(facts: Facts) -> list[Sector]:
    return list(Sector.objects.filter(code__in=facts.get("sectors") or []))


#: folder: (page type, section, facts of a page)
KINDS: dict[str, tuple[type[BasePage], str, Callable[[Facts, str], Facts]]] = {
    "pages": (StandardPage, "home", _standard),
    "guides": (GuidePage, "guides", _guide),
    "case_studies": (CaseStudyPage, "case_studies", _case_study),
    "news": (NewsPage, "news", _article),
    "events": (EventPage, "events", _event),
}


def load_articles() -> Iterator[str]:
    """Publishes every article that is missing, in all languages; yields what it made."""
    _topics.cache_clear()
    _section_page.cache_clear()
    for folder, (page_class, name, facts_of) in KINDS.items():
        for key, facts, words in sorted(articles(folder), key=lambda row: row[1].get("order", 0)):
            if not existing_pages(page_class, key_of(folder, key)):
                pages = {code: _page(page_class, facts, words[code], facts_of, code) for code in LANGUAGES}
                publish_in_languages(pages, section(name), key_of(folder, key))
                yield f"{folder}/{key}"


def _page(
    page_class: type[BasePage],
    facts: Facts,
    words: Facts,
    facts_of: Callable[[Facts, str], Facts],
    language: str,
) -> BasePage:
    fields = facts_of(facts, language)
    sectors = fields.pop("sectors", None)
    page = page_class(
        title=words["title"],
        slug=words["slug"],
        seo_title=words.get("seo_title", ""),
        search_description=words["summary"],
        summary=words["summary"],
        body=_body(words["text"], language),
        **fields,
    )
    if sectors:
        page.sectors = sectors
    if facts.get("topics"):
        page.topics.set([_topics()[slug] for slug in facts["topics"]])
    return page
