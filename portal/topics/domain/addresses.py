"""Addresses of topic pages: a label that changes leaves its old address behind, which then redirects."""

from collections.abc import Iterable

from django.db.models import Q

from portal.topics.models import Topic, TopicAddress, TopicLabel

#: {(key of the topic, language): slug}
Addresses = dict[tuple[int, str], str]


def addresses_of(topics: Iterable[Topic]) -> Addresses:
    """The present addresses of `topics`; reads the prefetched labels."""
    return {
        (topic.pk, row.language): row.slug
        for topic in topics
        for row in topic.labels.all()
        if row.kind == TopicLabel.Kind.PREFERRED
    }


def remember_addresses(before: Addresses, after: Addresses) -> None:
    """Keeps every address of `before` that `after` gives up, and forgets those that are in use again."""
    given_up = {key: slug for key, slug in before.items() if after.get(key) != slug}
    taken = {key: slug for key, slug in after.items() if before.get(key) != slug}
    if not given_up and not taken:
        return
    obsolete = Q(pk=None)
    for (_topic, language), slug in [*given_up.items(), *taken.items()]:
        obsolete |= Q(language=language, slug=slug)
    TopicAddress.objects.filter(obsolete).delete()
    in_use = {(language, slug) for (_topic, language), slug in after.items()}
    TopicAddress.objects.bulk_create(
        TopicAddress(topic_id=topic, language=language, slug=slug)
        for (topic, language), slug in given_up.items()
        if (language, slug) not in in_use
    )
