"""Which documents speak of the same things as a longer text: for matching, where nobody types a query."""

from collections import Counter
from collections.abc import Collection, Iterable, Set

from search.analysis import printable, stem, word_grams, words
from search.engines import engine
from search.engines.base import Wanted
from search.engines.scoring import shares, worth_of

#: Of a long text, its longest words are compared: they are the rarest, and need no list of stop words.
MOST_WORDS = 64
#: Of these, the rarest are looked for: as many as so many entries of the index hold together.
BUDGET = 3_000


def most_similar(
    text: str,
    language: str,
    kinds: Collection[str],
    limit: int,
    without: Collection[str] = (),
    *,
    in_letters: bool = False,
    least: float = 0.0,
    budget: int = BUDGET,
) -> dict[str, float]:
    """The sources of the `limit` documents of `kinds` in the tree of `language` that are most similar to `text`, best first.

    Each with its score (`engines.scoring`, BM25 on both sides) as a share of the best one's, 0 to 1. A document that is itself
    what is compared would be the best by far, and leave the others next to nothing: the sources `without` are left out before.
    Only words in `language` are compared; `in_letters` also what is alike within them, by the 4-grams that search knows. The best
    may be hardly alike: what has less than the share `least` of what a document would have that says just these words is none.
    `budget` bounds the time: as many entries of the index are read. Three queries; none for words that others have asked for.
    """
    if not kinds:
        return {}
    read = [(word, stem(word, language)) for word in words(printable(text))]
    found = Counter(term for _word, term in read)
    longest = sorted(found, key=lambda term: (-len(term), term))[:MOST_WORDS]
    wanted = Wanted(
        language=language,
        words=shares({term: found[term] for term in longest}, len(read)),
        # as many grams a word as a usual text has, so that the length is the same
        grams=shares(_grams(read, set(longest)), len(read)) if in_letters else {},
        titles_count=False,
        is_document=True,
    )
    matches = engine().similar(wanted, kinds, limit + len(without), budget) if longest else []
    enough = least * worth_of(wanted, engine().frequencies([wanted])) if least and matches else 0.0
    others = [(source, score) for source, score in matches if source not in without and score >= enough]
    return {source: score / others[0][1] for source, score in others[:limit]}


def _grams(read: Iterable[tuple[str, str]], wanted: Set[str]) -> Counter[str]:
    """How often each gram stands in those of the words (word, stem) whose stem is wanted."""
    return Counter(gram for word, term in read if term in wanted for gram in word_grams(word))
