"""The topics that cards and chips show: one query for any number of pages, people or companies."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import F, Model
from django.utils.translation import get_language

from portal.topics.models import Topic, TopicLabel

Thing = TypeVar("Thing", bound=Model)


@dataclass
class ShownTopic:
    """A topic with its preferred label and the address of its page in every language."""

    pk: int
    slug: str
    labels: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The label in the language of the reader."""
        return self.label_in(get_language() or settings.LANGUAGE_CODE)

    def label_in(self, language: str) -> str:
        return self.labels.get(language) or self.slug

    def address_in(self, language: str) -> str:
        """The slug of the topic page in `language`."""
        return self.addresses.get(language) or self.slug


def with_topics(things: Iterable[Thing]) -> list[Thing]:
    """The same things, of one kind or of several, with the topics of all of them read: one query per link table."""
    things = list(things)
    by_link: dict[type[Model], list[Thing]] = {}
    for thing in things:
        # a draft in memory may carry other topics than its row
        if thing.pk and not getattr(_links(thing), "is_deferring", False):
            by_link.setdefault(_link(thing), []).append(thing)
    for link, carriers in by_link.items():
        _read(link, carriers)
    return things


def shown_topics(thing: Model) -> list[ShownTopic]:
    """The topics of `thing` in the order of their labels; without a query after `with_topics`."""
    if "_shown_topics" not in thing.__dict__:
        with_topics([thing])
    if "_shown_topics" not in thing.__dict__:
        thing.__dict__["_shown_topics"] = [_shown(topic) for topic in thing.topics.all()]  # type: ignore[attr-defined]
    return sorted(thing.__dict__["_shown_topics"], key=lambda topic: topic.label)


def _read(link: type[Model], carriers: list[Thing]) -> None:
    through: Any = link._meta.get_field("tag")
    path = f"topic__{through.related_query_name()}__content_object"
    rows = TopicLabel.objects.filter(
        **{f"{path}__in": [carrier.pk for carrier in carriers]}, kind=TopicLabel.Kind.PREFERRED
    )
    found: dict[int, dict[int, ShownTopic]] = {carrier.pk: {} for carrier in carriers}
    columns = ("topic_id", "topic__slug", "language", "label", "slug")
    for carrier_id, topic_id, slug, language, label, address in rows.annotate(carrier=F(path)).values_list(
        "carrier", *columns
    ):
        topic = found[carrier_id].setdefault(topic_id, ShownTopic(topic_id, slug))
        topic.labels[language] = label
        topic.addresses[language] = address
    for carrier in carriers:
        carrier.__dict__["_shown_topics"] = list(found[carrier.pk].values())


def _shown(topic: Topic) -> ShownTopic:
    labels = [row for row in topic.labels.all() if row.kind == TopicLabel.Kind.PREFERRED]
    return ShownTopic(
        topic.pk,
        topic.slug,
        {row.language: row.label for row in labels},
        {row.language: row.slug for row in labels},
    )


def _link(thing: Model) -> type[Model]:
    through: type[Model] = type(thing).topics.through  # type: ignore[attr-defined] # whoever carries topics has it
    return through


def _links(thing: Model) -> Any:
    relation: Any = _link(thing)._meta.get_field("content_object").remote_field
    return getattr(thing, relation.get_accessor_name())
