"""Brings topics, sectors, regions and places to what the files of the vocabulary say."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import models, transaction
from django.db.models.functions import Cast, Concat

from portal.topics.domain.addresses import addresses_of, remember_addresses
from portal.topics.domain.carriers import carriers
from portal.topics.domain.vocabulary_files import PlaceRow, TopicRow, Vocabulary
from portal.topics.models import Place, Region, Sector, Topic, TopicLabel

Named = TypeVar("Named", Sector, Region, Place)
Labels = frozenset[tuple[str, str, str]]


@dataclass
class Changes:
    """What loading did to one table, by the names that a person knows."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0


class StillCarriedError(Exception):
    """Rows that the files no longer hold are in use; `reasons` says by what, one line each."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


@transaction.atomic
def load_vocabulary(vocabulary: Vocabulary) -> dict[str, Changes]:
    """Writes what differs from `vocabulary`, in one transaction, and says what that was, by table.

    Raises StillCarriedError, with nothing written, when a row that the files no longer hold is in use.
    """
    changes = {table: Changes() for table in ("topics", "sectors", "regions", "places")}
    _remove_missing(vocabulary, changes)
    _write_topics(vocabulary.topics, changes["topics"])
    sectors = [Sector(code=row.code, names=row.names) for row in vocabulary.sectors]
    _write(Sector, sectors, lambda row: row.code, changes["sectors"])
    regions = [
        Region(
            code=row.code,
            country=row.country,
            names=row.names,
            latitude=row.latitude,
            longitude=row.longitude,
            is_core=row.is_core,
        )
        for row in vocabulary.regions
    ]
    _write(Region, regions, lambda row: row.code, changes["regions"])
    keys = dict(Region.objects.values_list("code", "pk"))
    places = [_place(row, keys[row.region]) for row in vocabulary.places]
    _write(Place, places, lambda row: (row.name, row.region_id), changes["places"])
    return changes


def _place(row: PlaceRow, region_id: int) -> Place:
    place = Place(
        name=row.name,
        names=row.names,
        other_names=row.other_names,
        country=row.country,
        region_id=region_id,
        latitude=row.latitude,
        longitude=row.longitude,
        population=row.population,
    )
    place.derive()
    return place


def _remove_missing(vocabulary: Vocabulary, changes: dict[str, Changes]) -> None:
    """Removes what the files no longer hold: places before the regions that they stand in."""
    kept_places = {(row.name, row.region) for row in vocabulary.places}
    places = Place.objects.values_list("pk", "name", "region__code")
    leaving: list[tuple[str, type[models.Model], dict[int, str]]] = [
        ("topics", Topic, _missing(Topic, "slug", {row.slug for row in vocabulary.topics})),
        ("sectors", Sector, _missing(Sector, "code", {row.code for row in vocabulary.sectors})),
        ("places", Place, {pk: name for pk, name, region in places if (name, region) not in kept_places}),
        ("regions", Region, _missing(Region, "code", {row.code for row in vocabulary.regions})),
    ]
    reasons: list[str] = []
    for table, model, rows in leaving:
        # The places of a region that leaves are in the list themselves.
        for key, counts in carriers(model, rows, apart_from={Place}).items():
            uses = ", ".join(f"{name}: {count}" for name, count in sorted(counts.items()))
            reasons.append(f"{table}: “{rows[key]}” is not in the file, but in use: {uses}")
    if reasons:
        raise StillCarriedError(reasons)
    for table, model, rows in leaving:
        if rows:
            model._default_manager.filter(pk__in=rows).delete()
            changes[table].removed = list(rows.values())


def _missing(model: type[models.Model], column: str, kept: set[str]) -> dict[int, str]:
    return dict(model._default_manager.exclude(**{f"{column}__in": kept}).values_list("pk", column))


def _write(
    model: type[Named], wanted: Iterable[Named], key: Callable[[Named], Hashable], changes: Changes
) -> None:
    """Creates and changes rows of `model` until they are as `wanted`, compared by `key`."""
    columns = [column for column in model._meta.concrete_fields if not column.primary_key]
    existing = {key(row): row for row in model._default_manager.all()}
    new, changed = [], []
    for row in wanted:
        old = existing.get(key(row))
        if old is None:
            new.append(row)
        elif any(getattr(old, column.attname) != getattr(row, column.attname) for column in columns):
            row.pk = old.pk
            changed.append(row)
        else:
            changes.unchanged += 1
    model._default_manager.bulk_create(new)
    model._default_manager.bulk_update(changed, [column.name for column in columns])
    changes.created = [_name(row) for row in new]
    changes.changed = [_name(row) for row in changed]


def _name(row: Sector | Region | Place) -> str:
    return row.name if isinstance(row, Place) else row.code


def _write_topics(rows: list[TopicRow], changes: Changes) -> None:
    existing = {topic.slug: topic for topic in Topic.objects.prefetch_related("labels")}
    slugs = {topic.pk: slug for slug, topic in existing.items()}
    changed = []
    for row in rows:
        topic = existing.get(row.slug)
        if topic is None:
            changes.created.append(row.slug)
            changed.append(row)
        elif (topic.name, slugs.get(topic.broader_id, ""), _labels(topic)) != (
            row.name,
            row.broader,
            frozenset(row.labels()),
        ):
            changes.changed.append(row.slug)
            changed.append(row)
        else:
            changes.unchanged += 1
    if changed:
        _save_topics(changed, existing)


def _labels(topic: Topic) -> Labels:
    return frozenset((row.language, row.kind, row.label) for row in topic.labels.all())


def _save_topics(rows: list[TopicRow], existing: dict[str, Topic]) -> None:
    old = [existing[row.slug] for row in rows if row.slug in existing]
    before = addresses_of(old)
    # Names are unique: whoever is renamed first lets go of the old one, for another topic may be given it.
    names = {row.slug: row.name for row in rows}
    renamed = [topic.pk for topic in old if topic.name != names[topic.slug]]
    if renamed:
        nobody = Concat(models.Value("·"), Cast("pk", models.CharField()))
        Topic.objects.filter(pk__in=renamed).update(name=nobody)
    new = [Topic(slug=row.slug, name=row.name) for row in rows if row.slug not in existing]
    topics = {**existing, **{topic.slug: topic for topic in Topic.objects.bulk_create(new)}}
    for row in rows:
        topics[row.slug].name = row.name
        topics[row.slug].broader = topics.get(row.broader)
    Topic.objects.bulk_update([topics[row.slug] for row in rows], ["name", "broader"])
    TopicLabel.objects.filter(topic__in=old).delete()
    labels = [
        TopicLabel(topic=topics[row.slug], language=language, kind=kind, label=label)
        for row in rows
        for language, kind, label in row.labels()
    ]
    for label_row in labels:
        label_row.derive()
    TopicLabel.objects.bulk_create(labels)
    after = {
        (row.topic_id, row.language): row.slug for row in labels if row.kind == TopicLabel.Kind.PREFERRED
    }
    remember_addresses(before, after)
