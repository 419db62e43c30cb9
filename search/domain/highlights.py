"""Why a hit is a hit: title and passage with <mark> around what was looked for, from the stored text."""

from collections.abc import Collection, Iterable
from itertools import islice, takewhile

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from search.analysis import GRAM, Place, WordFilter, folded_word, places, stem, word_grams
from search.engines.base import Wanted

#: Characters of a passage, and how many of them stand before the first mark.
PASSAGE = 220
LEAD = 40
#: Characters of a text that are read first. Most texts are shorter; what stands behind is read only if nothing is found there.
READ_FIRST = 6_000
#: A stem of so many letters is recognised inside a compound (wartung in Fernwartung).
PART = 5
#: Two words are the same but for a slip if they share this part of their grams (Dice coefficient).
ALIKE = 0.6
MOST_SLIPS = 3


class Highlighter:
    """Knows the words that answer one query in documents of one language."""

    def __init__(
        self, wanted: Wanted, typed: Iterable[str], common: Collection[tuple[str, str]] = ()
    ) -> None:
        little = {word for language, word in common if language == wanted.language}
        telling = wanted.words.keys() - little
        self.language = wanted.language
        self.stems = telling | (wanted.synonyms.keys() - little)
        self.parts = [word for word in telling if len(word) >= PART]
        self.grams = [frozenset(word_grams(word)) for word in typed if len(word) >= PART]
        inner = (part[at : at + GRAM] for part in self.parts for at in range(len(part) - GRAM + 1))
        self.all_grams = frozenset(inner).union(*self.grams)
        self.same = WordFilter(self.language, self.stems)
        self.alike = WordFilter(self.language, self.stems, self.is_alike)

    def is_alike(self, word: str) -> bool:
        """Whether one lower-case word holds what was looked for, or differs from it by a slip."""
        # Asked for every word of a page, most of which share nothing with the query: hence no any() either.
        if len(word) < PART or self.all_grams.isdisjoint(own := word_grams(word)):
            return False
        folded = folded_word(word)
        for part in self.parts:
            if part in folded:
                return True
        for grams in self.grams:
            both = len(grams) + len(own)
            if abs(both - 2 * len(own)) <= MOST_SLIPS and 2 * len(grams.intersection(own)) >= ALIKE * both:
                return True
        return False

    def marked(self, text: str) -> SafeString:
        """`text`, escaped, with its wanted words marked."""
        pieces, at = [], 0
        for place in places(text, self.alike):
            pieces.append((text[at : place.start], text[place.start : place.end]))
            at = place.end
        return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[at:])

    def snippet(self, summary: str, text: str) -> SafeString:
        """The summary if it answers, else the passage of the text with most of the wanted words, else the summary again."""
        if not text or places(summary, self.alike):
            return self.marked(summary)
        start = text[:READ_FIRST]
        found = places(start, self.same) or places(start, self.alike) or places(text, self.same)
        if not found:
            return conditional_escape(summary or _cut(text))
        first, last = _window(text, self._densest(found))
        return format_html(
            "{}{}{}", "… " if first else "", self.marked(text[first:last]), " …" if last < len(text) else ""
        )

    def _densest(self, found: list[Place]) -> Place:
        """The place where the passage with most different words begins, the first of equals."""
        best, most = found[0], 0
        for at, place in enumerate(found):
            limit = place.start + PASSAGE - LEAD
            following = takewhile(lambda p, limit=limit: p.end <= limit, islice(found, at, None))  # type: ignore[misc]
            different = len({stem(p.word, self.language) for p in following})
            if different > most:
                best, most = place, different
        return best


def _window(text: str, first: Place) -> tuple[int, int]:
    """Start and end of the passage around a place, at word boundaries and not before the line begins."""
    start = max(0, first.start - LEAD)
    start = max(start, text.rfind("\n", start, first.start) + 1)
    if start and not text[start - 1].isspace():
        blank = text.find(" ", start, first.start)
        start = blank + 1 if blank >= 0 else first.start
    end = min(len(text), start + PASSAGE)
    if end < len(text):
        blank = text.rfind(" ", first.end, end)
        end = blank if blank > 0 else max(end, first.end)
    return start, end


def _cut(text: str) -> str:
    if len(text) <= PASSAGE:
        return text
    return text[: max(text.rfind(" ", 0, PASSAGE), PASSAGE // 2)] + " …"
