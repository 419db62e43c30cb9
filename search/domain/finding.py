"""From what a reader typed to results: terms in every language, what the vocabulary adds, and how the hits look."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import islice

from django.conf import settings

from portal.core.domain.kept import at_one_time
from search.analysis import printable, stem, stems, word_grams, words
from search.domain.highlights import Highlighter
from search.domain.lexicon import Translations, translations_of
from search.domain.vocabulary import Vocabulary, read_vocabulary
from search.engines import engine
from search.engines.base import Found, Hit, Match, Query, Results, Wanted
from search.models import SearchDocument

#: A question is no longer; a document that is pasted into the box is cut.
LONGEST_QUERY = 2_000
MOST_WORDS = 64
MOST_GRAMS = 400

#: In documents of the other language, words as typed count half: names and loan words are the same there.
OTHER_LANGUAGE = 0.5
#: Another label of a topic counts half as much as the word that was typed.
SYNONYM = 0.5
#: What the lexicon says that a word means counts, all its meanings together, as much as the word.
TRANSLATION = 1.0
#: That a document carries a topic counts as much as a word.
TOPIC = 1.0
#: A longer label describes the topic, and its words would find everything.
LONGEST_SYNONYM = 3

#: From stems of a language to what they mean in the others.
Translate = Callable[[Collection[str], str], Translations]


@at_one_time()
def find(query: Query, vocabulary: Vocabulary | None = None) -> Results:
    """What answers `query`. Nothing is found for a text without words."""
    started = time.perf_counter()
    vocabulary = vocabulary or read_vocabulary()
    asked = understand(query.text, query.language, vocabulary, translations_of)
    found = engine().search(query, asked.wanted) if asked.words else Found([], 0, {})
    hits = _hits(found, query, asked)
    took = time.perf_counter() - started
    return Results(
        hits,
        found.total,
        found.facets,
        found.page,
        asked.topics,
        took,
        without=found.without,
        unfiltered=found.unfiltered,
        is_fallback=found.is_fallback,
    )


@dataclass(frozen=True)
class Asked:
    """A query, understood: its words, the topics that it names, the terms to look for in each language, and what the words mean."""

    words: list[str]
    topics: list[str]
    wanted: list[Wanted]
    meanings: Translations


def understand(text: str, language: str, vocabulary: Vocabulary, translate: Translate | None = None) -> Asked:
    """What to look for when somebody who reads in `language` types `text`. Without `translate`, only the vocabulary expands it."""
    text = printable(text)[:LONGEST_QUERY]
    typed = words(text)[:MOST_WORDS]
    topics = vocabulary.named_by(typed)
    read = Counter(stem(word, language) for word in typed)
    meanings = translate(read, language) if translate and typed else {}
    found_grams = Counter(islice((gram for word in typed for gram in word_grams(word)), MOST_GRAMS))
    wanted = []
    for code, _name in settings.LANGUAGES:
        factor = 1.0 if code == language else OTHER_LANGUAGE
        own = Counter(stem(word, code) for word in typed)
        wanted.append(
            Wanted(
                language=code,
                words={term: factor * count for term, count in own.items()},
                grams={gram: factor * count for gram, count in found_grams.items()},
                synonyms=_synonyms(
                    vocabulary.words_for(topics, code), code, own, _meant(read, meanings.get(code, {}))
                ),
                topics=dict.fromkeys(topics, TOPIC),
                is_measure=code == language,
            )
        )
    return Asked(typed, topics, wanted, meanings)


def _synonyms(
    labels: tuple[str, ...], language: str, own: Counter[str], weights: dict[str, float]
) -> dict[str, float]:
    """`weights`, and the stems of `labels` that were not typed; the words of a label share its weight."""
    for label in labels:
        parts = stems(label, language)
        if len(parts) <= LONGEST_SYNONYM:
            new = {part: SYNONYM / len(parts) for part in parts if part not in own}
            weights |= {part: max(weight, weights.get(part, 0.0)) for part, weight in new.items()}
    return weights


def _meant(read: Counter[str], meanings: dict[str, dict[str, float]]) -> dict[str, float]:
    """What the stems of a query mean in another language; a meaning that several of them share counts for each."""
    weights: dict[str, float] = defaultdict(float)
    for term, count in read.items():
        for other, share in meanings.get(term, {}).items():
            weights[other] += TRANSLATION * share * count
    return weights


def _hits(found: Found, query: Query, asked: Asked) -> list[Hit]:
    """The matches of the page as a reader sees them: one query for all of their versions."""
    keys = {match.object_key for match in found.matches}
    versions: dict[tuple[str, str], list[SearchDocument]] = defaultdict(list)
    for document in SearchDocument.objects.filter(object_key__in=keys).defer("terms") if keys else []:
        versions[document.kind, document.object_key].append(document)
    common = found.common | _meanings_of_common(found, query.language, asked.meanings)
    highlighters = {wanted.language: Highlighter(wanted, asked.words, common) for wanted in asked.wanted}
    hits = []
    for match in found.matches:
        group = versions[match.kind, match.object_key]
        shown = next((document for document in group if document.source == match.source), None)
        if shown:
            others = {d.language: d.url for d in group if d.language != shown.language}
            hits.append(_hit(shown, match, others, highlighters[shown.language]))
    return hits


def _meanings_of_common(found: Found, language: str, meanings: Translations) -> set[tuple[str, str]]:
    """What words that say little mean in the other languages: it says as little there."""
    return {
        (code, other)
        for code, terms in meanings.items()
        for term, others in terms.items()
        if (language, term) in found.common
        for other in others
    }


def _hit(document: SearchDocument, match: Match, others: dict[str, str], highlighter: Highlighter) -> Hit:
    return Hit(
        object_key=document.object_key,
        kind=document.kind,
        url=document.url,
        title=document.title,
        title_html=highlighter.marked(document.title),
        snippet_html=highlighter.snippet(document.summary, document.text),
        language=document.language,
        topics=document.topics,
        region=document.region,
        country=document.country,
        starts_at=document.starts_at,
        published_on=document.published_on,
        score=match.score,
        others=others,
        level=document.level,
        ends_at=document.ends_at,
        leads=match.leads,
    )
