"""Which topics a text is about: the topics whose labels occur in it.

Labels and text are compared word by word, as stems without diacritics, so that “Sensoren” finds “Sensorik” no more than
“Sensors”, but every inflection of a label finds it. Abbreviations count only in capitals: “KI”, never “ki”.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from portal.topics.models import Topic, TopicLabel, fold

ALGORITHMS = {"de": "german", "cs": "czech"}
WORD = re.compile(r"[^\W_]+")
ABBREVIATION = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ0-9]{1,5}")

#: A word of the title says what a text is about; a word of the text says so if it comes back.
TITLE_WEIGHT = 1.0
#: In a text of so many words, each mention counts half as much as in a short note.
WORDS_PER_MENTION = 400
#: A label of several words is rarely meant by accident; a top topic is too wide to say much.
PHRASE_FACTORS = (1.0, 1.3, 1.5)
TOP_TOPIC_FACTOR = 0.5
#: What a topic needs, alone and beside the best one, to be proposed.
LEAST_SCORE = 0.3
LEAST_SHARE = 0.25

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class LabelIndex:
    """The labels of one language, taken apart: phrase of words -> (key of the topic, weight)."""

    phrases: dict[Phrase, tuple[int, float]]
    longest: int

    def mentions(self, text: str, language: str) -> Iterator[tuple[int, float]]:
        """(topic, weight) of every label that occurs in `text`; of labels that overlap, the longest."""
        words = [_forms(word, language) for word in WORD.findall(text)]
        start = 0
        while start < len(words):
            for length in range(min(self.longest, len(words) - start), 0, -1):
                hit = next(
                    (self.phrases[p] for p in _phrases(words[start : start + length]) if p in self.phrases),
                    None,
                )
                if hit:
                    yield hit
                    start += length - 1
                    break
            start += 1


def suggest_topics(text: str, language: str, limit: int = 5) -> list[Topic]:
    """The topics that `text` is about, the surest first, at most `limit`. Its first line counts as its title."""
    scores = topic_scores(text, language)
    best = max(scores.values(), default=0.0)
    wanted = [key for key, score in scores.items() if score >= max(LEAST_SCORE, best * LEAST_SHARE)]
    wanted = wanted or [key for key, score in scores.items() if score == best]
    ranked = sorted(wanted, key=lambda key: (-scores[key], key))[:limit]
    topics = Topic.objects.prefetch_related("labels").in_bulk(ranked)
    return [topics[key] for key in ranked]


def topic_scores(text: str, language: str) -> dict[int, float]:
    """How sure it is that `text` is about each topic (key) whose labels occur in it.

    A topic scores by how often its labels occur, saturating with the length of the text as BM25 does (Robertson and
    Zaragoza 2009), by how telling the labels are, and by standing in the title.
    """
    index = _index(language)
    title, _, body = text.partition("\n")
    in_title = dict(index.mentions(title, language))
    counts: Counter[int] = Counter()
    weights: dict[int, float] = dict(in_title)
    for topic, weight in index.mentions(body, language):
        counts[topic] += 1
        weights[topic] = max(weight, weights.get(topic, 0.0))
    slack = 1 + len(WORD.findall(body)) / WORDS_PER_MENTION
    return {
        topic: weight * (counts[topic] / (counts[topic] + slack) + TITLE_WEIGHT * (topic in in_title))
        for topic, weight in weights.items()
    }


def _index(language: str) -> LabelIndex:
    """The index of the labels as they are now: one query tells whether the compiled one still holds."""
    rows = TopicLabel.objects.filter(language=language).order_by("pk")
    return _compile(tuple(rows.values_list("topic_id", "topic__broader_id", "label")), language)


@lru_cache(maxsize=8)
def _compile(rows: tuple[tuple[int, int | None, str], ...], language: str) -> LabelIndex:
    phrases: dict[Phrase, tuple[int, float]] = {}
    for topic, broader, label in rows:
        # “Fertigungsmanagementsystem (MES)” is written out or abbreviated, hardly ever both.
        for part in re.split(r"[()]", label):
            words = [_forms(word, language)[0] for word in WORD.findall(part)]
            if words:
                factor = PHRASE_FACTORS[min(len(words), len(PHRASE_FACTORS)) - 1]
                phrases.setdefault(tuple(words), (topic, factor * (1.0 if broader else TOP_TOPIC_FACTOR)))
    return LabelIndex(phrases, max(map(len, phrases), default=0))


def _phrases(words: list[tuple[str, ...]]) -> Iterator[Phrase]:
    """Every way to read `words`, of which each may be an abbreviation or a word in capitals."""
    if not words:
        yield ()
        return
    for first in words[0]:
        for rest in _phrases(words[1:]):
            yield (first, *rest)


@lru_cache(maxsize=100_000)
def _forms(word: str, language: str) -> tuple[str, ...]:
    """How `word` may stand in a label: as an abbreviation, in which capitals matter, and as a stem."""
    stem = fold(Stemmer.Stemmer(ALGORITHMS[language]).stemWord(word.lower()))
    return (word, stem) if ABBREVIATION.fullmatch(word) else (stem,)
