"""Guides by the thousand, written past forms and signals: for measuring only."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.scratch import index_all, settled


@dataclass(frozen=True)
class Article:
    """A guide as far as matching and search look at it."""

    title: str
    text: str
    #: keys of topics
    topics: list[int]
    #: the same for what is one guide in several languages
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def shelve(articles: Iterable[Article], language: str) -> list[int]:
    """Writes published guides in the tree of `language`, with their documents; the keys of the pages in that order."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from wagtail.models import Locale, Page

    from knowledge.models import GuidePage
    from portal.topics.models import PageTopic

    articles = list(articles)
    locale, kind = Locale.objects.get(language_code=language), ContentType.objects.get_for_model(GuidePage)
    parent = Page.objects.filter(locale=locale, depth__gt=1).order_by("path")[0]
    with transaction.atomic():
        pages = [
            Page(
                path=Page._get_path(parent.path, parent.depth + 1, 1000 + number),
                depth=parent.depth + 1,
                title=article.title[:255],
                draft_title=article.title[:255],
                slug=f"g{number}",
                url_path=f"{parent.url_path}g{number}/",
                locale=locale,
                translation_key=article.key,
                content_type=kind,
                live=True,
            )
            for number, article in enumerate(articles)
        ]
        for page in Page.objects.bulk_create(pages):
            # raw: the row of the page stands there already
            GuidePage(page_ptr_id=page.pk).save_base(raw=True)
        PageTopic.objects.bulk_create(
            PageTopic(content_object=page, tag_id=topic)
            for page, article in zip(pages, articles, strict=True)
            for topic in article.topics
        )
    with settled():
        index_all(_documents(pages, articles, language))
    return [page.pk for page in pages]


def _documents(pages: list[Any], articles: list[Article], language: str) -> Iterator[tuple[str, Any]]:
    from portal.topics.models import Topic
    from search.registry import DocumentData

    slugs = dict(Topic.objects.values_list("pk", "slug"))
    for page, article in zip(pages, articles, strict=True):
        yield (
            f"knowledge.guidepage:{page.pk}",
            DocumentData(
                kind="guide",
                object_key=str(page.translation_key),
                locale=language,
                language=language,
                url=page.url_path,
                title=page.title,
                text=article.text,
                topics=sorted(slugs[topic] for topic in article.topics),
            ),
        )
