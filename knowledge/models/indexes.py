"""The pages that list the knowledge base."""

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin

from portal.core.models import IndexPage


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


class GuideIndexPage(IndexPage):
    """All guides."""

    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types = ["knowledge.GuidePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of guides")


class CaseStudyIndexPage(IndexPage):
    """All case studies."""

    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types = ["knowledge.CaseStudyPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of case studies")


class NewsIndexPage(IndexPage):
    """All news."""

    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types = ["knowledge.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of news")


class EventIndexPage(IndexPage):
    """Coming events, then past ones."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["knowledge.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of events")


class TopicIndexPage(RoutablePageMixin, IndexPage):
    """All topics; below it, one address per topic in the language of the page."""

    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of topics")
