""" "Did you mean": for a word that no document and no topic knows, the known word that differs from it by a slip or two.

A slip is a letter that is missing, too many, another one, or two that changed places: Damerau 1964, "A technique for computer
detection and correction of spelling errors", https://doi.org/10.1145/363958.363994; counted as the restricted distance (no letter
moves twice). Diacritics count for nothing. The words stand in a table, so that every engine gives the same answer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from portal.topics.models import TopicLabel
from search.analysis import LONGEST_TEXT, WORD, fold, printable, stem, words
from search.models import KnownWord, SearchDocument

#: Shorter words are too near to too many others: they are known, but neither mended nor meant.
SHORTEST = 4
#: From this length on, two slips are believed.
LONG = 8
#: Words of one query that are looked after, and known words that are compared with them: the most frequent ones.
MOST_UNKNOWN = 3
MOST_NEAR = 2_000
#: Words that are kept of a language: the most frequent ones.
MOST_KNOWN = 150_000
LONGEST_KNOWN = 64


def corrected(text: str, language: str) -> str:
    """`text` with the known words that were probably meant; "" if nothing has to be mended. At most two queries."""
    text = printable(text)
    unknown = _unknown([word for word in dict.fromkeys(words(text)) if _may_slip(word)])
    meant = _meant(unknown, language)
    if not meant:
        return ""
    return WORD.sub(lambda found: meant.get(fold("".join(words(found.group()))), found.group()), text)


def collect_words() -> int:
    """Reads the words of all documents and topics anew; how many there are. For the worker."""
    rows = [row for code, _name in settings.LANGUAGES for row in _known_words(code)]
    with transaction.atomic():
        KnownWord.objects.all().delete()
        KnownWord.objects.bulk_create(rows, batch_size=1_000)
    return len(rows)


def slips_between(one: str, other: str, most: int) -> int:
    """How many slips make `other` of `one`; `most` + 1 if there are more."""
    letters, others = set(one), set(other)
    # A slip brings one letter in and takes one out at most; that is soon told, and of most words it is enough.
    if max(abs(len(one) - len(other)), len(letters - others), len(others - letters)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _may_slip(word: str) -> bool:
    return len(word) >= SHORTEST and _may_be_known(word)


def _may_be_known(word: str) -> bool:
    return len(word) < LONGEST_KNOWN and word.isalpha()


def _most_slips(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def _unknown(typed: list[str]) -> list[str]:
    """Those of `typed`, folded, that stand in no language's documents, in whatever form."""
    codes = [code for code, _name in settings.LANGUAGES]
    forms = {word: {fold(word), *(stem(word, code) for code in codes)} for word in typed}
    asked = set().union(*forms.values())
    if not asked:
        return []
    rows = KnownWord.objects.filter(stem__in=asked) | KnownWord.objects.filter(folded__in=asked)
    known = {form for row in rows.values_list("stem", "folded") for form in row}
    return [fold(word) for word, found in forms.items() if known.isdisjoint(found)][:MOST_UNKNOWN]


def _meant(unknown: list[str], language: str) -> dict[str, str]:
    """{word: the known word that is nearest, in the reader's language if there is a choice, the most frequent one}."""
    if not unknown:
        return {}
    near: QuerySet[KnownWord] = reduce(or_, (KnownWord.objects.near(w, _most_slips(w)) for w in unknown))
    rows = list(
        near.filter(length__gte=SHORTEST)
        .order_by("-documents", "folded", "language")
        .values_list("folded", "written", "language", "documents")[:MOST_NEAR]
    )
    found = {}
    for word in unknown:
        most = _most_slips(word)
        best = min(
            (
                (slips_between(word, folded, most), code != language, -documents, written)
                for folded, written, code, documents in rows
            ),
            default=(most + 1, False, 0, ""),
        )
        if best[0] <= most:
            found[word] = best[3]
    return found


def _known_words(language: str) -> Iterator[KnownWord]:
    """Rows, not saved, of the words that documents and topics of a language use."""
    documents: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for text in _texts(language):
        found = set(WORD.findall(text[:LONGEST_TEXT]))
        for written in found:
            word = "".join(words(written))
            if _may_be_known(word):
                spellings[word][written] += 1
        documents.update({word for written in found if (word := "".join(words(written))) in spellings})
    seen = set()
    for word, count in documents.most_common(MOST_KNOWN):
        folded = fold(word)
        if folded not in seen and len(folded) <= LONGEST_KNOWN:
            seen.add(folded)
            yield KnownWord(
                language=language,
                folded=folded,
                written=spellings[word].most_common(1)[0][0][:LONGEST_KNOWN],
                stem=stem(word, language)[:LONGEST_KNOWN],
                beginning=folded[:2],
                ending=folded[-2:],
                length=len(folded),
                documents=count,
            )


def _texts(language: str) -> Iterator[str]:
    rows = SearchDocument.objects.filter(language=language).values_list("title", "summary", "text")
    for parts in rows.iterator(chunk_size=200):
        yield "\n".join(parts)
    yield from TopicLabel.objects.filter(language=language).values_list("label", flat=True)
