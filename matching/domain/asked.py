"""The topics that are asked for, read as a need that people and companies can be measured against."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When

from matching.domain.needs import NeedFacts
from matching.domain.scoring import Need, rarity, worth_towards
from matching.domain.vocabulary import TERM, Term, Vocabulary, topic_rows


def topics_of_row(about: models.Model) -> Exists:
    """Whether a topic is one of those that `about` carries: a page, a company, a person."""
    return Exists(link(type(about)).objects.filter(tag=OuterRef("pk"), content_object=about.pk))


def read_need(
    facts: NeedFacts, is_asked: Q | Exists, language: str, among: type[models.Model]
) -> tuple[Need, Vocabulary]:
    """The topics for which `is_asked` holds, weighed by how many rows of `among` carry them, and the vocabulary in the
    words of `language`. `among` is a model with topics (Person, Company). One query.
    """
    everybody = among._default_manager.order_by().values(all=Value(1)).annotate(n=Count("pk")).values("n")
    carriers = link(among).objects.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(n=Count("pk"))
    rows = (
        topic_rows(language)
        .annotate(is_asked=is_asked)
        .annotate(
            carriers=Case(When(is_asked=True, then=Subquery(carriers.values("n")))),
            everybody=Subquery(everybody),
        )
    )
    topics = list(rows.values_list(*TERM, "is_asked", "carriers", "everybody"))
    vocabulary = Vocabulary(Term(*row[:-3]) for row in topics)
    weights = {row[0]: rarity(row[-1] or 0, row[-2] or 0) for row in topics if row[-3]}
    return Need(weights, {topic: worth_towards(topic, vocabulary) for topic in weights}, facts), vocabulary


def read_carried(need: Need, among: type[models.Model], without: Iterable[int] = ()) -> dict[int, set[int]]:
    """The rows of `among` that carry topics which count for `need`, with these topics, except the rows `without`."""
    carried: dict[int, set[int]] = {}
    rows = link(among).objects.filter(tag__in=need.earned_by).exclude(content_object__in=list(without))
    for key, topic in rows.values_list("content_object_id", "tag_id") if need.earned_by else ():
        carried.setdefault(key, set()).add(topic)
    return carried


def link(model: type[models.Model]) -> Any:
    """The table that links rows of `model` with their topics."""
    field: Any = model._meta.get_field("topics")
    return field.remote_field.through
