"""What something is about, as a need that people and companies can be measured against."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery, Value

from matching.domain.scoring import Need, rarity, worth_towards
from matching.domain.vocabulary import TERM, Term, Vocabulary, topic_rows
from portal.core.enums import Country

#: on which side of the border readers of a language are at home, as long as nothing better is known about them
SIDES = {"de": Country.GERMANY, "cs": Country.CZECHIA}


@dataclass(frozen=True)
class Asked:
    """A need, the vocabulary it is told in, and who carries which topics that count towards it."""

    need: Need
    vocabulary: Vocabulary
    carried: dict[int, set[int]]


def read_need(
    about: models.Model, language: str, among: type[models.Model], side: str, without: Iterable[int] = ()
) -> Asked:
    """The topics of `about` as a need for a reader of `language`, and the rows of `among` that carry any of them.

    `among` is a model with topics (Person, Company); `without` are keys of rows to leave out. Two queries.
    """
    vocabulary, asked, everybody = _topics(about, language, among)
    towards = {topic: worth_towards(topic, vocabulary) for topic in asked}
    relevant = {topic for worth in towards.values() for topic in worth}
    carried: dict[int, set[int]] = {}
    carriers: Counter[int] = Counter()
    rows = _link(among).objects.filter(tag__in=relevant).values_list("content_object_id", "tag_id")
    for key, topic in rows if relevant else ():
        carried.setdefault(key, set()).add(topic)
        carriers[topic] += 1
    for key in without:
        carried.pop(key, None)
    weights = {topic: rarity(everybody, carriers[topic]) for topic in asked}
    return Asked(Need(weights, towards, side, f"{about._meta.model_name}:{about.pk}"), vocabulary, carried)


def _topics(
    about: models.Model, language: str, among: type[models.Model]
) -> tuple[Vocabulary, list[int], int]:
    """The vocabulary, the topics of `about`, and how many rows of `among` there are; one query."""
    everybody = among._default_manager.order_by().values(all=Value(1)).annotate(n=Count("pk")).values("n")
    carries = _link(type(about)).objects.filter(tag=OuterRef("pk"), content_object=about.pk)
    rows = topic_rows(language).annotate(is_asked=Exists(carries), everybody=Subquery(everybody))
    topics = list(rows.values_list(*TERM, "is_asked", "everybody"))
    asked = [row[0] for row in topics if row[-2]]
    return Vocabulary(Term(*row[:-2]) for row in topics), asked, topics[0][-1] or 0 if topics else 0


def _link(model: type[models.Model]) -> Any:
    """The table that links rows of `model` with their topics."""
    field: Any = model._meta.get_field("topics")
    return field.remote_field.through
