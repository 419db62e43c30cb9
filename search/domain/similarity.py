"""Which documents speak of the same things as a longer text, or as another object: for matching, where nobody types a query."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from statistics import fmean

from django.db.models import F

from portal.core.domain.kept import kept_rows
from search.analysis import printable, stem, word_grams, words
from search.engines import engine
from search.engines.base import Match, Wanted
from search.engines.lists import index_version
from search.engines.scoring import SHARE_OF_BEST, shares, worth_of
from search.models import SearchDocument

#: Of a long text, its longest words are compared: they are the rarest, and need no list of stop words.
MOST_WORDS = 64
#: Of these, the rarest are looked for: as many as so many entries of the index hold together.
BUDGET = 3_000
#: As in a search, what has less than this share of the best one's likeness is not worth showing.
WORTH_SHOWING = SHARE_OF_BEST
#: Documents in each language that an object is compared with, and objects of which is kept what is like them.
NEAREST = 100
MOST_OBJECTS = 2_000


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
) -> list[Match]:
    """The `limit` documents of `kinds` in the tree of `language` that are most similar to `text`, best first.

    Each with its score (`engines.scoring`, BM25 on both sides) as a share of the best one's, 0 to 1. A document that is itself
    what is compared would be the best by far, and leave the others next to nothing: the sources `without` are left out before.
    Only words in `language` are compared; `in_letters` also what is alike within them, by the 4-grams that search knows. The best
    may be hardly alike: what has less than the share `least` of what a document would have that says just these words is none.
    `budget` bounds the time: as many entries of the index are read. Three queries; none for words that others have asked for.
    """
    wanted = _as_document(text, language, in_letters=in_letters)
    if not kinds or not wanted.words:
        return []
    matches = engine().similar([wanted], kinds, limit + len(without), budget)
    enough = least * worth_of(wanted, engine().frequencies([wanted])) if least and matches else 0.0
    others = [match for match in matches if match.source not in without and match.score >= enough]
    return [match._replace(score=match.score / others[0].score) for match in others[:limit]]


def objects_like(kind: str, key: str, kinds: Collection[str], tree: str, limit: int) -> dict[str, float]:
    """The `limit` objects of `kinds` in a tree that are most like the object `key` of `kind`, by their keys, the best first.

    Each with how alike it is as a share of the best one. An object is what it says in all of its languages, and its topics: two
    are as alike as their words and topics are on the mean of the languages that both are written in. What two translators
    happened to word alike in one language is seldom alike in the other, too. One short query, for an object that others have
    asked for; an object that the index does not know is like none.
    """
    return _like(kind, tuple(kinds), tree, limit, [key])[key]


@kept_rows(MOST_OBJECTS, state=index_version)
def _like(
    kind: str, kinds: tuple[str, ...], tree: str, limit: int, keys: list[str]
) -> dict[str, dict[str, float]]:
    """`objects_like` of each of `keys`. Five queries each."""
    return {key: _objects_like(kind, key, kinds, tree, limit) for key in keys}


def _objects_like(kind: str, key: str, kinds: tuple[str, ...], tree: str, limit: int) -> dict[str, float]:
    own = SearchDocument.objects.filter(kind=kind, object_key=key, locale=F("language"))
    versions = list(own.values_list("language", "topics", "title", "summary", "text"))
    wanted = [
        # words differ from language to language, topics do not: together, they count once
        _as_document(
            "\n".join(text), language, in_letters=True, topics=dict.fromkeys(topics, 1 / len(versions))
        )
        for language, topics, *text in versions
    ]
    matches = engine().similar(wanted, kinds, NEAREST * len(wanted), BUDGET)
    scores = {match.source: match.score for match in matches}
    others = {match.object_key for match in matches} - {key}
    found = SearchDocument.objects.filter(kind__in=kinds, object_key__in=others, locale=F("language"))
    asked, trees = {each.language for each in wanted}, defaultdict(set)
    alike: dict[str, list[float]] = defaultdict(list)
    for other, language, source in found.values_list("object_key", "language", "source"):
        trees[other].add(language)
        if language in asked:
            alike[other].append(scores.get(source, 0.0))
    shown = {other: fmean(each) for other, each in alike.items() if tree in trees[other]}
    ranked = sorted(shown, key=lambda other: (-shown[other], other))[:limit]
    return {other: shown[other] / (shown[ranked[0]] or 1.0) for other in ranked}


def _as_document(
    text: str, language: str, *, in_letters: bool, topics: Mapping[str, float] | None = None
) -> Wanted:
    """What a text says, as the one document that would be most like it; what each of its topics counts, by slug."""
    read = [(word, stem(word, language)) for word in words(printable(text))]
    found = Counter(term for _word, term in read)
    longest = sorted(found, key=lambda term: (-len(term), term))[:MOST_WORDS]
    return Wanted(
        language=language,
        words=shares({term: found[term] for term in longest}, len(read)),
        # as many grams a word as a usual text has, so that the length is the same
        grams=shares(_grams(read, set(longest)), len(read)) if in_letters else {},
        topics=dict(topics or {}),
        titles_count=False,
        is_document=True,
    )


def _grams(read: Iterable[tuple[str, str]], wanted: Set[str]) -> Counter[str]:
    """How often each gram stands in those of the words (word, stem) whose stem is wanted."""
    return Counter(gram for word, term in read if term in wanted for gram in word_grams(word))
