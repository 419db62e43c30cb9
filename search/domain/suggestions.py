"""What somebody may want who has typed the beginning of a word: topics, and titles of the reader's tree."""

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import and_

from django.db.models import Q
from django.utils import timezone

from search.analysis import printable
from search.domain.vocabulary import TopicWords, Vocabulary, read_vocabulary
from search.fields import folded_words
from search.models import SearchDocument
from search.registry import kinds

#: A list that is read at a glance.
MOST = 8
MOST_TOPICS = 4
MOST_OF_A_KIND = 3
#: Titles that are looked at; with so many, one more letter helps more than a better order.
MOST_TITLES = 60
LONGEST = 100
SHORTEST = 2


@dataclass(frozen=True)
class Suggestion:
    """A topic (`kind` is "", `url` too: ask for its label) or a page, with words in `language`."""

    text: str
    language: str
    kind: str = ""
    url: str = ""


def suggest(typed: str, language: str) -> list[Suggestion]:
    """At most MOST suggestions, grouped by kind, topics first: each holds all words of `typed`, or beginnings of them. Two queries."""
    wanted = folded_words(printable(typed)[:LONGEST])
    if len(wanted) <= SHORTEST:
        return []
    topics = _topics(wanted, language, read_vocabulary())
    return [*topics, *_titles(wanted, language, MOST - len(topics))]


def _topics(wanted: str, language: str, vocabulary: Vocabulary) -> list[Suggestion]:
    """Preferred labels in the reader's language; labels of every language name a topic, the reader's before the others."""
    named = {
        topic.slug: Suggestion(topic.label_in(language), language)
        for own in (True, False)
        for topic in vocabulary.topics.values()
        if _is_named(topic, wanted, language, own)
    }
    by_beginning = sorted(named.values(), key=lambda found: not folded_words(found.text).startswith(wanted))
    return by_beginning[:MOST_TOPICS]


def _is_named(topic: TopicWords, wanted: str, language: str, own: bool) -> bool:
    labels = (label for code, found in topic.labels.items() if (code == language) is own for label in found)
    return any(_begins(folded_words(label), wanted) for label in labels)


def _begins(text: str, wanted: str) -> bool:
    """Whether every word of `wanted` is the beginning of a word of `text`."""
    return all(f" {word}" in text for word in wanted.split())


def _titles(wanted: str, language: str, most: int) -> list[Suggestion]:
    """Pages whose title begins with what was typed stand before the others; of events, only those to come."""
    words = reduce(and_, (Q(title_words__contains=f" {word}") for word in wanted.split()))
    coming = Q(starts_at=None) | Q(starts_at__gte=timezone.now())
    rows = list(
        SearchDocument.objects.filter(words, coming, locale=language)
        .order_by("title_words", "pk")
        .values_list("title_words", "title", "language", "kind", "url")[:MOST_TITLES]
    )
    rows.sort(key=lambda row: not row[0].startswith(wanted))
    groups: dict[str, list[Suggestion]] = defaultdict(list)
    for _words, title, code, kind, url in rows:
        if len(groups[kind]) < MOST_OF_A_KIND:
            groups[kind].append(Suggestion(title, code, kind, url))
    return list(islice((found for kind in kinds() for found in groups[kind]), most))
