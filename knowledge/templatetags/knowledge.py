"""Cards and chips for whatever carries topics, and the small words of the knowledge base."""

import json
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import select_template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.domain import linked_data as schema
from knowledge.feeds import TITLES
from knowledge.models import EventPage
from portal.core.domain.sections import section_pages, section_urls
from portal.core.models import BasePage
from portal.topics.domain.shown import ShownTopic, shown_topics
from portal.topics.models import Place, Topic, TopicLabel

register = template.Library()

#: what would end a script element or begin a comment in it
SCRIPT_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
#: what a card can show without becoming a list itself
CARD_CHIPS = 3


def address_of(request: HttpRequest, topic: Topic | ShownTopic) -> str:
    """The address of the topic's page in the language of the reader; "" while there is no list of topics."""
    language = get_language() or ""
    index = section_urls(request, "topics").get(language)
    return f"{index}{topic.address_in(language)}/" if index else ""


@register.simple_tag(takes_context=True)
def topic_url(context: template.Context, topic: Topic | ShownTopic) -> str:
    """The address of the topic's page in the language of the reader."""
    return address_of(context["request"], topic)


@register.simple_tag(takes_context=True)
def chips(context: template.Context, thing: Any, limit: int | None = None) -> list[dict[str, str]]:
    """The topics of a page, person or company as components take them: {"label", "url"}."""
    request = context["request"]
    topics = shown_topics(thing)[:limit] if limit != 0 else []
    return [{"label": topic.label, "url": address_of(request, topic)} for topic in topics]


@register.inclusion_tag("knowledge/parts/topic_chips.html", takes_context=True)
def topic_chips(context: template.Context, thing: Any) -> dict[str, Any]:
    """The topics of a page, person or company as linked chips."""
    return {"chips": chips(context, thing)}


@register.simple_tag(takes_context=True)
def page_card(context: template.Context, page: Page, level: int = 3, chips: bool = True) -> SafeString:
    """The card of any page: `<app>/cards/<kind>.html`, or else its title and summary; with the topics as `chips`.

    Without queries of its own if the pages were asked `for_cards()` and, for the chips, went through `with_topics()`.
    """
    request = context["request"]
    card = select_template([f"{page._meta.app_label}/cards/{page.kind}.html", "knowledge/cards/page.html"])
    language = page.words_language
    return card.render(
        {
            "page": page,
            "url": page.get_url(request),
            "level": level,
            "lang": language if language != get_language() else "",
            "card_chips": CARD_CHIPS if chips else 0,
            # as a value: a card needs no context processor
            "request": request,
        }
    )


@register.simple_tag
def joined(*parts: Any) -> str:
    """The parts that say something, with a dot between them."""
    return " · ".join(str(part) for part in parts if part)


@register.filter
def work_time(minutes: int) -> str:
    """How long something takes, as people say it: minutes, hours from two hours on, working days from two days on."""
    hours = round(minutes / 60)
    if minutes < 120:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if hours < 16:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(hours / 8)
    return ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}


@register.filter
def spoken(page: Any) -> str:
    """The languages of an event: “German, Czech, with interpreting”."""
    labels = [str(label) for label in page._meta.get_field("spoken_languages").labels(page.spoken_languages)]
    return ", ".join([*labels, _("with interpreting")] if labels and page.interpreting else labels)


@register.filter
def period(page: EventPage) -> str:
    """When an event takes place, in local time: “Thursday, 14 January 2027, 13:00–17:00”."""
    start, end = timezone.localtime(page.starts_at), timezone.localtime(page.ends_at)
    words = {"start": date_format(start, "TIME_FORMAT"), "end": date_format(end, "TIME_FORMAT")}
    words |= {"weekday": date_format(start, "l"), "day": date_format(start, "DATE_FORMAT")}
    if start.date() == end.date():
        return _("%(weekday)s, %(day)s, %(start)s–%(end)s") % words
    return _("%(day)s, %(start)s – %(last_day)s, %(end)s") % {
        **words,
        "last_day": date_format(end, "DATE_FORMAT"),
    }


@register.simple_tag
def event_facts(page: EventPage, place: Place | None) -> list[dict[str, str]]:
    """Where, in which languages, for how many and until when, as `{% ui "facts" %}` takes it."""
    where = [page.venue, place.label if place else ""]
    until = page.registration_deadline
    facts = [
        (_("When"), period(page)),
        (_("Where"), ", ".join(filter(None, [*where, str(_("online")) if page.online else ""]))),
        (_("Region"), place.region.label if place else ""),
        (_("Languages"), spoken(page)),
        (_("Seats"), page.seats),
        (_("Register until"), date_format(timezone.localtime(until), "DATETIME_FORMAT") if until else ""),
        (_("Organiser"), page.institution.label if page.institution else ""),
    ]
    return [{"label": label, "value": str(value)} for label, value in facts if value]


@register.simple_tag
def read_in(language: str) -> str:
    """The invitation to read a page in `language`, in that language, whatever the reader's."""
    with override(language):
        return _("Read in English")


@register.simple_tag
def feed_links(section: str) -> list[dict[str, str]]:
    """Where to follow a section: {"url", "type", "title", "label"}; events also as a calendar."""
    links = [
        {
            "url": reverse("knowledge:feed", args=[section]),
            "type": "application/atom+xml",
            "title": str(TITLES[section]),
            "label": _("News feed (Atom)"),
        }
    ]
    if section == "events":
        calendar = {"type": "text/calendar", "title": _("Calendar"), "label": _("Subscribe to the calendar")}
        links.append({"url": reverse("knowledge:calendar"), **calendar})
    return links


@register.simple_tag(takes_context=True)
def top_topics(context: template.Context) -> list[dict[str, str]]:
    """The topics that all others stand below, as {"label", "url"}."""
    language = get_language() or ""
    index = section_urls(context["request"], "topics").get(language)
    rows = TopicLabel.objects.filter(language=language, kind=TopicLabel.Kind.PREFERRED, topic__broader=None)
    return (
        [{"label": row.label, "url": f"{index}{row.slug}/"} for row in rows.order_by("folded")]
        if index
        else []
    )


@register.simple_tag
def result_figures(page: Any) -> list[dict[str, str]]:
    """The results of a case study as `{% ui "figures" %}` takes them."""
    return [{"value": result.value["value"], "label": result.value["label"]} for result in page.results]


@register.simple_tag(takes_context=True)
def linked_data(context: template.Context, page: BasePage, *more: schema.Data) -> SafeString:
    """The page, its way from the home page and `more` as JSON-LD."""
    request = context["request"]
    url = page.get_url(request) or request.path
    above = [
        (section.title, section.url)
        for section in section_pages(request, page.language)
        if page.url_path.startswith(section.url_path) and section.pk != page.pk
    ]
    absolute = request.build_absolute_uri
    way = schema.breadcrumbs(page, above, url, absolute)
    parts = [schema.page_data(page, url, absolute), way, *more]
    return _script(schema.graph(*parts)) if any(parts) else SafeString()


def _script(data: schema.Data) -> SafeString:
    text = json.dumps(data, ensure_ascii=False).translate(SCRIPT_ESCAPES)
    # a script element knows no entities: what could end it is escaped within JSON instead
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped one line above
