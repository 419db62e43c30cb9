"""Pages that list other pages: filters as a GET form, twelve to a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, TypedDict

from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as ResultPage
from django.db.models import Count, Q, TextChoices
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.models.querysets import TopicalQuerySet
from portal.core.models import IndexPage
from portal.topics.domain.shown import with_topics
from portal.topics.models import PageTopic, TopicLabel

PER_PAGE = 12
#: beyond this, a filter is not chosen by a reader
MOST_CHOSEN = 20


class Option(TypedDict):
    value: str
    label: str | Promise
    #: how many there are; "" where nobody counts
    count: int | str
    checked: bool


@dataclass(frozen=True)
class Choice:
    """A filter over a closed list: the name of the parameter and where the value stands."""

    name: str
    legend: str | Promise
    field: str
    values: type[TextChoices]

    def options(self, items: TopicalQuerySet, chosen: Iterable[str]) -> list[Option]:
        """The values that occur among `items`, with how often."""
        counts = dict(items.order_by().values_list(self.field).annotate(Count("pk")))
        return [
            {"value": value.value, "label": value.label, "count": counts[value], "checked": value in chosen}
            for value in self.values
            if counts.get(value)
        ]


class Filters:
    """What the reader chose of the filters of a list, and what there is to choose."""

    def __init__(
        self, items: TopicalQuerySet, choices: Iterable[Choice], query: QueryDict, language: str
    ) -> None:
        self.items = items
        self.choices = list(choices)
        self.query = query
        self.language = language
        # an unknown value narrows nothing: it stays out of the query and of the page
        self.topics = self._known_topics(query.getlist("topic")[:MOST_CHOSEN])
        self.chosen = {
            choice.name: [
                value for value in query.getlist(choice.name)[:MOST_CHOSEN] if value in choice.values
            ]
            for choice in self.choices
        }

    def narrowed(self) -> TopicalQuerySet:
        """The items that the reader asked for."""
        items = self.items
        wanted = [slug for slug, _label, is_chosen, _is_top in self.topics if is_chosen]
        if wanted:
            items = items.about(wanted)
        for choice in self.choices:
            if self.chosen[choice.name]:
                items = items.filter(**{f"{choice.field}__in": self.chosen[choice.name]})
        return items

    def groups(self) -> list[dict[str, Any]]:
        """What the form offers: {"name", "legend", "options"}; a group without options is left out."""
        groups: list[dict[str, Any]] = [
            {"name": "topic", "legend": _("Topic"), "options": self._topic_options()}
        ]
        groups += [
            {
                "name": choice.name,
                "legend": choice.legend,
                "options": choice.options(self.items, self.chosen[choice.name]),
            }
            for choice in self.choices
        ]
        return [group for group in groups if group["options"]]

    def _known_topics(self, wanted: list[str]) -> list[tuple[str, str, bool, bool]]:
        """(slug, label, chosen, top topic) of the top topics and of those that the reader chose."""
        slugs = [slug for slug in wanted if slug.isascii() and slug.isprintable() and len(slug) <= 100]
        rows = TopicLabel.objects.filter(
            Q(topic__broader=None) | Q(topic__slug__in=slugs),
            language=self.language,
            kind=TopicLabel.Kind.PREFERRED,
        ).order_by("folded")
        return [
            (slug, label, slug in slugs, broader is None)
            for slug, label, broader in rows.values_list("topic__slug", "label", "topic__broader")
        ]

    def _topic_options(self) -> list[Option]:
        top = Coalesce("tag__broader__broader__slug", "tag__broader__slug", "tag__slug")
        rows = PageTopic.objects.filter(content_object__in=self.items.order_by().values("pk"))
        counts = dict(rows.values_list(top).annotate(Count("content_object", distinct=True)))
        return [
            {
                "value": slug,
                "label": label,
                "count": counts.get(slug, 0) if is_top else "",
                "checked": is_chosen,
            }
            for slug, label, is_chosen, is_top in self.topics
            if is_chosen or (is_top and counts.get(slug))
        ]


def without(query: QueryDict, name: str, value: str) -> str:
    """The address of the same list with one filter taken away."""
    rest = query.copy()
    rest.setlist(name, [kept for kept in rest.getlist(name) if kept != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"


class ListingPage(IndexPage):
    """A page that lists everything of one kind in its language."""

    #: the name of the section, as feeds and menus know it
    section: ClassVar[str] = ""
    choices: ClassVar[list[Choice]] = []

    class Meta:
        abstract = True

    def listed(self) -> Any:
        """Everything that the list holds, in its order."""
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        filters = Filters(self.listed(), self.choices, request.GET, self.language)
        groups = filters.groups()
        return {
            **super().get_context(request, *args, **kwargs),
            "page_obj": _page_of(filters.narrowed().for_cards(), request.GET),
            "section": self.section,
            "filters": groups,
            "chosen": [
                {"label": option["label"], "url": without(request.GET, group["name"], option["value"])}
                for group in groups
                for option in group["options"]
                if option["checked"]
            ],
        }


def _page_of(items: TopicalQuerySet, query: QueryDict) -> ResultPage:
    try:
        page = Paginator(items, PER_PAGE).page(query.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
    page.object_list = with_topics(page.object_list)
    return page
