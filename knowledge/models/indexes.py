"""The pages that list the knowledge base."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knowledge.enums import EventKind, Level
from knowledge.models.articles import CaseStudyPage, GuidePage, NewsPage
from knowledge.models.events import EventPage
from knowledge.models.listings import Choice, ListingPage
from knowledge.models.querysets import TopicalQuerySet
from portal.core.enums import Country
from portal.core.models import IndexPage
from portal.topics.domain.shown import with_topics


class KnowledgeIndexPage(IndexPage):
    """The newest of everything that one can read; the lists of each kind stand below it."""

    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "knowledge.GuideIndexPage",
        "knowledge.CaseStudyIndexPage",
        "knowledge.NewsIndexPage",
        "knowledge.TopicIndexPage",
    ]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("knowledge base")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        guides = list(GuidePage.objects.beside(self).own_words_first().for_cards()[:6])
        studies = list(CaseStudyPage.objects.beside(self).newest().for_cards()[:3])
        news = list(NewsPage.objects.beside(self).newest().for_cards()[:3])
        with_topics([*guides, *studies, *news])
        return {
            **super().get_context(request, *args, **kwargs),
            "guides": guides,
            "case_studies": studies,
            "news": news,
        }


class GuideIndexPage(ListingPage):
    """All guides."""

    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types = ["knowledge.GuidePage"]
    max_count_per_parent = 1
    section = "guides"
    choices = [Choice("level", pgettext_lazy("guide", "Level"), "level", Level)]

    class Meta:
        verbose_name = _("list of guides")

    def listed(self) -> TopicalQuerySet:
        return GuidePage.objects.beside(self).newest()


class CaseStudyIndexPage(ListingPage):
    """All case studies."""

    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types = ["knowledge.CaseStudyPage"]
    max_count_per_parent = 1
    section = "case_studies"
    choices = [Choice("country", _("Country"), "country", Country)]

    class Meta:
        verbose_name = _("list of case studies")

    def listed(self) -> TopicalQuerySet:
        return CaseStudyPage.objects.beside(self).newest()


class NewsIndexPage(ListingPage):
    """All news."""

    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types = ["knowledge.NewsPage"]
    max_count_per_parent = 1
    section = "news"

    class Meta:
        verbose_name = _("list of news")

    def listed(self) -> TopicalQuerySet:
        return NewsPage.objects.beside(self).newest()


class EventIndexPage(ListingPage):
    """Coming events, then past ones."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["knowledge.EventPage"]
    max_count_per_parent = 1
    section = "events"
    choices = [
        Choice("kind", _("Kind of event"), "format", EventKind),
        Choice("country", _("Country"), "place__country", Country),
    ]

    class Meta:
        verbose_name = _("list of events")

    def listed(self) -> TopicalQuerySet:
        return EventPage.objects.beside(self).coming_first()
