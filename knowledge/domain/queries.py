"""What feeds and the sitemap read: more than one page type at once."""

from datetime import datetime, time

from django.utils import timezone
from wagtail.models import Page

from knowledge.models import CaseStudyPage, EventPage, GuidePage, NewsPage
from portal.topics.domain.shown import with_topics
from portal.topics.models import Topic

KINDS: dict[str, list[type[Page]]] = {
    "all": [GuidePage, CaseStudyPage, NewsPage, EventPage],
    "guides": [GuidePage],
    "case_studies": [CaseStudyPage],
    "news": [NewsPage],
    "events": [EventPage],
}


def published_at(page: Page) -> datetime:
    """When readers could first read `page`, as an instant; articles name the day themselves."""
    if isinstance(page, EventPage):
        # a page that was put on line without a revision does not know
        return page.first_published_at or page.starts_at
    return timezone.make_aware(datetime.combine(page.published_on, time.min))


def latest(section: str, language: str, limit: int, topic: Topic | None = None) -> list[Page]:
    """The newest published pages of a section (a key of KINDS), of one topic and those below it if `topic` is given."""
    pages: list[Page] = []
    for kind in KINDS[section]:
        found = kind.objects.live().filter(locale__language_code=language)
        found = found.about([topic.slug]) if topic else found
        found = found.order_by("-first_published_at") if kind is EventPage else found.newest()
        pages += found.for_cards().select_related("institution")[:limit]
    pages.sort(key=published_at, reverse=True)
    return with_topics(pages[:limit])


def coming_events(language: str) -> list[EventPage]:
    """Every published event that is not over, the next one first."""
    events = EventPage.objects.live().filter(locale__language_code=language).coming()
    return with_topics(events.for_cards())
