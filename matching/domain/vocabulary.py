"""The whole vocabulary in one query: words, addresses, and how near two topics are to each other."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from portal.core.domain.kept import kept
from portal.topics.models import Topic, TopicLabel


class Term(NamedTuple):
    """A topic as a reader of one language sees it."""

    pk: int
    slug: str
    label: str
    #: the slug of the topic's page in that language
    address: str
    broader: int | None


#: the columns of `topic_rows` that make a Term
TERM = ("pk", "slug", "word", "address", "broader_id")


def topic_rows(language: str) -> QuerySet[Topic]:
    """All topics, each with the preferred label of `language` as `word` and the slug of its page as `address`."""
    preferred = Q(labels__language=language, labels__kind=TopicLabel.Kind.PREFERRED)
    rows = Topic.objects.annotate(preferred=FilteredRelation("labels", condition=preferred)).order_by("pk")
    return rows.annotate(
        word=Coalesce("preferred__label", "name"), address=Coalesce("preferred__slug", "slug")
    )


class Vocabulary:
    """All topics in the words of one language; about 120, so that reading all costs less than asking for some."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = {term.pk: term for term in terms}

    @classmethod
    @kept
    def in_language(cls, language: str) -> "Vocabulary":
        """The vocabulary in the words of `language`; one query, a short one as long as nothing has changed."""
        return cls(Term(*row) for row in topic_rows(language).values_list(*TERM))

    @cached_property
    def by_slug(self) -> dict[str, Term]:
        """The terms by their neutral slugs."""
        return {term.slug: term for term in self.terms.values()}

    @cached_property
    def narrower(self) -> dict[int | None, list[int]]:
        """The topics directly below each topic; below None stand the top topics."""
        below: dict[int | None, list[int]] = {}
        for term in self.terms.values():
            below.setdefault(term.broader, []).append(term.pk)
        return below

    def above(self, topic: int) -> Iterator[int]:
        """The broader topics of `topic`, the nearest first."""
        seen = {topic}
        current = self.terms[topic].broader if topic in self.terms else None
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            current = self.terms[current].broader

    def with_narrower(self, topic: int) -> frozenset[int]:
        """`topic` and everything below it."""
        return frozenset(
            {topic}.union(*(self.with_narrower(below) for below in self.narrower.get(topic, [])))
        )

    def narrowest(self, slugs: Iterable[str]) -> frozenset[str]:
        """Those of `slugs` below which no other of them stands."""
        slugs = frozenset(slugs)
        above = {self.terms[pk].slug for slug in slugs for pk in self.above(self.by_slug[slug].pk)}
        return slugs - above

    def sorted(self, topics: Iterable[int]) -> list[Term]:
        """The terms of `topics` in the order of their labels; unknown keys are left out."""
        return sorted(
            (self.terms[pk] for pk in topics if pk in self.terms), key=lambda term: term.label.casefold()
        )
