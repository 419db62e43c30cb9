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
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

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

#: Endings of nouns for people (Mentor, Beraterin, Expertin, Kollegin), to tell Trainerin from Termin.
_PERSON = r"er|or|eur|ent|ant|ist|ert|og|eg|kund|ärzt|amt|chef"
_FEMININE = re.compile(rf"(?P<one>\w{{2,}}(?:{_PERSON}))in|(?P<many>\w{{4,}})innen")


class Place(NamedTuple):
    """Where a word stands in a text: text[start:end]."""

    start: int
    end: int
    word: str


class Spellings(dict[str, bool]):
    """Whether the word behind a spelling is wanted, asked once per spelling: texts repeat themselves."""

    def __init__(self, is_wanted: Callable[[str], bool]) -> None:
        super().__init__()
        self.is_wanted = is_wanted

    def __missing__(self, spelling: str) -> bool:
        self[spelling] = self.is_wanted(_word(spelling))
        return self[spelling]


def places(text: str, spellings: Spellings) -> list[Place]:
    """The words of `text` that are wanted, with their places in the text as it is written."""
    text = text[:LONGEST_TEXT]
    wanted = {spelling for spelling in set(WORD.findall(text)) if spellings[spelling]}
    if not wanted:
        return []
    found = ((match, match.group()) for match in WORD.finditer(text))
    return [Place(match.start(), match.end(), _word(word)) for match, word in found if word in wanted]


def words(text: str) -> list[str]:
    """The words of `text` in lower case, in their order; a German double form is one word without its sign."""
    return [_word(found) for found in WORD.findall(text[:LONGEST_TEXT])]


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
def _word(found: str) -> str:
    if _NUMBER.fullmatch(found):
        return EDGE.join(_NOT_INNER.split(found))[:LONGEST_WORD]
    return _NOT_INNER.sub("", unicodedata.normalize("NFKC", found)).lower()[:LONGEST_WORD]


_stemmers = threading.local()


def _stemmer(algorithm: str) -> snowballstemmer.stemmer:
    """One stemmer per thread: it keeps the word that it works on."""
    if not hasattr(_stemmers, algorithm):
        setattr(_stemmers, algorithm, snowballstemmer.stemmer(algorithm))
    return getattr(_stemmers, algorithm)
