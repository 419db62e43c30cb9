"""Keeping the index in step: rows ask to be read again in the transaction that changes them; the worker reads them after it."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from portal.topics.models import Topic
from search.domain.vocabulary import Vocabulary, read_vocabulary
from search.engines import engine
from search.engines.base import Entry
from search.models import IndexJob, SearchDocument
from search.registry import dependants, mappers

logger = logging.getLogger(__name__)

BATCH = 50
#: A job that failed n times waits 2^n times this long, an hour at most.
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_ERROR = 2_000

Item = TypeVar("Item")


def source_of(instance: Model) -> str:
    """The name under which a row is known to the index: "knowledge.guidepage:12"."""
    return f"{instance._meta.label_lower}:{instance.pk}"


def touch(instance: Model) -> None:
    """Asks that a page, a row of facts or a topic be read again, once the present transaction is committed."""
    enqueue([source_of(instance)])


def enqueue(sources: Iterable[str]) -> None:
    """Asks that the rows named by `sources` be read again; a job that waits already waits no longer."""
    jobs = [IndexJob(source=source) for source in sorted(set(sources))]
    IndexJob.objects.bulk_create(
        jobs,
        update_conflicts=True,
        unique_fields=["source"],
        update_fields=["requested_at", "due_at", "attempts", "error"],
    )


def enqueue_carriers(topic: Topic) -> None:
    """Asks that everything be read again that the index knows with `topic`: its labels are words of theirs."""
    rows = SearchDocument.objects.values_list("source", "topics").iterator()
    enqueue(source for source, slugs in rows if topic.slug in slugs)


def drain(limit: int = BATCH) -> int:
    """Works on at most `limit` jobs that are due, and says on how many. What fails is kept, with its error, for later."""
    done = 0
    while done < limit and _work_on_one():
        done += 1
    return done


def rebuild(progress: Callable[[int], object] = lambda _rows: None) -> int:
    """Reads everything anew and drops what is gone; the number of documents. Searches see the old index until each part
    is replaced. Memory does not grow with the number of rows. `progress` is told how many rows were read.
    """
    started = timezone.now()
    vocabulary = read_vocabulary()
    # where there is nothing to find yet, nobody misses the counts
    counting = engine().count() > 0
    for instances in _findable():
        _write(instances, vocabulary, counting=counting)
        progress(len(instances))
    former = SearchDocument.objects.filter(indexed_at__lt=started).values_list("source", flat=True)
    for sources in batches(former.iterator(), BATCH):
        engine().delete(sources)
    engine().settle()
    IndexJob.objects.filter(requested_at__lt=started).delete()
    return engine().count()


def differences(progress: Callable[[int], object] = lambda _rows: None) -> Iterator[str]:
    """What the index and the rows do not agree on, a sentence each; nothing if all is well."""
    vocabulary = read_vocabulary()
    indexed = SearchDocument.objects.order_by("pk").values_list("source", flat=True)
    for sources in batches(indexed.iterator(), BATCH):
        rows = {row.source: row for row in SearchDocument.objects.filter(source__in=sources)}
        for source in sources:
            entry = _entry(_instance(source), vocabulary)
            if entry is None:
                yield f"{source} is in the index, but should not be found"
            elif any(getattr(rows[source], name) != value for name, value in vars(entry.document).items()):
                yield f"{source} has changed since it was indexed"
        progress(len(sources))
    for instances in _findable():
        known = SearchDocument.objects.filter(source__in=map(source_of, instances)).values_list(
            "source", flat=True
        )
        missing = [instance for instance in instances if source_of(instance) not in set(known)]
        yield from (f"{source_of(row)} is not in the index" for row in missing if _entry(row, vocabulary))
    yield from engine().problems()


def rows_to_read() -> int:
    """How many rows a rebuild reads."""
    return sum(model._base_manager.count() for model in mappers)


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """`items` in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _work_on_one() -> bool:
    with transaction.atomic():
        due = IndexJob.objects.select_for_update(skip_locked=True).filter(due_at__lte=timezone.now())
        job = due.order_by("due_at", "pk").first()
        if job is None:
            return False
        try:
            with transaction.atomic():
                _read(job.source)
        except Exception as error:  # a mapper may fail in any way, and the next job must not wait for it
            logger.exception("Indexing %s failed", job.source)
            _postpone(job, error, timezone.now())
        else:
            job.delete()
        return True


def _postpone(job: IndexJob, error: Exception, now: datetime) -> None:
    job.attempts = min(job.attempts + 1, 30)
    job.error = f"{type(error).__name__}: {error}".replace("\x00", " ")[:LONGEST_ERROR]
    job.due_at = now + min(FIRST_WAIT * 2**job.attempts, LONGEST_WAIT)
    job.save()


def _read(source: str) -> None:
    """Brings the index in step with one row, which may be gone."""
    instance = _instance(source)
    if instance is None:
        engine().delete([source])
    elif isinstance(instance, Topic):
        enqueue_carriers(instance)
    else:
        pages = dependants[type(instance)](instance) if type(instance) in dependants else []
        _write([row for row in (instance, *pages) if type(row) in mappers], read_vocabulary())


def _write(instances: list[Model], vocabulary: Vocabulary, *, counting: bool = True) -> None:
    entries = {source_of(instance): _entry(instance, vocabulary) for instance in instances}
    engine().delete([source for source, entry in entries.items() if entry is None])
    engine().index([entry for entry in entries.values() if entry is not None], counting=counting)


def _entry(instance: Model | None, vocabulary: Vocabulary) -> Entry | None:
    mapper = mappers.get(type(instance)) if instance is not None else None
    document = mapper(instance) if mapper else None
    if instance is None or document is None:
        return None
    return Entry(source_of(instance), document, vocabulary.words_for(document.topics, document.language))


def _instance(source: str) -> Model | None:
    """The row as it is in the database now; None if it is gone, or its model."""
    label, _, key = source.partition(":")
    try:
        model = apps.get_model(label)
    except LookupError:
        return None
    return model._base_manager.filter(pk=key).first()


def _findable() -> Iterator[list[Model]]:
    """Every row of every kind that can be found, some at a time."""
    for model in mappers:
        for keys in batches(
            model._base_manager.order_by("pk").values_list("pk", flat=True).iterator(), BATCH
        ):
            yield list(model._base_manager.filter(pk__in=keys))
