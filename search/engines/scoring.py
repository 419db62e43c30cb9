"""How documents are ranked: BM25 whose parts are computed when a document is written, so that a search only adds.

The share of a term in a document, tf / (tf + k1 (1 - b + b length / pivot)), is rounded to one of eight levels and becomes
part of the lexeme: "w5wartung" says that the stem "wartung" weighs five of eight in a text. The engine below is then a
plain inverted index of sets: a search reads the lists of a few dozen lexemes, adds weight x rarity x level per document,
and never looks at a document that is not in a list. All engines rank alike, to the last digit.

Sources: BM25, Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"; impacts computed beforehand and
rounded, and reading lists in the order of what they can add until a budget is spent: Anh and Moffat 2006, "Pruned query
evaluation using pre-computed impacts", https://doi.org/10.1145/1148170.1148235. Instead of the average length, which
changes with every document, a fixed pivot length is used.

Where documents are compared with a longer text, that text is one more document: its terms weigh in it what they weigh in the
others, share and rarity, so that no word counts more for being said ten times. Of the measures of Whissell and Clarke 2013,
"Effective measures for inter-document similarity" (CIKM), this is BM25 on both sides.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from search.analysis import EDGE, GRAM, LONGEST_WORD, grams, stems
from search.engines.base import Frequencies, Wanted
from search.registry import DocumentData

#: BM25 as everywhere: how soon repetition stops to count, and how much length matters.
K1 = 1.2
B = 0.75
#: Words of a usual title and text; a usual word has about six grams.
TITLE_LENGTH = 6
TEXT_LENGTH = 300
GRAMS_PER_WORD = 6
LEVELS = 8

#: A title is part of the text; what stands in it counts half as much again.
TITLE_WEIGHT = 0.5
#: Four grams share the letters of a word.
GRAM_WEIGHT = 1 / GRAM

#: How many entries of lists a search reads: the common terms of a long query are left out first, for they order least.
BUDGET = 10_000
#: And so many lists: each costs something, however short it is.
MOST_LISTS = 400
#: The longest terms are the addresses of topics.
LONGEST_TERM = LONGEST_WORD + 36

#: A hit has this share of what the rarest word of the query is worth; where the index holds none of them, of what all their
#: grams are worth together, for a few grams are in every document by accident ...
LEAST_SHARE = 0.075
#: ... and this share of the best hit.
SHARE_OF_BEST = 0.25

#: A word with this share of the rarity of the rarest one in the query is not worth a mark in the results.
COMMON = 0.25

TITLE_WORD, TEXT_WORD, TITLE_GRAM, TEXT_GRAM, TOPIC = FIELDS = "t", "w", "u", "g", "k"
#: What every document holds, as a lexeme and as a key: as many as hold it is the number of documents.
EVERY_DOCUMENT, DOCUMENTS = "d0", "d"


@dataclass(frozen=True)
class Posting:
    """One list to read: the lexeme in the documents of a language, and what it adds to the score of each."""

    language: str
    lexeme: str
    weight: float


@dataclass(frozen=True)
class Plan:
    """The lists to read, the score below which a document is no hit, and (language, stem) of words that say little."""

    postings: list[Posting]
    least_score: float
    common: frozenset[tuple[str, str]]


def lexemes(document: DocumentData, labels: Iterable[str] = ()) -> list[str]:
    """Every lexeme of a document, each once; `labels` are words for its topics, which count as part of its text."""
    text = "\n".join([document.title, document.summary, *labels, document.text])
    found = {EVERY_DOCUMENT}
    for content, word, gram, length in (
        (document.title, TITLE_WORD, TITLE_GRAM, TITLE_LENGTH),
        (text, TEXT_WORD, TEXT_GRAM, TEXT_LENGTH),
    ):
        found.update(_levelled(word, stems(content, document.language), length))
        found.update(_levelled(gram, grams(content), length * GRAMS_PER_WORD))
    found.update(_lexeme(TOPIC, LEVELS - 1, slug) for slug in document.topics)
    return sorted(found)


def key_and_level(lexeme: str) -> tuple[str, int]:
    """What a lexeme is counted by: the key of its term, and the level."""
    return lexeme[0] + lexeme[2:], int(lexeme[1])


def wanted_keys(wanted: Iterable[Wanted]) -> dict[str, list[str]]:
    """The keys of everything that may be asked for, by language: their frequencies are what `plan` needs."""
    asked: dict[str, dict[str, None]] = {}
    for terms in wanted:
        found = asked.setdefault(terms.language, {DOCUMENTS: None})
        found |= dict.fromkeys(_key(field, term) for field, term, _weight in _terms(terms))
    return {language: list(found) for language, found in asked.items()}


def plan(wanted: Iterable[Wanted], frequencies: Frequencies, budget: int = BUDGET) -> Plan:
    """Which lists to read."""
    terms = [term for each in wanted for term in _weighed(each, frequencies)]
    return Plan(_within_budget(terms, budget), LEAST_SHARE * _worth(terms), _common(terms))


def shares(counted: Mapping[str, int], length: int, pivot: int = TEXT_LENGTH) -> dict[str, float]:
    """The share of each term in a text of `length` terms, 0 to 1; `counted` says how often it stands there, and a usual text has
    `pivot` terms.
    """
    damping = K1 * (1 - B + B * length / pivot)
    return {term: frequency / (frequency + damping) for term, frequency in counted.items()}


def worth_of(wanted: Wanted, frequencies: Frequencies) -> float:
    """What the document that `wanted` is would score for its words, if it were in the index."""
    return sum(
        term.full * wanted.words[term.term] for term in _weighed(wanted, frequencies) if term.is_typed_word
    )


def rarity(holding: int, documents: int) -> float:
    """The weight of a term that `holding` of `documents` documents hold (idf of BM25, never negative)."""
    holding = min(holding, documents)
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


class _Term(NamedTuple):
    """A term in one field: what it is worth at most, its rarity, how many documents hold it, and at which level."""

    wanted: Wanted
    field: str
    term: str
    full: float
    rarity: float
    documents: int
    held: dict[int, int]

    @property
    def is_typed_word(self) -> bool:
        return self.field == TEXT_WORD and self.term in self.wanted.words

    def postings(self) -> list[Posting]:
        return [
            Posting(
                self.wanted.language,
                _lexeme(self.field, level, self.term),
                self.full * (level + 0.5) / LEVELS,
            )
            for level in self.held
        ]


def _weighed(wanted: Wanted, frequencies: Frequencies) -> Iterator[_Term]:
    language = wanted.language
    documents = sum(frequencies.get((language, DOCUMENTS), ()))
    for field, term, weight in _terms(wanted):
        at_levels = enumerate(frequencies.get((language, _key(field, term)), ()))
        held = {level: count for level, count in at_levels if count > 0}
        holding = sum(held.values())
        rare = rarity(holding, documents)
        full = weight * rare * (rare if wanted.is_document else 1.0)
        yield _Term(wanted, field, term, full, rare, holding, held)


def _within_budget(terms: list[_Term], budget: int) -> list[Posting]:
    chosen: list[Posting] = []
    spent = 0
    for term in sorted(terms, key=lambda term: (-term.full, term.wanted.language, term.field, term.term)):
        if chosen and (spent + term.documents > budget or len(chosen) + len(term.held) > MOST_LISTS):
            break
        spent += term.documents
        chosen += term.postings()
    return chosen


def _worth(terms: list[_Term]) -> float:
    """What LEAST_SHARE is a share of."""
    measured = [term for term in terms if term.wanted.is_measure]
    known = max((term.full for term in measured if term.is_typed_word and term.held), default=0.0)
    return known or sum(term.full for term in measured if term.is_typed_word or term.field == TEXT_GRAM)


def _common(terms: list[_Term]) -> frozenset[tuple[str, str]]:
    words = [term for term in terms if term.field == TEXT_WORD and term.held]
    rarest: dict[str, float] = defaultdict(float)
    for word in words:
        if word.is_typed_word:
            rarest[word.wanted.language] = max(rarest[word.wanted.language], word.rarity)
    return frozenset(
        (word.wanted.language, word.term)
        for word in words
        if word.rarity < COMMON * rarest[word.wanted.language]
    )


def _terms(wanted: Wanted) -> Iterator[tuple[str, str, float]]:
    """(field, term, weight) for every field that a term is looked for in."""
    both: dict[str, float] = defaultdict(float)
    for term, weight in [*wanted.words.items(), *wanted.synonyms.items()]:
        both[term] += weight
    for term, weight in both.items():
        yield TEXT_WORD, term, weight
        if wanted.titles_count:
            yield TITLE_WORD, term, weight * TITLE_WEIGHT
    for term, weight in wanted.grams.items():
        yield TEXT_GRAM, term, weight * GRAM_WEIGHT
        if wanted.titles_count:
            yield TITLE_GRAM, term, weight * GRAM_WEIGHT * TITLE_WEIGHT
    for slug, weight in wanted.topics.items():
        yield TOPIC, slug, weight


def _levelled(field: str, terms: list[str], pivot: int) -> Iterator[str]:
    for term, share in shares(Counter(terms), len(terms), pivot).items():
        if term.strip(EDGE):
            yield _lexeme(field, min(LEVELS - 1, int(LEVELS * share)), term)


def _key(field: str, term: str) -> str:
    return f"{field}{term[:LONGEST_TERM]}"


def _lexeme(field: str, level: int, term: str) -> str:
    return f"{field}{level}{term[:LONGEST_TERM]}"
