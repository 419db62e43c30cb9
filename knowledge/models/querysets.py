"""The words by which pages of the knowledge base are asked for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db.models import Case, DateTimeField, F, Q, When
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.topics.models import PageTopic, TopicalPage
from search.domain.similarity import WORTH_SHOWING, objects_like

#: more than any list shows, for some of them may just have been withdrawn
MOST_RELATED = 20


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
        """Pages that say similar things as `page`, and carry its topics, the closest first; none before the index knows it."""
        key, kinds = str(page.translation_key), [self.model.kind]
        found = objects_like(page.kind, key, kinds, page.language, MOST_RELATED)
        alike = [key for key, share in found.items() if share >= WORTH_SHOWING]
        places = [When(translation_key=key, then=place) for place, key in enumerate(alike)]
        if not places:
            return self.none()
        return self.filter(translation_key__in=alike).order_by(Case(*places))


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
