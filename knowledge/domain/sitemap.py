"""Every address that a search engine should know, with the same page in the other languages."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from knowledge.models import TopicIndexPage
from portal.core.models import language_of_locale
from portal.topics.models import TopicLabel

#: {language: (address, day of the last change or None)}
Versions = dict[str, tuple[str, Any]]


def entries(request: HttpRequest) -> list[dict[str, Any]]:
    """The addresses as Django's sitemap.xml template takes them."""
    return [
        {
            "location": request.build_absolute_uri(address),
            "lastmod": changed,
            "alternates": [
                {"lang_code": language, "location": request.build_absolute_uri(other)}
                for language, (other, _changed) in versions.items()
            ]
            if len(versions) > 1
            else [],
        }
        for versions in [*_pages(request), *_topics(request)]
        for address, changed in versions.values()
    ]


def _pages(request: HttpRequest) -> list[Versions]:
    codes = [code for code, _name in settings.LANGUAGES]
    pages = Page.objects.live().public().filter(depth__gt=1, locale__language_code__in=codes).order_by("path")
    found: dict[Any, Versions] = defaultdict(dict)
    for page in pages:
        if address := page.get_url(request):
            found[page.translation_key][language_of_locale(page.locale_id)] = (
                address,
                page.last_published_at,
            )
    return list(found.values())


def _topics(request: HttpRequest) -> list[Versions]:
    lists = {page.language: page.get_url(request) for page in TopicIndexPage.objects.live()}
    found: dict[int, Versions] = defaultdict(dict)
    for label in TopicLabel.objects.filter(kind=TopicLabel.Kind.PREFERRED, language__in=lists).order_by(
        "topic"
    ):
        found[label.topic_id][label.language] = (f"{lists[label.language]}{label.slug}/", None)
    return list(found.values())
