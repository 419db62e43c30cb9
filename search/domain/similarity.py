"""Which documents speak of the same things as a longer text: for matching, where nobody types a query."""

from collections import Counter
from collections.abc import Collection

from search.analysis import printable, stem, words
from search.engines import engine
from search.engines.base import Wanted

#: Of a long text, its longest words are compared: they are the rarest, and need no list of stop words.
MOST_WORDS = 64


def most_similar(text: str, language: str, kinds: Collection[str], limit: int) -> dict[str, float]:
    """The sources of the `limit` documents of `kinds` in the tree of `language` that are most similar to `text`, best first.

    Each with its BM25 score as a share of the best one's, 0 to 1. Only words in `language` are compared. Two queries.
    """
    if not kinds:
        return {}
    found = Counter(stem(word, language) for word in words(printable(text)))
    longest = sorted(found, key=lambda term: (-len(term), term))[:MOST_WORDS]
    counted = {term: float(found[term]) for term in longest}
    wanted = Wanted(language=language, words=counted, grams={}, titles_count=False)
    matches = engine().similar(wanted, kinds, limit) if longest else []
    return {source: score / matches[0][1] for source, score in matches}
