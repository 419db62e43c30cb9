"""What every engine takes and gives, in words of the portal."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol

from django.utils.safestring import SafeString

from search.registry import DocumentData

#: What results can be narrowed by; each is a field of Query that holds the values that are allowed.
FACETS = ("kinds", "topics", "languages", "regions", "countries", "levels")
#: The facet that no document holds: who has a place now is a live fact, for which engines ask `registry.available_now`. Its one
#: value counts the objects that have one.
AVAILABLE = "available"
YES = "yes"

#: {(language, key): how many documents hold a term at each level}; the key is the field and the term, a lexeme of
#: `engines.scoring` without its level. What no document holds may be missing.
Frequencies = Mapping[tuple[str, str], Sequence[int]]


@dataclass(frozen=True)
class Query:
    """What a reader asks. `language` is the one they read in; an empty filter allows everything.

    Pages count from 1; a number behind the last page gives the last one.
    """

    text: str
    language: str
    kinds: Collection[str] = ()
    topics: Collection[str] = ()
    languages: Collection[str] = ()
    regions: Collection[str] = ()
    countries: Collection[str] = ()
    levels: Collection[str] = ()
    #: whether only objects count that have a free place now
    only_available: bool = False
    page: int = 1
    size: int = 10


@dataclass(frozen=True)
class Wanted:
    """The terms to look for in the documents of one language, each with its weight (1: a word that was typed)."""

    language: str
    #: stems and grams of the query
    words: dict[str, float]
    grams: dict[str, float]
    #: stems that mean the same, and slugs of topics
    synonyms: dict[str, float] = field(default_factory=dict)
    topics: dict[str, float] = field(default_factory=dict)
    #: whether what stands in titles counts more than in texts
    titles_count: bool = True
    #: whether a document that holds all of this would be a perfect answer
    is_measure: bool = False
    #: whether this is what a document says, with the shares of `engines.scoring.shares` for weights
    is_document: bool = False


class Match(NamedTuple):
    """A document that answers, and how well. Scores compare within one search only."""

    source: str
    object_key: str
    kind: str
    score: float
    #: whether it stands before the others for being a coming event
    leads: bool = False


@dataclass(frozen=True)
class Found:
    """The matches of one page, one per object; how many objects there are; {facet: {value: objects}}; which page it is; and
    (language, stem) of the words that were typed, but say little.

    The best stand first, but time counts as `narrowing.in_order` says. A facet counts what there would be with the other
    filters only, so that a reader sees what each choice leads to.
    """

    matches: list[Match]
    total: int
    facets: dict[str, dict[str, int]]
    page: int = 1
    common: frozenset[tuple[str, str]] = frozenset()
    #: how many objects there would be without the filter of a facet, and without any
    without: dict[str, int] = field(default_factory=dict)
    unfiltered: int = 0
    #: whether the engine that should answer is away and another one stood in for it
    is_fallback: bool = False


@dataclass(frozen=True)
class Hit:
    """One object in the results, in the version that serves the reader best."""

    object_key: str
    kind: str
    url: str
    title: str
    #: title and passage with <mark> around what was looked for
    title_html: SafeString
    snippet_html: SafeString
    #: the language of title and text
    language: str
    topics: list[str]
    region: str
    country: str
    starts_at: datetime | None
    published_on: date | None
    score: float
    #: {language: address} of the versions in other languages
    others: dict[str, str] = field(default_factory=dict)
    level: str = ""
    ends_at: datetime | None = None
    #: see Match
    leads: bool = False


@dataclass(frozen=True)
class Results:
    """A page of hits and its number, how many there are in all, the facets, and the topics that the query names (slugs)."""

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]]
    page: int = 1
    topics: list[str] = field(default_factory=list)
    #: seconds
    took: float = 0.0
    #: see Found
    without: dict[str, int] = field(default_factory=dict)
    unfiltered: int = 0
    is_fallback: bool = False


@dataclass(frozen=True)
class Entry:
    """A document on its way into the index: the row that it was made of, and words for its topics in its language."""

    source: str
    document: DocumentData
    labels: tuple[str, ...] = ()


class EngineAway(Exception):
    """An engine outside of the database does not answer, or not as it should."""


class Engine(Protocol):
    """An index of documents. All of them rank by `engines.scoring`, or by what comes closest to it."""

    def index(self, entries: Iterable[Entry], *, counting: bool = True) -> None:
        """Writes documents; whatever was known of a source, or of the same object in the same tree, is replaced.

        Without `counting`, which takes half of the time, nobody knows how rare a term is before `settle` counts them all.
        """

    def delete(self, sources: Iterable[str]) -> None:
        """Forgets the documents of `sources`; unknown ones are no error."""

    def search(self, query: Query, wanted: list[Wanted]) -> Found:
        """The page of matches that `query` asks for."""

    def similar(self, wanted: list[Wanted], kinds: Collection[str], limit: int, budget: int) -> list[Match]:
        """The `limit` documents of `kinds` that score best, each in the tree of its own language, one of those of `wanted`.

        Of the lists of each, the rarest are read that have `budget` entries together.
        """

    def frequencies(self, wanted: list[Wanted]) -> Frequencies:
        """How many documents hold each term of `wanted`, and how many there are; one query."""

    def count(self) -> int:
        """How many documents are indexed."""

    def clear(self) -> None:
        """Forgets everything."""

    def settle(self) -> None:
        """Puts in order what a complete rebuild leaves behind; called at its end. Raises EngineAway."""

    def catch_up(self) -> bool:
        """Tells an index outside of the database what has been committed since; whether there is more. Never in a transaction."""

    def compact(self) -> None:
        """Brings together what many small writes have scattered, so that searches read less; called once a day."""

    def stand_by(self) -> None:
        """Makes what is missing outside of the database; called now and then."""

    def state(self) -> list[str]:
        """How it is outside of the database, as sentences for an administrator."""

    def problems(self) -> list[str]:
        """What is inconsistent inside the index, as sentences; empty if all is well."""
