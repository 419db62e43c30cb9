"""Topics near what somebody typed, for when nothing was found: their labels share a beginning with one of the words."""

from itertools import takewhile

from search.analysis import fold, folded_word, words
from search.domain.vocabulary import Vocabulary

#: Letters that two words share at least, and their part of the shorter word: "Wartungsplan" is near "Wartung".
SHORTEST = 4
PART = 0.75


def topics_near(text: str, vocabulary: Vocabulary, limit: int = 4) -> list[str]:
    """The slugs of at most `limit` topics with a label near a word of `text`, in whichever language, the nearest first."""
    typed = {folded_word(word) for word in words(text)}
    typed = {word for word in typed if len(word) >= SHORTEST}
    near: dict[str, float] = {}
    for slug, topic in vocabulary.topics.items() if typed else ():
        labelled = {
            fold(word) for labels in topic.labels.values() for label in labels for word in words(label)
        }
        near[slug] = max((nearness(one, other) for one in typed for other in labelled), default=0.0)
    best = sorted((slug for slug in near if near[slug]), key=lambda slug: (-near[slug], slug))
    return best[:limit]


def nearness(one: str, other: str) -> float:
    """The part of the longer of two folded words that both begin with; 0 if that is too little to say anything."""
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    if shared < max(SHORTEST, PART * min(len(one), len(other))):
        return 0.0
    return shared / max(len(one), len(other))
