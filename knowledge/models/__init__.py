"""The pages of the knowledge base."""

from knowledge.models.articles import ArticlePage, CaseStudyPage, GuidePage, NewsPage
from knowledge.models.events import EventPage
from knowledge.models.indexes import (
    CaseStudyIndexPage,
    EventIndexPage,
    GuideIndexPage,
    KnowledgeIndexPage,
    NewsIndexPage,
)
from knowledge.models.topic_pages import TopicIndexPage

__all__ = [
    "ArticlePage",
    "CaseStudyIndexPage",
    "CaseStudyPage",
    "EventIndexPage",
    "EventPage",
    "GuideIndexPage",
    "GuidePage",
    "KnowledgeIndexPage",
    "NewsIndexPage",
    "NewsPage",
    "TopicIndexPage",
]
