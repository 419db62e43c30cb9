"""News feeds (Atom, RFC 4287) of a section or a topic in each language."""

from datetime import datetime
from uuid import uuid5

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.domain.queries import KINDS, latest, published_at
from portal.core.domain.sections import section_urls
from portal.topics.domain.shown import shown_topics
from portal.topics.models import Topic

LENGTH = 30
TITLES: dict[str, str | Promise] = {
    "all": _("Everything new"),
    "guides": _("Guides"),
    "case_studies": _("Case studies"),
    "news": _("News"),
    "events": _("Events"),
}


class PagesFeed(Feed):
    """The newest pages with their summaries, in the language of the address; made for one request."""

    feed_type = Atom1Feed

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.code = get_language() or ""
        self.language = self.code

    def item_title(self, item: Page) -> str:
        return item.title

    def item_description(self, item: Page) -> str:
        # Django declares the summary as HTML
        return escape(item.summary)

    def item_link(self, item: Page) -> str:
        return item.get_url(self.request) or ""

    def item_guid(self, item: Page) -> str:
        # the page keeps it when its address changes; each language has its own
        return uuid5(item.translation_key, item.language).urn

    def item_pubdate(self, item: Page) -> datetime:
        return published_at(item)

    def item_updateddate(self, item: Page) -> datetime:
        return max(item.last_published_at or published_at(item), published_at(item))

    def item_author_name(self, item: Page) -> str:
        return getattr(item, "author", "") or (item.institution.label if item.institution else "")

    def item_categories(self, item: Page) -> list[str]:
        return [topic.label_in(item.language) for topic in shown_topics(item)]


class SectionFeed(PagesFeed):
    """Everything, or the guides, case studies, news or events."""

    def get_object(self, request: HttpRequest, section: str) -> str:
        if section not in KINDS:
            raise Http404
        return section

    def title(self, section: str) -> str:
        return f"{TITLES[section]} – NET4DIGI"

    def link(self, section: str) -> str:
        name = "knowledge" if section == "all" else section
        return section_urls(self.request, name).get(self.code, f"/{self.code}/")

    def items(self, section: str) -> list[Page]:
        return latest(section, self.code, LENGTH)


class TopicFeed(PagesFeed):
    """Everything about one topic and those below it; its address holds the neutral name, which never changes."""

    def get_object(self, request: HttpRequest, slug: str) -> Topic:
        topic = Topic.objects.filter(slug=slug).prefetch_related("labels").first()
        if topic is None:
            raise Http404
        return topic

    def title(self, topic: Topic) -> str:
        return f"{topic.label} – NET4DIGI"

    def link(self, topic: Topic) -> str:
        index = section_urls(self.request, "topics").get(self.code, f"/{self.code}/")
        return f"{index}{topic.address_in(self.code)}/"

    def items(self, topic: Topic) -> list[Page]:
        return latest("all", self.code, LENGTH, topic)
