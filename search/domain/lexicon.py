"""What a stem of one language means in another: learned from the portal's own translations, and read once per search."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, islice
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from portal.core.domain.prepared import prepared
from portal.topics.models import TopicLabel
from search.analysis import stems
from search.domain.alignment import aligned
from search.models import SearchDocument, WordTranslation

#: Translations kept of a stem: the surest ones.
MOST_TRANSLATIONS = 4
#: Pages that teach; a portal with more of them knows its words.
MOST_PAGES = 5_000

#: {language: {stem: {stem of that language that means the same: its share of the meaning, all of them 1 at most}}}
Translations = dict[str, dict[str, dict[str, float]]]
#: A sentence of one language, and what it says in the other.
Pair = tuple[str, str]


def translations_of(terms: Collection[str], language: str) -> Translations:
    """What the stems `terms` of `language` mean in the other languages. One query."""
    found: Translations = defaultdict(lambda: defaultdict(dict))
    rows = _translations(language).rows("term", terms)
    for term, other_language, other, weight in rows:
        found[other_language][term][other] = weight
    return found


@prepared
def _translations(language: str) -> QuerySet[Any]:
    """(stem, other language, stem that means the same, weight) of all stems of `language`."""
    rows = WordTranslation.objects.filter(language=language)
    return rows.values_list("term", "other_language", "other", "weight")


def relearn() -> int:
    """Learns anew from all that the portal has in two languages; how many translations there are. For the worker."""
    rows = [row for one, other in language_pairs() for row in learned(one, other, own_pairs(one, other))]
    with transaction.atomic():
        WordTranslation.objects.all().delete()
        WordTranslation.objects.bulk_create(rows, batch_size=1_000)
    return len(rows)


def language_pairs() -> Iterator[tuple[str, str]]:
    """Every two languages of the portal."""
    return combinations([code for code, _name in settings.LANGUAGES], 2)


def learned(one: str, other: str, pairs: Iterable[Pair]) -> Iterator[WordTranslation]:
    """Rows, not saved, in both directions, from sentences of two languages. A sentence that is repeated counts once."""
    # NumPy would stay in every web process
    from search.domain.learning import learn

    found = learn((stems(left, one), stems(right, other)) for left, right in dict.fromkeys(pairs))
    ways: dict[tuple[str, str], dict[str, dict[str, float]]] = {
        (one, other): defaultdict(dict),
        (other, one): defaultdict(dict),
    }
    for term, meaning, weight in found:
        ways[one, other][term][meaning] = weight
        ways[other, one][meaning][term] = weight
    for (language, other_language), terms in ways.items():
        for term, meanings in terms.items():
            kept = dict(islice(meanings.items(), MOST_TRANSLATIONS))
            for meaning, weight in kept.items():
                yield WordTranslation(
                    language=language,
                    term=term,
                    other_language=other_language,
                    other=meaning,
                    weight=weight / sum(kept.values()),
                )


def own_pairs(one: str, other: str) -> Iterator[Pair]:
    """Sentences that the portal has in both languages: its pages, its vocabulary and its own words."""
    yield from label_pairs(one, other)
    yield from catalogue_pairs(one, other)
    yield from page_pairs(one, other)


def page_pairs(one: str, other: str) -> Iterator[Pair]:
    """What is published in both languages, the newest first. Drafts teach nothing, for what they say is not public."""
    pages = SearchDocument.objects.filter(language__in=(one, other)).order_by("-pk")
    versions: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for pk, kind, key, language in pages.values_list("pk", "kind", "object_key", "language"):
        versions[kind, key][language] = pk
    both = [found for found in versions.values() if len(found) == 2]
    for found in both[:MOST_PAGES]:
        rows = SearchDocument.objects.defer("terms").in_bulk(found.values())
        left, right = rows[found[one]], rows[found[other]]
        yield left.title, right.title
        yield left.summary, right.summary
        yield from aligned(left.text, right.text)


def label_pairs(one: str, other: str) -> Iterator[Pair]:
    """What topics are called, preferred label by preferred label."""
    labels: dict[int, dict[str, str]] = defaultdict(dict)
    rows = TopicLabel.objects.filter(kind=TopicLabel.Kind.PREFERRED).order_by("pk")
    for topic, language, label in rows.values_list("topic_id", "language", "label"):
        labels[topic][language] = label
    yield from ((found[one], found[other]) for found in labels.values() if one in found and other in found)


def catalogue_pairs(one: str, other: str) -> Iterator[Pair]:
    """What the portal says itself in both languages: labels, hints, mails."""
    left, right = _catalogue(one), _catalogue(other)
    yield from ((left[key], right[key]) for key in left if key in right)


def _catalogue(language: str) -> dict[tuple[str, str], str]:
    found = {}
    for folder in settings.LOCALE_PATHS:
        path = Path(folder) / language / "LC_MESSAGES" / "django.po"
        for entry in polib.pofile(str(path)) if path.exists() else ():
            if entry.translated() and not entry.msgid_plural:
                found[entry.msgctxt or "", entry.msgid] = entry.msgstr
    return found
