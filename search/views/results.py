"""The page of results: what a reader asked, what was found, and how to narrow it. Nothing is written to the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.domain.sections import section_urls
from portal.topics.models import Region
from search.analysis import printable
from search.domain import find
from search.domain.empty_searches import note
from search.domain.near import topics_near
from search.domain.vocabulary import Vocabulary, read_vocabulary
from search.engines.base import AVAILABLE, YES, Hit, Query, Results
from search.registry import kinds, level_labels

#: What fits into the box.
LONGEST_TEXT = 200
HITS_PER_PAGE = 10
#: Choices of a facet and topics of a hit: the most frequent ones.
MOST_CHOICES = 12
MOST_CHIPS = 4


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Answers to ?q=, narrowed by ?kind=, ?topic=, ?language=, ?region=, ?level= and ?free=; without q, where to begin."""
    typed = " ".join(printable(request.GET.get("q", "")).split())
    context: dict[str, Any] = {
        "text": typed[:LONGEST_TEXT],
        "is_cut": len(typed) > LONGEST_TEXT,
        "alternates": {
            code: translate_url(request.get_full_path(), code) for code, _name in settings.LANGUAGES
        },
    }
    if context["text"]:
        shown = Shown(request, context["text"])
        context |= shown.context()
        if request.method == "GET":
            shown.note_if_empty()
    return render(request, "search/results.html", context)


@dataclass(frozen=True)
class Filter:
    """One of the filters: its parameter, the facet behind it, what it and its values are called, and what was chosen."""

    name: str
    facet: str
    legend: str
    labels: Mapping[str, str]
    chosen: Sequence[str]

    def options(self, counts: Mapping[str, int]) -> list[dict[str, Any]]:
        """What is chosen and what occurs most, with the number of hits that it leads to."""
        counts = {**dict.fromkeys(self.chosen, 0), **counts}
        known = [value for value in counts if value in self.labels]
        known.sort(key=lambda value: (value not in self.chosen, -counts[value], self.labels[value]))
        return [
            {
                "value": value,
                "label": self.labels[value],
                "count": counts[value],
                "checked": value in self.chosen,
            }
            for value in known[:MOST_CHOICES]
        ]


class Shown:
    """What one request asked, and what the page shows of the answer."""

    def __init__(self, request: HttpRequest, text: str) -> None:
        self.request = request
        self.language = get_language() or settings.LANGUAGE_CODE
        self.languages = {code: str(name) for code, name in settings.LANGUAGES}
        self.vocabulary: Vocabulary = read_vocabulary()
        self.regions = {region.code: region for region in Region.objects.all()}
        self.topics_url = section_urls(request, "topics").get(self.language, "")
        self.filters = self._filters()
        self.query = self._query(text)
        self.results: Results = find(self.query, self.vocabulary)

    def context(self) -> dict[str, Any]:
        """Everything that the template needs."""
        cards = [self._card(hit) for hit in self.results.hits]
        return {
            "results": self.results,
            "tabs": self._tabs(),
            "filters": self._groups(),
            "kept": [
                {"name": "q", "value": self.query.text},
                *({"name": "kind", "value": k} for k in self.query.kinds),
            ],
            "chosen": self._chosen(),
            "is_narrowed": self._is_narrowed,
            "unfiltered_url": self._url(kind=[], **{each.name: [] for each in self.filters}),
            "page_obj": self._page(),
            "leading": [card for card in cards if card["hit"].leads],
            "cards": [card for card in cards if not card["hit"].leads],
            "named_topics": self.chips(self.results.topics),
            **({} if self.results.total else self._help()),
        }

    def note_if_empty(self) -> None:
        """Counts what the portal has nothing about; what a filter by kind, language, level or place kept out is no gap."""
        others = (self.query.kinds, self.query.languages, self.query.levels, self.query.only_available)
        if not self.results.total and not any(others):
            topic = next(iter([*self.query.topics, *self.results.topics]), "")
            note(self.query.text, self.language, topic, next(iter(self.query.regions), ""))

    @property
    def _is_narrowed(self) -> bool:
        return bool(self.query.kinds) or any(each.chosen for each in self.filters)

    def _filters(self) -> list[Filter]:
        """The filters in their order. Values that do not exist are left out, so that an old link still finds something."""
        topics = {slug: topic.label_in(self.language) for slug, topic in self.vocabulary.topics.items()}
        regions = {code: region.label for code, region in self.regions.items()}
        levels = {value: str(label) for value, label in level_labels().items()}
        rows: list[tuple[str, str, str, dict[str, str]]] = [
            ("topic", "topics", _("Topic"), topics),
            ("language", "languages", _("Language"), self.languages),
            ("region", "regions", _("Region"), regions),
            ("level", "levels", pgettext("guide", "Level"), levels),
            ("free", AVAILABLE, _("Availability"), {YES: _("Free place")}),
        ]
        chosen = self.request.GET.getlist
        return [Filter(*row, [v for v in dict.fromkeys(chosen(row[0])) if v in row[-1]]) for row in rows]

    def _query(self, text: str) -> Query:
        chosen = {each.facet: each.chosen for each in self.filters}
        only_available = bool(chosen.pop(AVAILABLE))
        return Query(
            text=text,
            language=self.language,
            kinds=[kind for kind in self.request.GET.getlist("kind")[:1] if kind in kinds()],
            only_available=only_available,
            page=_number(self.request.GET.get("page", "")),
            size=HITS_PER_PAGE,
            **chosen,
        )

    def _tabs(self) -> list[dict[str, Any]]:
        counts = self.results.facets.get("kinds", {})
        everything = {"label": _("Everything"), "count": sum(counts.values()), "url": self._url(kind=[])}
        tabs = [{**everything, "current": not self.query.kinds}]
        for kind, model in kinds().items():
            if counts.get(kind) or kind in self.query.kinds:
                label = capfirst(str(model._meta.verbose_name_plural))
                current = kind in self.query.kinds
                count, url = counts.get(kind, 0), self._url(kind=[kind])
                tabs.append({"label": label, "count": count, "url": url, "current": current})
        return tabs

    def _groups(self) -> list[dict[str, Any]]:
        """What the form offers."""
        groups = [
            {
                "legend": each.legend,
                "name": each.name,
                "options": each.options(self.results.facets.get(each.facet, {})),
            }
            for each in self.filters
        ]
        return [group for group in groups if group["options"]]

    def _chosen(self) -> list[dict[str, str]]:
        """Every value that narrows, with the address without it."""
        return [
            {
                "label": each.labels[value],
                "url": self._url(**{each.name: [kept for kept in each.chosen if kept != value]}),
            }
            for each in self.filters
            for value in each.chosen
        ]

    def _card(self, hit: Hit) -> dict[str, Any]:
        model = kinds().get(hit.kind)
        meta = [str(getattr(model, "kind_label", "")), str(level_labels().get(hit.level, "")), *_when(hit)]
        where = []
        if hit.language != self.language:
            where.append(_("in: %(language)s") % {"language": self.languages[hit.language]})
        if hit.region in self.regions:
            # last, for the mark of the country stands behind it
            where.append(self.regions[hit.region].label)
        return {
            "hit": hit,
            "meta": " · ".join(filter(None, [*meta, *where])),
            "place": " · ".join(where),
            "lang": hit.language if hit.language != self.language else "",
            "chips": self.chips(self._shown_topics(hit)),
            "others": [
                {"url": url, "code": code, "label": _own_name(code)}
                for code, url in sorted(hit.others.items())
            ],
        }

    def _shown_topics(self, hit: Hit) -> list[str]:
        """Those that were asked for stand first."""
        asked = {*self.results.topics, *self.query.topics}
        known = [slug for slug in hit.topics if slug in self.vocabulary.topics]
        return sorted(known, key=lambda slug: slug not in asked)[:MOST_CHIPS]

    def chips(self, slugs: Collection[str]) -> list[dict[str, str]]:
        """Topics with the addresses of their pages; those that were asked for stand out."""
        asked = {*self.results.topics, *self.query.topics}
        topics = [(slug, self.vocabulary.topics[slug]) for slug in slugs]
        return [
            {
                "label": topic.label_in(self.language),
                "url": f"{self.topics_url}{topic.address_in(self.language)}/" if self.topics_url else "",
                "style": "hit" if slug in asked else "",
            }
            for slug, topic in topics
        ]

    def _page(self) -> Page:
        return Paginator(range(self.results.total), HITS_PER_PAGE).page(self.results.page)

    def _help(self) -> dict[str, Any]:
        """Where somebody may go who found nothing: fewer filters, topics nearby, who carries them, the other language."""
        near = topics_near(self.query.text, self.vocabulary)
        topics = list(dict.fromkeys([*self.query.topics, *self.results.topics, *near]))[:MOST_CHIPS]
        ways = {"guides": _("All guides"), "mentors": _("All mentors and experts"), "topics": _("All topics")}
        urls = {name: section_urls(self.request, name).get(self.language, "") for name in ways}
        words = QueryDict(mutable=True)
        words["q"] = self.query.text
        return {
            "relaxed": self._relaxed(),
            "near_topics": self.chips(topics),
            "nearest_topic": self.vocabulary.topics[topics[0]] if topics else None,
            "ways_on": [{"label": label, "url": urls[name]} for name, label in ways.items() if urls[name]],
            "elsewhere": [
                {
                    "code": code,
                    "label": name,
                    "url": f"{translate_url(self.request.path, code)}?{words.urlencode()}",
                }
                for code, name in self.languages.items()
                if code != self.language
            ],
        }

    def _relaxed(self) -> list[dict[str, Any]]:
        """What each filter keeps out, the most promising first."""
        ways = [
            (each.facet, ", ".join(each.labels[v] for v in each.chosen), self._url(**{each.name: []}))
            for each in self.filters
        ]
        plurals = [capfirst(str(kinds()[kind]._meta.verbose_name_plural)) for kind in self.query.kinds]
        ways += [("kinds", label, self._url(kind=[])) for label in plurals]
        counts = self.results.without
        found = [
            {"label": label, "url": url, "count": counts[facet]}
            for facet, label, url in ways
            if counts.get(facet)
        ]
        return sorted(found, key=lambda way: -way["count"])

    def _url(self, **changes: Collection[str]) -> str:
        """The address of these results with some parameters changed; a change begins at the first page again."""
        query = QueryDict(mutable=True)
        query["q"] = self.query.text
        kept = {"kind": self.query.kinds} | {each.name: each.chosen for each in self.filters}
        for name, values in kept.items():
            query.setlist(name, list(changes.get(name, values)))
        return f"?{query.urlencode()}"


def _when(hit: Hit) -> list[str]:
    """When an event takes place, and whether it is over; when anything else was published."""
    if hit.starts_at:
        day = date_format(localtime(hit.starts_at), "DATE_FORMAT")
        is_over = hit.ends_at is not None and hit.ends_at < timezone.now()
        return [day, _("already over")] if is_over else [day]
    return [date_format(hit.published_on, "DATE_FORMAT")] if hit.published_on else []


def _own_name(code: str) -> str:
    """What its speakers call a language."""
    return capfirst(Locale.parse(code).get_display_name(code) or code)


def _number(value: str) -> int:
    """The number of a page; 1 for whatever is none."""
    try:
        return max(1, int(value))
    except ValueError:
        return 1
