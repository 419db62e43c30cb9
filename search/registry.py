"""Who turns what into documents. Each app registers its mappers; nothing here knows the apps above."""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model


@dataclass(frozen=True)
class DocumentData:
    """What a reader can find of one page.

    `object_key` is the same in all trees (str(page.translation_key), or the key of what a page is about); `locale` names the tree
    and `language` the language of the words, which differ while a profile is not translated. `region` is a NUTS-3 code, `country`
    an ISO code, `level` a value of the kind's own choices. What has an end is an event: it is over once that has passed.
    """

    kind: str
    object_key: str
    locale: str
    language: str
    url: str
    title: str
    summary: str = ""
    text: str = ""
    topics: list[str] = field(default_factory=list)
    region: str = ""
    country: str = ""
    level: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    published_on: date | None = None


Instance = TypeVar("Instance", bound=Model)
Mapper = Callable[[Any], DocumentData | None]
Dependants = Callable[[Any], Iterable[Model]]
Available = Callable[[Collection[str] | None], Collection[str]]

#: every kind of page that can be found, in the order of registration, and who maps it
mappers: dict[type[Model], Mapper] = {}
#: rows of facts, and the pages that show them
dependants: dict[type[Model], Dependants] = {}
#: kinds of pages behind which somebody has places, and who knows which are free
available: dict[str, Available] = {}


def document_mapper(
    model: type[Instance],
) -> Callable[[Callable[[Instance], DocumentData | None]], Callable[[Instance], DocumentData | None]]:
    """Makes pages of `model` findable. The mapper returns None for one that is not for everybody (a draft, say)."""

    def register(
        mapper: Callable[[Instance], DocumentData | None],
    ) -> Callable[[Instance], DocumentData | None]:
        mappers[model] = mapper
        return mapper

    return register


def dependants_of(
    model: type[Instance],
) -> Callable[[Callable[[Instance], Iterable[Model]]], Callable[[Instance], Iterable[Model]]]:
    """Names the pages that show a row of `model`: they are read again whenever it is saved or touched."""

    def register(function: Callable[[Instance], Iterable[Model]]) -> Callable[[Instance], Iterable[Model]]:
        dependants[model] = function
        return function

    return register


def available_now(kind: str) -> Callable[[Available], Available]:
    """Says which objects of `kind` have a free place at this moment, in one query: of the object keys given, or of all (None).

    Places change too fast for an index, so no document holds them: engines ask while they search, and only if objects of
    that kind answer.
    """

    def register(function: Available) -> Available:
        available[kind] = function
        return function

    return register


def level_labels() -> dict[str, Any]:
    """What the levels of documents are called: the choices of every kind that has a field "level", in their order."""
    labels: dict[str, Any] = {}
    for model in mappers:
        with suppress(FieldDoesNotExist):
            labels |= dict(getattr(model._meta.get_field("level"), "flatchoices", ()))
    return labels


def kinds() -> dict[str, type[Model]]:
    """The kinds of documents and their models: what lower apps hold (guides, events) stands before people and pages."""
    labels = [app.label for app in apps.get_app_configs()]
    ordered = sorted(mappers, key=lambda model: -labels.index(model._meta.app_label))
    return {model.kind: model for model in ordered}  # type: ignore[attr-defined] # BasePage names its kind
