"""What search engines read of a page: schema.org as JSON-LD (https://schema.org, https://www.w3.org/TR/json-ld11/)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from knowledge.models import CaseStudyPage, EventPage, GuidePage, NewsPage
from portal.core.models import BasePage
from portal.members.models import Company, Organisation, Person
from portal.topics.domain.shown import shown_topics
from portal.topics.models import Place

Data = dict[str, Any]
#: an address of this site as one that works everywhere
Absolute = Callable[[str], str]

PUBLISHER: Data = {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME}
IN_PERSON, ONLINE, MIXED = (
    f"https://schema.org/{mode}EventAttendanceMode" for mode in ("Offline", "Online", "Mixed")
)


def graph(*parts: Data | None) -> Data:
    """Several things that one page tells about."""
    return {"@context": "https://schema.org", "@graph": [part for part in parts if part]}


def page_data(page: BasePage, url: str, absolute: Absolute) -> Data | None:
    """What the page is, if it is more than a list; `url` is its own address."""
    match page:
        case EventPage():
            return event(page, absolute(url))
        case GuidePage() if any(block.block_type == "steps" for block in page.body):
            return how_to(page, absolute(url))
        case GuidePage() | CaseStudyPage() | NewsPage():
            return article(page, absolute(url))
    return None


def breadcrumbs(
    page: Page, ancestors: Iterable[tuple[str, str]], url: str, absolute: Absolute
) -> Data | None:
    """The way from the home page to `page`; `ancestors` are (title, address), the home page left out."""
    steps = [*ancestors, (page.title, url)]
    if len(steps) < 2:
        return None
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(address)}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }


def article(page: GuidePage | CaseStudyPage | NewsPage, url: str) -> Data:
    """An article; news as NewsArticle."""
    return _filled(
        {
            "@type": "NewsArticle" if isinstance(page, NewsPage) else "Article",
            **_words(page, url),
            "headline": page.title,
            "datePublished": page.published_on.isoformat(),
            "author": {"@type": "Person", "name": page.author}
            if page.author
            else _institution(page.institution),
            "publisher": PUBLISHER,
            "license": getattr(page, "licence", ""),
        }
    )


def how_to(page: GuidePage, url: str) -> Data:
    """A guide with steps."""
    steps = [step for block in page.body if block.block_type == "steps" for step in block.value["steps"]]
    return _filled(
        {
            **article(page, url),
            "@type": "HowTo",
            "totalTime": f"PT{page.minutes_needed}M" if page.minutes_needed else None,
            "step": [
                _filled({"@type": "HowToStep", "name": step["title"], "text": _plain(step["text"])})
                for step in steps
            ],
        }
    )


def event(page: EventPage, url: str) -> Data:
    """An event with its place."""
    rooms = [_place(page.place, page.venue)] if page.place else []
    rooms += [{"@type": "VirtualLocation", "url": url}] if page.online else []
    return _filled(
        {
            "@type": "BusinessEvent" if page.format == "network_meeting" else "EducationEvent",
            **_words(page, url),
            "startDate": page.starts_at.isoformat(),
            "endDate": page.ends_at.isoformat(),
            "inLanguage": page.spoken_languages,
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": (MIXED if page.place else ONLINE) if page.online else IN_PERSON,
            "location": rooms,
            "organizer": _institution(page.institution),
            "isAccessibleForFree": True,
            "maximumAttendeeCapacity": page.seats,
        }
    )


def person(someone: Person, headline: str, url: str) -> Data:
    """A mentor or expert; `headline` is what they are, in the language of the page."""
    return _filled(
        {
            "@type": "Person",
            "name": someone.name,
            "honorificPrefix": someone.titles[0],
            "honorificSuffix": someone.titles[1],
            "jobTitle": headline,
            "url": url,
            "worksFor": {"@type": "Organization", "name": someone.employer} if someone.employer else None,
            "knowsLanguage": [row.language for row in someone.languages.all()],
            "knowsAbout": [topic.label for topic in shown_topics(someone)],
            "homeLocation": _place(someone.place),
        }
    )


def company(firm: Company, description: str, url: str) -> Data:
    """A company as an organisation."""
    return _filled(
        {
            "@type": "Organization",
            "name": firm.name,
            "description": description,
            "url": url,
            "sameAs": firm.website,
            "foundingDate": str(firm.founded) if firm.founded else None,
            "location": _place(firm.place),
            "knowsAbout": [topic.label for topic in shown_topics(firm)],
        }
    )


def _words(page: BasePage, url: str) -> Data:
    return {
        "name": page.title,
        "description": page.summary,
        "url": url,
        "inLanguage": page.words_language,
        "keywords": [topic.label for topic in shown_topics(page)],
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else None,
    }


def _institution(partner: Organisation | None) -> Data | None:
    if partner is None:
        return None
    return _filled({"@type": "Organization", "name": partner.label, "url": partner.website})


def _place(place: Place, venue: str = "") -> Data:
    address = {
        "@type": "PostalAddress",
        "streetAddress": venue,
        "addressLocality": place.label,
        "addressCountry": place.country,
    }
    return {"@type": "Place", "name": venue or place.label, "address": _filled(address)}


def _plain(text: Any) -> str:
    return get_text_for_indexing(text.source).strip() if text else ""


def _filled(data: Data) -> Data:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
