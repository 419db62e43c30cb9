"""Every page of the knowledge base costs at most 15 queries, the same with many rows as with one, and writes nothing."""

from collections import Counter
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from mentoring.models import DirectoryPage
from portal.core.domain.publishing import key_of
from portal.core.models import BasePage
from portal.topics.models import PageTopic
from tests.factories.pages import (
    CaseStudyPageFactory,
    CompanyPageFactory,
    EventPageFactory,
    GuidePageFactory,
    MentorPageFactory,
    NewsPageFactory,
)
from tests.factories.people import CompanyFactory, OrganisationFactory, PersonFactory, place
from tests.queries import statements, writes

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15
MOST_REPEATED = 2
TOPICS = ["generative-ai", "opc-ua", "sensors"]
LISTS = [
    "/de/wissen/",
    "/de/wissen/leitfaeden/",
    "/de/wissen/leitfaeden/?topic=artificial-intelligence&level=beginner",
    "/de/wissen/fallstudien/",
    "/de/wissen/aktuelles/",
    "/de/wissen/themen/",
    "/de/wissen/themen/generative-ki/",
    "/de/veranstaltungen/",
    "/de/feeds/all/",
    "/de/feeds/topics/artificial-intelligence/",
    "/de/calendar/events.ics",
    "/sitemap.xml",
]


def whole_cast(number: int) -> list[BasePage]:
    """One of everything, with every fact that a page shows; the pages that the knowledge base holds."""
    company = CompanyFactory(topics=TOPICS, place=place("Liberec"))
    person = PersonFactory(name=f"Jana Horká {number}", topics=TOPICS)
    MentorPageFactory(person=person, slug=f"jana-{number}")
    CompanyPageFactory(company=company, slug=f"firma-{number}")
    facts = {"topics": TOPICS, "institution": OrganisationFactory()}
    action = {"text": "", "label": "Zum Mentoring", "page": mentoring_page(), "url": ""}
    body = [{"type": "call_to_action", "value": action}]
    return [
        GuidePageFactory(slug=f"g{number}", body=body, **facts),
        CaseStudyPageFactory(slug=f"c{number}", body=body, company=company, **facts),
        NewsPageFactory(slug=f"n{number}", body=body, **facts),
        EventPageFactory(slug=f"e{number}", body=body, place=place("Děčín"), **facts),
    ]


def multiply(page: BasePage, times: int) -> None:
    """More rows like `page`, written as rows: an editor's way takes a hundred times longer."""
    parent, topics = page.get_parent(), list(page.topics.all())
    rows = []
    for number in range(times):
        row = Page.objects.get(pk=page.pk)
        row.pk, row.translation_key, row.slug = None, uuid4(), f"{page.slug}-{number}"
        row.path = Page._get_path(parent.path, page.depth, 5_000 + number)
        row.url_path = f"{parent.url_path}{row.slug}/"
        rows.append(row)
    for row in Page.objects.bulk_create(rows):
        more = type(page)(
            page_ptr=row, **{f.attname: getattr(page, f.attname) for f in page._meta.local_fields[1:]}
        )
        more.save_base(raw=True)
    links = [PageTopic(tag=topic, content_object_id=row.pk) for row in rows for topic in topics]
    PageTopic.objects.bulk_create(links)


def mentoring_page() -> int:
    return DirectoryPage.objects.get(
        translation_key=key_of("section", "mentors"), locale__language_code="de"
    ).pk


def asked(client: Client, url: str) -> list[str]:
    """What the database is asked by an anonymous reader whom no cache knows; what Wagtail remembers is remembered."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return statements(queries)


def test_no_page_asks_more_than_15_times_nor_more_with_300_rows_and_none_writes(client: Client) -> None:
    pages = whole_cast(0)
    urls = [*LISTS, *(page.get_url_parts()[2] for page in pages)]
    with_one = {url: asked(client, url) for url in urls}

    for number in range(1, 8):
        whole_cast(number)
    for page in pages:
        multiply(page, 75)
    assert sum(type(page).objects.count() for page in pages) >= 300
    cache.clear()
    with_many = {url: asked(client, url) for url in urls}

    def counts(by_url: dict[str, list[str]]) -> dict[str, int]:
        return {url: len(texts) for url, texts in by_url.items()}

    assert {url: count for url, count in counts(with_many).items() if count > MOST_QUERIES} == {}
    assert counts(with_many) == counts(with_one)
    everything = [text for texts in with_many.values() for text in texts]
    assert writes(everything) == []
    repeated = {url: max(Counter(texts).values()) for url, texts in with_many.items()}
    assert {url: times for url, times in repeated.items() if times > MOST_REPEATED} == {}
