"""Who turns what into documents. Each app registers its mappers; nothing here knows the apps above."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model


@dataclass(frozen=True)
class DocumentData:
    """What a reader can find of one page.

    `object_key` is the same in all trees (str(page.translation_key)); `locale` names the tree and `language` the language
    of the words, which differ while a profile is not translated. `region` is a NUTS-3 code, `country` an ISO code.
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
    starts_at: datetime | None = None
    published_on: date | None = None


Instance = TypeVar("Instance", bound=Model)
Mapper = Callable[[Any], DocumentData | None]
Dependants = Callable[[Any], Iterable[Model]]

#: every kind of page that can be found, in the order of registration, and who maps it
mappers: dict[type[Model], Mapper] = {}
#: rows of facts, and the pages that show them
dependants: dict[type[Model], Dependants] = {}


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


def kinds() -> dict[str, type[Model]]:
    """The kinds of documents and their models, in the order of registration."""
    return {model.kind: model for model in mappers}  # type: ignore[attr-defined] # BasePage names its kind
