"""The only place that turns text into terms, for documents and for queries, whatever engine stores them.

A word gives one stem and several character 4-grams. Words are stemmed first and folded afterwards: Snowball's rules need the
diacritics, while people leave them out when they type (measured: folding first costs Czech a third of its nDCG). The grams
find parts of German compounds and words with a slip without any dictionary.

Sources: Snowball stemmers (https://snowballstem.org/algorithms/), character n-grams for European languages (McNamee and
Mayfield 2004, "Character n-gram tokenization for European language text retrieval").
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Set
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

import Stemmer

#: Snowball's names; a language without a stemmer is indexed by its words as they stand.
STEMMERS = {
    "cs": "czech",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
}
#: Snowball takes nothing away in front of words of these languages, nor changes it (of Dutch ones, it does).
KEEPS_BEGINNINGS = frozenset({"cs", "de"})
#: So many folded letters are compared before a word is stemmed.
FIRST_LETTERS = 2
GRAM = 4
#: Stands before and after a word in its grams, so that beginnings and ends count; no word holds it.
EDGE = "_"
#: Longer than any word that somebody types; what remains of a longer one is noise.
LONGEST_WORD = 64
#: A book of 60 pages. What stands behind it in one text is not searched.
LONGEST_TEXT = 200_000

#: Words that a process remembers; the usual ones make up most of every text (some 10 MB).
REMEMBERED = 20_000

#: Letters and digits; combining marks and soft hyphens may stand inside.
_PLAIN = r"[^\W_]+(?:[\u0300-\u036f\u00ad]+[^\W_]*)*"
#: How German writes both genders at once: Mentor:innen, Mentor*in, Mentor_innen, Mentor/-in, Mentor(inn)en.
_BOTH = r"(?:[:*_·]in(?:nen)?[^\W_]*|/-?in(?:nen)?(?![^\W_])|\(in(?:nen)?\)|\(inn\)en)"
WORD = re.compile(rf"\d+(?:[.,]\d+)+|{_PLAIN}{_BOTH}?", re.IGNORECASE)
_NOT_INNER = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
#: What often stands around a word without being part of it.
_AROUND = ".,;:!?()[]„“”‚‘»«\"'…"

#: Endings of nouns for people (Mentor, Beraterin, Expertin, Kollegin), to tell Trainerin from Termin.
_PERSON = r"er|or|eur|ent|ant|ist|ert|og|eg|kund|ärzt|amt|chef"
_FEMININE = re.compile(rf"(?P<one>\w{{2,}}(?:{_PERSON}))in|(?P<many>\w{{4,}})innen")


class Place(NamedTuple):
    """Where a word stands in a text: text[start:end]."""

    start: int
    end: int
    word: str


class WordFilter:
    """The words of texts in a language that are wanted: those with one of `stems`, and those that `is_wanted` says.

    Texts repeat themselves, so each piece between two blanks is judged once; and stemming takes longer than all else, so most
    words are told by their first letters.
    """

    def __init__(
        self, language: str, stems: Set[str], is_wanted: Callable[[str], bool] | None = None
    ) -> None:
        self._language = language
        self._stems = stems
        self._is_wanted = is_wanted
        self._beginnings = _beginnings(stems, language)
        self._judged: set[str] = set()
        self._wanted: set[str] = set()

    def __contains__(self, word: str) -> bool:
        """Whether one lower-case word is wanted."""
        return stem(word, self._language) in self._stems or bool(self._is_wanted and self._is_wanted(word))

    def pieces_of(self, text: str) -> Set[str]:
        """What stands between two blanks of `text` and holds a wanted word."""
        pieces = set(text.split())
        new = pieces - self._judged
        self._judged |= new
        likely = list(self._likely(new))
        judged = zip(likely, map(_stems_of, likely, repeat(self._language)), strict=True)
        self._wanted.update(piece for piece, own in judged if not self._stems.isdisjoint(own))
        if self._is_wanted:
            rest = new - self._wanted
            self._wanted.update(piece for piece in rest if any(map(self._is_wanted, _words_of(piece))))
        return pieces & self._wanted

    def _likely(self, pieces: Set[str]) -> Iterable[str]:
        """Those in which a word may have one of the stems: not what is one word that begins otherwise."""
        if (beginnings := self._beginnings) is None:
            return pieces
        return (
            piece
            for piece in pieces
            if not (word := piece.strip(_AROUND)).isalpha() or _beginning(word[:FIRST_LETTERS]) in beginnings
        )


def places(text: str, wanted: WordFilter) -> list[Place]:
    """The words of `text` that are wanted, in their order, with their places in the text as it is written."""
    text = text[:LONGEST_TEXT]
    matches = (
        match
        for piece in wanted.pieces_of(text)
        for start in _occurrences(piece, text)
        for match in WORD.finditer(text, start, start + len(piece))
    )
    found = (Place(match.start(), match.end(), _word(match.group())) for match in matches)
    return sorted(place for place in found if place.word in wanted)


def words(text: str) -> list[str]:
    """The words of `text` in lower case, in their order; a German double form is one word without its sign."""
    return [word for piece in text[:LONGEST_TEXT].split() for word in _words_of(piece)]


@lru_cache(maxsize=REMEMBERED)
def stem(word: str, language: str) -> str:
    """The stem of one lower-case word, folded; a word for women counts as the word for all (Mentorinnen as Mentoren)."""
    algorithm = STEMMERS.get(language)
    if algorithm is None:
        return fold(word)
    return fold(_stemmer(algorithm).stemWord(unfeminine(word) if language == "de" else word))


def stems(text: str, language: str) -> list[str]:
    """The stems of all words of `text`, in their order."""
    return [stem(word, language) for word in words(text)]


@lru_cache(maxsize=REMEMBERED)
def word_grams(word: str) -> tuple[str, ...]:
    """The character 4-grams of one folded word with its edges: "ki" gives ("_ki_",), "sensor" ("_sen", ..., "sor_")."""
    padded = f"{EDGE}{folded_word(word)}{EDGE}"
    return tuple(padded[at : at + GRAM] for at in range(max(1, len(padded) - GRAM + 1)))


@lru_cache(maxsize=REMEMBERED)
def folded_word(word: str) -> str:
    """One lower-case word in its common form, folded."""
    return fold(unfeminine(word))


def grams(text: str) -> list[str]:
    """The grams of all words of `text`, in their order."""
    return [gram for word in words(text) for gram in word_grams(word)]


def fold(text: str) -> str:
    """`text` as people type it in a hurry: lower case, without diacritics, ß as ss."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def unfeminine(word: str) -> str:
    """The common form of a German word for women: "mentorinnen", "mentorin" -> "mentor"; other words as they are.

    The singular needs an ending of words for people before "in" (Termin, Berlin and Magazin end in it, too); of the plural,
    only short words are something else (innen, beginnen).
    """
    match = _FEMININE.fullmatch(word)
    return (match["one"] or match["many"]) if match else word


def printable(text: str) -> str:
    """`text` without what no database stores: NUL and halves of surrogate pairs."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=REMEMBERED)
def _words_of(piece: str) -> tuple[str, ...]:
    """The words of what stands between two blanks; no word reaches across one."""
    return tuple(_word(found) for found in WORD.findall(piece))


@lru_cache(maxsize=REMEMBERED)
def _stems_of(piece: str, language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in _words_of(piece))


def _beginnings(stems: Set[str], language: str) -> Set[str] | None:
    """How words with one of `stems` begin; None if that cannot be told."""
    if language not in KEEPS_BEGINNINGS or any(len(stem) < FIRST_LETTERS for stem in stems):
        return None
    return {stem[:FIRST_LETTERS] for stem in stems}


@lru_cache(maxsize=REMEMBERED)
def _beginning(letters: str) -> str:
    return fold(letters)[:FIRST_LETTERS]


def _word(found: str) -> str:
    if _NUMBER.fullmatch(found):
        return EDGE.join(_NOT_INNER.split(found))[:LONGEST_WORD]
    return _NOT_INNER.sub("", unicodedata.normalize("NFKC", found)).lower()[:LONGEST_WORD]


def _occurrences(piece: str, text: str) -> Iterator[int]:
    """Where `piece` stands in `text` between blanks."""
    start = text.find(piece)
    while start >= 0:
        end = start + len(piece)
        if not text[start - 1 : start].strip() and not text[end : end + 1].strip():
            yield start
        start = text.find(piece, end)


_stemmers = threading.local()


def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    """One stemmer per thread: it keeps the word that it works on."""
    if not hasattr(_stemmers, algorithm):
        setattr(_stemmers, algorithm, Stemmer.Stemmer(algorithm))
    return getattr(_stemmers, algorithm)
