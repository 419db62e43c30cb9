"""Events as iCalendar (RFC 5545)."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from knowledge.models import EventPage
from portal.topics.domain.shown import shown_topics

PRODUCT = f"-//{settings.WAGTAIL_SITE_NAME}//Portal//EN"


def calendar_of(
    events: Iterable[EventPage], name: str, language: str, address: Callable[[EventPage], str]
) -> bytes:
    """The events as one calendar in `language`, with the rules of our time zone; `address` gives the absolute URL of each."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", name, parameters={"LANGUAGE": language})
    calendar.add("x-wr-calname", name)
    for page in events:
        calendar.add_component(_event(page, language, address(page)))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(page: EventPage, language: str, url: str) -> Event:
    event = Event()
    words = {"LANGUAGE": language}
    changed = page.last_published_at or page.starts_at
    # the same event in both languages, whatever becomes of its title and address
    event.add("uid", f"{page.translation_key}@net4digi")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", timezone.localtime(page.starts_at))
    event.add("dtend", timezone.localtime(page.ends_at))
    event.add("summary", page.title, parameters=words)
    event.add("description", f"{page.summary}\n\n{url}", parameters=words)
    event.add("url", url)
    if place := ", ".join(filter(None, [page.venue, page.place.label if page.place else ""])):
        event.add("location", place, parameters=words)
    if topics := [topic.label_in(language) for topic in shown_topics(page)]:
        event.add("categories", topics, parameters=words)
    event.add("status", "CONFIRMED")
    return event
