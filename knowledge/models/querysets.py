"""The words by which pages of the knowledge base are asked for."""

from collections.abc import Iterable
from datetime import datetime
from math import log2
from typing import Self

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.topics.domain.shown import shown_topics
from portal.topics.models import PageTopic, TopicalPage


def carrying(slugs: Iterable[str]) -> Q:
    """PageTopic rows of the topics `slugs` and of those below them; the vocabulary is three levels deep."""
    slugs = list(slugs)
    return Q(tag__slug__in=slugs) | Q(tag__broader__slug__in=slugs) | Q(tag__broader__broader__slug__in=slugs)


class TopicalQuerySet(PageQuerySet):
    """What guides, case studies, news and events have in common."""

    def beside(self, page: Page) -> Self:
        """Published pages in the language tree of `page`."""
        return self.live().filter(locale_id=page.locale_id)

    def about(self, slugs: Iterable[str]) -> Self:
        """Pages that carry one of the topics `slugs` or a narrower one."""
        return self.filter(pk__in=PageTopic.objects.filter(carrying(slugs)).values("content_object"))

    def related_to(self, page: TopicalPage) -> Self:
        """Pages that share topics with `page`, the closest first.

        A shared topic counts the more the fewer pages carry it: 1 / log2(1 + pages), after Adamic and Adar (2003).
        """
        mine = [topic.pk for topic in shown_topics(page)]
        shared = PageTopic.objects.filter(tag__in=mine)
        counts = (
            shared.filter(content_object__in=self.values("pk"))
            .values_list("tag")
            .annotate(Count("pk"))
            .order_by()
        )
        weights = [When(tag=topic, then=Value(1 / log2(1 + count))) for topic, count in counts]
        if not weights:
            return self.none()
        score = (
            shared.filter(content_object=OuterRef("pk"))
            .values("content_object")
            .annotate(score=Sum(Case(*weights, default=Value(0.0))))
            .values("score")
        )
        ranked = self.exclude(pk=page.pk).annotate(score=Subquery(score)).filter(score__gt=0)
        return ranked.order_by("-score", "-pk")


class ArticleQuerySet(TopicalQuerySet):
    """The words for guides, case studies and news."""

    def newest(self) -> Self:
        """The latest first."""
        return self.order_by("-published_on", "-pk")

    def for_cards(self) -> Self:
        """What `{% page_card %}` shows, without the text; `with_topics` adds the topics of a whole list in one query."""
        return self.defer("body")


class GuideQuerySet(ArticleQuerySet):
    """Guides may come from elsewhere by the hundred."""

    def own_words_first(self) -> Self:
        """What people wrote for this portal before what machines translated, each with the latest first."""
        return self.order_by("is_machine_translated", "-published_on", "-pk")


class CaseStudyQuerySet(ArticleQuerySet):
    """A card tells where the company is."""

    def for_cards(self) -> Self:
        return super().for_cards().select_related("company__place")


class EventQuerySet(TopicalQuerySet):
    """The words for when an event takes place."""

    def coming(self, now: datetime | None = None) -> Self:
        """Events that are not over, the next one first."""
        return self.filter(ends_at__gte=now or timezone.now()).order_by("starts_at")

    def past(self, now: datetime | None = None) -> Self:
        """Events that are over, the latest first."""
        return self.filter(ends_at__lt=now or timezone.now()).order_by("-starts_at")

    def coming_first(self, now: datetime | None = None) -> Self:
        """Coming events, the next one first, and after them the past ones, the latest first."""
        over = Q(ends_at__lt=now or timezone.now())
        ahead = Case(When(over, then=None), default=F("starts_at"), output_field=DateTimeField())
        return self.order_by(Case(When(over, then=1), default=0), ahead, "-starts_at")

    def for_cards(self) -> Self:
        """Without the text, with the place."""
        return self.defer("body").select_related("place")
