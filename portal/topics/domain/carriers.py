"""What carries a topic, a sector or a place, whichever app it belongs to."""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import models

from portal.topics.models import Topic, TopicAddress, TopicLabel

#: rows that belong to a topic and go with it
PARTS = {Topic, TopicAddress, TopicLabel}


def carriers(
    model: type[models.Model], keys: Iterable[int], apart_from: Collection[type[models.Model]] = ()
) -> dict[int, Counter[str]]:
    """How often each row of `model` among `keys` is in use: {key: {"companies": 2}}; rows that nothing carries are left out.

    It follows every foreign key that points at `model`, those of link tables too, so that no app has to be named here.
    """
    found: dict[int, Counter[str]] = {}
    keys = list(keys)
    for relation in model._meta.get_fields(include_hidden=True) if keys else []:
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model in {*PARTS, *apart_from}:
            continue
        carrier, name = relation.related_model, relation.field.name
        rows = carrier._base_manager.filter(**{f"{name}__in": keys}).values_list(name).order_by(name)
        for key, count in rows.annotate(count=models.Count("pk")):
            found.setdefault(key, Counter())[str(carrier._meta.verbose_name_plural)] += count
    return found
