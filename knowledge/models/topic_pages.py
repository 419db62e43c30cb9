"""The list of topics, and below it one address per topic in the language of the page."""

from collections import defaultdict
from functools import partial
from typing import Any, TypedDict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from knowledge.models.articles import CaseStudyPage, GuidePage, NewsPage
from knowledge.models.events import EventPage
from portal.core.domain.sections import section_urls
from portal.core.models import IndexPage
from portal.topics.models import PageTopic, Topic, TopicAddress, TopicLabel, fold

KINDS = [GuidePage, CaseStudyPage, NewsPage, EventPage]
TOPIC_TEMPLATE = "knowledge/topic_page.html"


class Branch(TypedDict):
    """A topic with its label in the language of the page, its address, how many pages carry it, and what stands below."""

    label: str
    url: str
    count: int
    narrower: list["Branch"]


class TopicIndexPage(RoutablePageMixin, IndexPage):
    """All topics; below it, one address per topic in the language of the page."""

    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of topics")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # called by the template of the list alone: the page of one topic does not need it
        branches = partial(self.branches, self.get_url(request))
        return {**super().get_context(request, *args, **kwargs), "branches": branches}

    def branches(self, url: str) -> list[Branch]:
        """The top topics with everything below them, each level in the order of its labels."""
        carried = self._pages_by_topic()
        rows = TopicLabel.objects.filter(language=self.language, kind=TopicLabel.Kind.PREFERRED).order_by(
            "folded"
        )
        below: dict[int | None, list[TopicLabel]] = defaultdict(list)
        for row in rows.select_related("topic"):
            below[row.topic.broader_id].append(row)

        def branch(row: TopicLabel) -> tuple[Branch, set[int]]:
            narrower = [branch(child) for child in below[row.topic_id]]
            pages = carried[row.topic_id].union(*(found for _branch, found in narrower))
            shown: list[Branch] = [child for child, _found in narrower]
            return {
                "label": row.label,
                "url": f"{url}{row.slug}/",
                "count": len(pages),
                "narrower": shown,
            }, pages

        return [branch(row)[0] for row in below[None]]

    def _pages_by_topic(self) -> dict[int, set[int]]:
        """The published pages of the knowledge base in this language that carry each topic themselves."""
        kinds = ContentType.objects.get_for_models(*KINDS).values()
        rows = PageTopic.objects.filter(
            content_object__live=True,
            content_object__locale=self.locale_id,
            content_object__content_type__in=kinds,
        )
        carried: dict[int, set[int]] = defaultdict(set)
        for topic, page in rows.values_list("tag", "content_object"):
            carried[topic].add(page)
        return carried

    @path("<slug:slug>/", name="topic")
    def topic(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Everything about one topic."""
        family = self._family_at(slug)
        topic = next((found for found in family if found.address_in(self.language) == slug), None)
        if topic is None:
            return self._former_topic(request, slug)
        url = self.get_url(request)
        links = {
            "broader": [self._link(found, url) for found in family if found.pk == topic.broader_id],
            "narrower": [self._link(found, url) for found in family if found.broader_id == topic.pk],
        }
        context = {**links, **self._topic_context(request, topic)}
        return self.render(request, template=TOPIC_TEMPLATE, context_overrides=context)

    def _family_at(self, slug: str) -> list[Topic]:
        """The topics whose address could be `slug`, and those directly above and below them, with their labels."""
        address = Q(labels__slug=slug, labels__language=self.language, labels__kind=TopicLabel.Kind.PREFERRED)
        # a topic without a label in this language stands at its neutral name
        asked = Topic.objects.filter(address | Q(slug=slug)).order_by().values("pk")
        family = Topic.objects.filter(
            Q(pk__in=asked) | Q(broader__in=asked) | Q(narrower__in=asked)
        ).distinct()
        return sorted(
            family.prefetch_related("labels"), key=lambda topic: fold(topic.label_in(self.language))
        )

    def _other_words(self, topic: Topic) -> list[TopicLabel]:
        """What else people call the topic, first in the language of the page, then in the others; each word once."""
        own = self.language
        rows = sorted(
            topic.labels.all(), key=lambda row: (row.language != own, row.kind != TopicLabel.Kind.PREFERRED)
        )
        words = {row.folded: row for row in reversed(rows)}
        return [row for row in rows if words[row.folded] is row][1:]

    def _link(self, topic: Topic, url: str) -> dict[str, str]:
        return {"label": topic.label_in(self.language), "url": f"{url}{topic.address_in(self.language)}/"}

    def _former_topic(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        former = (
            TopicAddress.objects.filter(language=self.language, slug=slug).select_related("topic").first()
        )
        if former is None:
            raise Http404
        return HttpResponsePermanentRedirect(
            f"{self.get_url(request)}{former.topic.address_in(self.language)}/"
        )

    def _topic_context(self, request: HttpRequest, topic: Topic) -> dict[str, Any]:
        guides, studies, news = (
            list(kind.objects.beside(self).about([topic.slug]).newest().for_cards()[:length])
            for kind, length in ((GuidePage, 6), (CaseStudyPage, 3), (NewsPage, 3))
        )
        return {
            "topic": topic,
            "also_called": self._other_words(topic),
            "guides": guides,
            "case_studies": studies,
            "news": news,
            "events": list(EventPage.objects.beside(self).about([topic.slug]).coming().for_cards()[:4]),
            "alternates": {
                language: f"{url}{topic.address_in(language)}/"
                for language, url in section_urls(request, "topics").items()
            },
        }
