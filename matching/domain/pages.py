"""Guides, events and other pages that may help with a need: ranked by the formula that ranks people, and explained like them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from knowledge.models import EventPage
from matching.domain.asked import read_need
from matching.domain.needs import NeedFacts
from matching.domain.relaxing import SIMILAR
from matching.domain.scoring import Candidate, Need, Score, best_language, distance_km, rank
from portal.core.enums import SpokenLanguage
from portal.members.enums import LanguageLevel, Meeting
from portal.topics.models import TopicalPage
from search.domain.similarity import most_similar

#: so many documents count as similar to a text
MOST_SIMILAR = 100
#: whoever looks for help travels to an event, however far; the nearer the better
ANYWHERE = 10_000
#: what a list shows of a page, and what the score needs of an event
PAGE = ("pk", "title", "url_path")
EVENT = (
    *("starts_at", "online", "spoken_languages", "interpreting"),
    *("place__country", "place__latitude", "place__longitude"),
)


@dataclass(frozen=True)
class PageFound:
    """A page that may help, as a list shows it, and why."""

    title: str
    url: str
    kind: type[TopicalPage]
    #: of an event
    starts_at: datetime | None
    score: Score
    need: Need
    #: what of the page the score has looked at
    candidate: Candidate

    @property
    def topics(self) -> frozenset[int]:
        """The topics of the page that count here."""
        return self.candidate.topics & self.need.earned_by.keys()

    @property
    def hits(self) -> frozenset[int]:
        """Those of them that were asked for by name."""
        return self.candidate.topics & self.need.worth.keys()


def pages_for(
    facts: NeedFacts,
    kinds: Sequence[type[TopicalPage]],
    language: str,
    limit: int,
    without: Collection[int] = (),
) -> list[PageFound]:
    """The `limit` pages of `kinds` in the tree of `language` that help most with a need, the best first.

    They share a topic with it, or one above or below; a need without topics is answered by its words. Of events, those that
    are over do not help, nor do the pages `without` (keys): where the need is what a page says, that page. Six queries for
    any number of pages, and one more across languages.
    """
    asked = read_need(facts, facts.topics, language, Page)
    need, topics = asked.need, asked.carried()
    texts = _similar_pages(facts, kinds, language, without)
    read = {row[0]: row for row in _rows(kinds, language, {*topics, *texts} - {*without})}
    candidates = [
        Candidate(pk, frozenset(topics.get(pk, ())), texts.get(pk, 0.0), **_event(facts, *event[1:]))
        for pk, _title, _path, _kind, *event in read.values()
    ]
    best = rank(need, candidates, len(candidates))
    helping = [(one, parts) for one, parts in best if parts.topics or not need.worth]
    found = []
    for one, parts in helping[:limit]:
        _pk, title, path, kind, starts_at, *_event_facts = read[one.key]
        url = Page(url_path=path).url or ""
        found.append(PageFound(title, url, kinds[kind], starts_at, parts, need, one))
    return found


def page_reasons(found: PageFound) -> Iterator[dict[str, str]]:
    """Why a page is shown, and what speaks against it, as `matching.domain.cards.reasons` says it of people."""
    if found.hits:
        yield {"style": "part-topics", "text": _("Shared topics: %(n)s") % {"n": len(found.hits)}}
    if related := found.topics - found.hits:
        yield {"style": "part-topics", "text": _("Related topics: %(n)s") % {"n": len(related)}}
    if found.candidate.text:
        fits = (
            _("Fits the description") if found.candidate.text >= SIMILAR else _("Mentions something similar")
        )
        yield {"style": "part-text", "text": fits}
    if found.kind is EventPage:
        yield from _event_reasons(found)


def _event_reasons(found: PageFound) -> Iterator[dict[str, str]]:
    """In which language an event is, and how far away."""
    facts, event = found.need.facts, found.candidate
    if facts.spoken and event.languages:
        code, level = best_language(facts, event.languages)
        if not level:
            yield {"style": "missing", "text": _("In none of your languages")}
        elif level == LanguageLevel.WORKS_IN:
            yield {
                "style": "ok",
                "text": _("In your language: %(language)s") % {"language": SpokenLanguage(code).label},
            }
        else:
            yield {"style": "ok", "text": _("With interpreting")}
    km = distance_km(facts, event.latitude, event.longitude)
    if event.online and (km is None or facts.meeting != Meeting.ON_SITE):
        yield {"style": "ok", "text": _("Takes place online")}
    elif km is not None:
        away = {"km": formats.number_format(round(km), decimal_pos=0)}
        style = "missing" if facts.meeting == Meeting.ONLINE else "ok"
        yield {"style": style, "text": _("Takes place %(km)s km away") % away}


def _similar_pages(
    facts: NeedFacts, kinds: Sequence[type[TopicalPage]], language: str, without: Collection[int]
) -> dict[int, float]:
    """How alike the need's words and the most similar pages are, by page in the tree of `language`.

    Words are compared with pages in their own language; from there it is one query to those that say the same in another.
    """
    if not facts.text.strip():
        return {}
    themselves = [f"{kind._meta.label_lower}:{key}" for kind in kinds for key in without]
    found = most_similar(
        facts.text, facts.language, [kind.kind for kind in kinds], MOST_SIMILAR, themselves, in_letters=True
    )
    shares = {int(match.source.rpartition(":")[2]): match.score for match in found}
    if not shares or facts.language == language:
        return shares
    same = Page.objects.filter(translation_key=OuterRef("translation_key"), pk__in=shares).values("pk")[:1]
    rows = Page.objects.filter(locale__language_code=language).annotate(same=Subquery(same))
    return {page: shares[pk] for page, pk in rows.exclude(same=None).values_list("pk", "same")}


def _rows(kinds: Sequence[type[TopicalPage]], language: str, keys: set[int]) -> QuerySet[Any]:
    """(*PAGE, which of `kinds`, *EVENT) of those of the pages `keys` that anybody in the tree of `language` may read."""
    paths = {kind: kind._meta.model_name or "" for kind in kinds}
    shown, number = Q(), []
    for place, (kind, path) in enumerate(paths.items()):
        is_kind = Q(**{f"{path}__isnull": False})
        number.append(When(is_kind, then=Value(place)))
        shown |= Q(**{f"{path}__ends_at__gte": timezone.now()}) if kind is EventPage else is_kind
    itself = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    hidden = PageViewRestriction.objects.annotate(below=itself).filter(below__startswith=F("page__path"))
    rows = Page.objects.live().filter(shown, ~Exists(hidden), locale__language_code=language, pk__in=keys)
    event = [
        f"{paths[EventPage]}__{name}" if EventPage in paths else Value(None, output_field=CharField())
        for name in EVENT
    ]
    facts = {f"event_{place}": F(name) if isinstance(name, str) else name for place, name in enumerate(event)}
    return rows.annotate(number=Case(*number), **facts).values_list(*PAGE, "number", *facts)


def _event(
    facts: NeedFacts,
    online: bool | None,
    languages: list[str] | None,
    interpreting: bool | None,
    country: str | None,
    latitude: float | None,
    longitude: float | None,
) -> dict[str, Any]:
    """An event as somebody who speaks its languages, and understands everybody if there is interpreting; else nothing."""
    if online is None:
        return {}
    understood = dict.fromkeys(facts.spoken, LanguageLevel.UNDERSTANDS.value) if interpreting else {}
    return {
        "languages": understood | dict.fromkeys(languages or (), LanguageLevel.WORKS_IN.value),
        "country": country or "",
        "latitude": latitude,
        "longitude": longitude,
        "online": online,
        "radius_km": ANYWHERE,
    }
