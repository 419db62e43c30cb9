"""The vocabulary as a search needs it: which topics a query names, and what they are called."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import connection

from portal.core.domain.kept import kept
from portal.topics.models import TopicLabel
from search.analysis import fold, stem, stems

Phrase = tuple[str, ...]
#: All labels as one JSON text: that is read, and compared with the one before, in a third of the time that a thousand rows take,
#: and in no order, for that is needed only if something has changed.
LABELS = """
    SELECT CAST({rows}(
        {row}(label.topic_id, label.language, label.kind, label.label, topic.slug, label.slug)
    ) AS text)
    FROM topics_topiclabel AS label JOIN topics_topic AS topic ON topic.id = label.topic_id
"""
JSON = {"sqlite": ("json_group_array", "json_array"), "postgresql": ("json_agg", "json_build_array")}
#: “Fertigungsmanagementsystem (MES)” is written out or abbreviated, hardly ever both.
_BRACKETS = re.compile(r"[()]")


@dataclass
class TopicWords:
    """All labels of one topic by language, the preferred one first, and the addresses of its pages."""

    slug: str
    labels: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, str] = field(default_factory=dict)

    def label_in(self, language: str) -> str:
        """The preferred label."""
        return self.labels[language][0] if language in self.labels else self.slug

    def address_in(self, language: str) -> str:
        """The slug of the topic page in `language`."""
        return self.addresses.get(language) or self.slug


@dataclass
class Vocabulary:
    """Every topic by its slug, and {language: {stems of a label: slugs}}."""

    topics: dict[str, TopicWords]
    phrases: dict[str, dict[Phrase, set[str]]]
    longest: int

    def named_by(self, words: list[str]) -> list[str]:
        """The topics that a label among `words` names, in whichever language and inflection; of labels that overlap, the longest."""
        named: dict[str, None] = {}
        for language, phrases in self.phrases.items():
            typed = [stem(word, language) for word in words]
            at = 0
            while at < len(typed):
                lengths = range(min(self.longest, len(typed) - at), 0, -1)
                length = next((n for n in lengths if tuple(typed[at : at + n]) in phrases), 0)
                if length:
                    named |= dict.fromkeys(sorted(phrases[tuple(typed[at : at + length])]))
                at += length or 1
        return list(named)

    def words_for(self, slugs: Iterable[str], language: str) -> tuple[str, ...]:
        """All labels of topics in a language, as a document that carries them is found by."""
        return tuple(
            label
            for slug in slugs
            if slug in self.topics
            for label in self.topics[slug].labels.get(language, ())
        )


@kept
def read_vocabulary() -> Vocabulary:
    """The vocabulary as it is now; one query. It is read again after any change, and taken apart only if it has changed itself."""
    rows, row = JSON[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(LABELS.format(rows=rows, row=row))
        return _compile(cursor.fetchone()[0] or "[]")


@lru_cache(maxsize=2)
def _compile(labels: str) -> Vocabulary:
    rows = sorted(
        json.loads(labels), key=lambda row: (row[0], row[1], row[2] != TopicLabel.Kind.PREFERRED, row[3])
    )
    topics: dict[str, TopicWords] = {}
    phrases: dict[str, dict[Phrase, set[str]]] = defaultdict(lambda: defaultdict(set))
    for _topic, language, _kind, label, slug, address in rows:
        topic = topics.setdefault(slug, TopicWords(slug))
        topic.labels[language].append(label)
        topic.addresses.setdefault(language, address)
        for part in (label, *_BRACKETS.split(label)):
            # typed without diacritics, a word may have another stem
            for written in {part, fold(part)}:
                if words := tuple(stems(written, language)):
                    phrases[language][words].add(slug)
    longest = max((len(phrase) for found in phrases.values() for phrase in found), default=0)
    return Vocabulary(topics, {language: dict(found) for language, found in phrases.items()}, longest)
