"""The page of results: what a reader asked, what was found, and how to narrow it. Nothing is written."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import translate_url
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.domain.sections import section_urls
from portal.topics.models import Region
from search.analysis import printable
from search.domain import find
from search.domain.vocabulary import Vocabulary, read_vocabulary
from search.engines.base import Hit, Query, Results
from search.registry import kinds

#: What fits into the box.
LONGEST_TEXT = 200
HITS_PER_PAGE = 10
#: Choices of a facet and topics of a hit: the most frequent ones.
MOST_CHOICES = 12
MOST_CHIPS = 4


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Answers to ?q=, narrowed by ?kind=, ?topic=, ?language= and ?region=; without q, where to begin."""
    typed = " ".join(printable(request.GET.get("q", "")).split())
    context: dict[str, Any] = {
        "text": typed[:LONGEST_TEXT],
        "is_cut": len(typed) > LONGEST_TEXT,
        "alternates": {
            code: translate_url(request.get_full_path(), code) for code, _name in settings.LANGUAGES
        },
    }
    if context["text"]:
        context |= Shown(request, context["text"]).context()
    return render(request, "search/results.html", context)


class Shown:
    """What one request asked, and what the page shows of the answer."""

    def __init__(self, request: HttpRequest, text: str) -> None:
        self.request = request
        self.language = get_language() or settings.LANGUAGE_CODE
        self.languages = dict(settings.LANGUAGES)
        self.vocabulary: Vocabulary = read_vocabulary()
        self.regions = {region.code: region for region in Region.objects.all()}
        self.topics_url = section_urls(request, "topics").get(self.language, "")
        self.query = self._query(text)
        self.results: Results = find(self.query, self.vocabulary)

    def context(self) -> dict[str, Any]:
        """Everything that the template needs."""
        return {
            "results": self.results,
            "tabs": self._tabs(),
            "filters": self._filters(),
            "kept": [
                {"name": "q", "value": self.query.text},
                *({"name": "kind", "value": k} for k in self.query.kinds),
            ],
            "is_narrowed": any(
                (self.query.kinds, self.query.topics, self.query.languages, self.query.regions)
            ),
            "unfiltered_url": self._url(kind=None, topic=None, language=None, region=None),
            "page_obj": self._page(),
            "cards": [self._card(hit) for hit in self.results.hits],
            "named_topics": [self._chip(slug) for slug in self.results.topics],
            "ways_on": self._ways_on(),
        }

    def _query(self, text: str) -> Query:
        """Values that do not exist are left out, so that an old link still finds something."""
        chosen = self.request.GET.getlist
        return Query(
            text=text,
            language=self.language,
            kinds=[kind for kind in chosen("kind")[:1] if kind in kinds()],
            topics=[slug for slug in chosen("topic") if slug in self.vocabulary.topics],
            languages=[code for code in chosen("language") if code in self.languages],
            regions=[code for code in chosen("region") if code in self.regions],
            page=_number(self.request.GET.get("page", "")),
            size=HITS_PER_PAGE,
        )

    def _tabs(self) -> list[dict[str, Any]]:
        counts = self.results.facets.get("kinds", {})
        everything = {"label": _("Everything"), "count": sum(counts.values()), "url": self._url(kind=None)}
        tabs = [{**everything, "current": not self.query.kinds}]
        for kind, model in kinds().items():
            if counts.get(kind) or kind in self.query.kinds:
                label = capfirst(str(model._meta.verbose_name_plural))
                current = kind in self.query.kinds
                tabs.append(
                    {
                        "label": label,
                        "count": counts.get(kind, 0),
                        "url": self._url(kind=kind),
                        "current": current,
                    }
                )
        return tabs

    def _filters(self) -> list[dict[str, Any]]:
        topics = {slug: topic.label_in(self.language) for slug, topic in self.vocabulary.topics.items()}
        languages = {code: str(name) for code, name in self.languages.items()}
        regions = {code: region.label for code, region in self.regions.items()}
        groups = [
            (_("Topic"), "topic", self._options("topics", self.query.topics, topics)),
            (_("Language"), "language", self._options("languages", self.query.languages, languages)),
            (_("Region"), "region", self._options("regions", self.query.regions, regions)),
        ]
        return [
            {"legend": legend, "name": name, "options": options}
            for legend, name, options in groups
            if options
        ]

    def _options(self, facet: str, chosen: Collection[str], labels: dict[str, str]) -> list[dict[str, Any]]:
        """What is chosen and what occurs most, with the number of hits that it leads to."""
        counts = {**dict.fromkeys(chosen, 0), **self.results.facets.get(facet, {})}
        known = [value for value in counts if value in labels]
        known.sort(key=lambda value: (value not in chosen, -counts[value], labels[value]))
        return [
            {"value": value, "label": labels[value], "count": counts[value], "checked": value in chosen}
            for value in known[:MOST_CHOICES]
        ]

    def _card(self, hit: Hit) -> dict[str, Any]:
        model = kinds().get(hit.kind)
        meta = [str(getattr(model, "kind_label", ""))]
        if hit.starts_at:
            meta.append(date_format(localtime(hit.starts_at), "DATE_FORMAT"))
        elif hit.published_on:
            meta.append(date_format(hit.published_on, "DATE_FORMAT"))
        if hit.language != self.language:
            meta.append(_("in: %(language)s") % {"language": self.languages[hit.language]})
        elif hit.others:
            others = ", ".join(str(self.languages[code]) for code in hit.others)
            meta.append(_("also in: %(languages)s") % {"languages": others})
        if hit.region in self.regions:
            # last, for the mark of the country stands behind it
            meta.append(self.regions[hit.region].label)
        return {
            "hit": hit,
            "meta": " · ".join(filter(None, meta)),
            "lang": hit.language if hit.language != self.language else "",
            "chips": [self._chip(slug) for slug in self._shown_topics(hit)],
        }

    def _shown_topics(self, hit: Hit) -> list[str]:
        """Those that were asked for stand first."""
        asked = {*self.results.topics, *self.query.topics}
        known = [slug for slug in hit.topics if slug in self.vocabulary.topics]
        return sorted(known, key=lambda slug: slug not in asked)[:MOST_CHIPS]

    def _chip(self, slug: str) -> dict[str, str]:
        topic = self.vocabulary.topics[slug]
        is_asked = slug in self.results.topics or slug in self.query.topics
        url = f"{self.topics_url}{topic.address_in(self.language)}/" if self.topics_url else ""
        return {"label": topic.label_in(self.language), "url": url, "style": "hit" if is_asked else ""}

    def _page(self) -> Page:
        return Paginator(range(self.results.total), HITS_PER_PAGE).page(self.results.page)

    def _ways_on(self) -> list[dict[str, str]]:
        """Where somebody may go who found nothing."""
        ways = {"guides": _("All guides"), "mentors": _("Ask a mentor"), "topics": _("All topics")}
        urls = {name: section_urls(self.request, name).get(self.language, "") for name in ways}
        return [{"label": label, "url": urls[name]} for name, label in ways.items() if urls[name]]

    def _url(self, **changes: str | None) -> str:
        """The address of these results with some parameters changed; a change begins at the first page again."""
        query = QueryDict(mutable=True)
        query.update({"q": self.query.text})
        kept = {"kind": "kinds", "topic": "topics", "language": "languages", "region": "regions"}
        for name, field in kept.items():
            values = getattr(self.query, field) if name not in changes else filter(None, [changes[name]])
            query.setlist(name, list(values))
        return f"?{query.urlencode()}"


def _number(value: str) -> int:
    """The number of a page; 1 for whatever is none."""
    try:
        return max(1, int(value))
    except ValueError:
        return 1
