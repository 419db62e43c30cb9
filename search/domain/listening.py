"""Which events of Wagtail and Django mean that something must be read again. Plumbing only: each writes a job, no more."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.topics.models import Topic, TopicLabel
from search.domain.indexing import enqueue, enqueue_carriers, touch
from search.registry import dependants, mappers


def connect() -> None:
    """Listens to every kind of page that can be found, to the rows of facts behind them, and to the vocabulary."""
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed)
    for signal in (page_slug_changed, post_page_move):
        signal.connect(_addresses_changed)
    for model in mappers:
        pre_delete.connect(_row_changed, sender=model)
    for model in dependants:
        post_save.connect(_row_changed, sender=model)
    post_save.connect(_row_changed, sender=Topic)
    pre_delete.connect(_topic_goes, sender=Topic)
    for signal in (post_save, post_delete):
        signal.connect(_label_changed, sender=TopicLabel)


def _page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if sender in mappers:
        touch(instance)


def _addresses_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """The page has another address, and all pages below it. Wagtail tells so after the commit, not within it."""
    below = (
        Page.objects.filter(path__startswith=instance.path)
        .select_related("content_type")
        .only("pk", "content_type")
    )
    known = {model._meta.label_lower for model in mappers}
    enqueue(
        f"{label}:{page.pk}"
        for page in below
        if (label := f"{page.content_type.app_label}.{page.content_type.model}") in known
    )


def _row_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    touch(instance)


def _topic_goes(sender: type[Topic], instance: Topic, **kwargs: Any) -> None:
    enqueue_carriers(instance)


def _label_changed(sender: type[TopicLabel], instance: TopicLabel, **kwargs: Any) -> None:
    enqueue([f"{Topic._meta.label_lower}:{instance.topic_id}"])
