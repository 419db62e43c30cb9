"""Feeds, calendars, the sitemap and the word to robots."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.domain.calendars import calendar_of
from knowledge.domain.queries import coming_events
from knowledge.domain.sitemap import entries
from knowledge.feeds import SectionFeed, TopicFeed
from knowledge.models import EventPage


@require_safe
def section_feed(request: HttpRequest, section: str) -> HttpResponse:
    """What is new in a section."""
    return SectionFeed(request)(request, section)


@require_safe
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new on a topic."""
    return TopicFeed(request)(request, slug)


def _calendar(request: HttpRequest, events: list[EventPage], name: str, filename: str) -> HttpResponse:
    content = calendar_of(
        events, name, get_language() or "", lambda page: request.build_absolute_uri(page.get_url(request))
    )
    headers = {"Content-Disposition": f'attachment; filename="{filename}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def all_events(request: HttpRequest) -> HttpResponse:
    """Every coming event, to subscribe to."""
    return _calendar(request, coming_events(get_language() or ""), _("NET4DIGI events"), "net4digi")


@require_safe
def one_event(request: HttpRequest, key: UUID) -> HttpResponse:
    """One event, to put into one's own calendar; `key` is the same in every language."""
    events = EventPage.objects.live().filter(locale__language_code=get_language(), translation_key=key)
    event = events.for_cards().first()
    if event is None:
        raise Http404
    return _calendar(request, [event], event.title, slugify(event.slug) or "event")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page and topic."""
    return render(request, "sitemap.xml", {"urlset": entries(request)}, content_type="application/xml")


def _account_in(language: str) -> str:
    with override(language):
        return reverse("my_account")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots should leave alone: screens for members and staff, and the endless combinations of filters."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        *(f"Disallow: {_account_in(code)}" for code, _name in settings.LANGUAGES),
        "Disallow: /*?*topic=",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
