"""What a scratch index learns its lexicon from: what the portal ships, and the translations that a collection brings."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("de", "cs")
#: In so many parts of the queries, each is asked of a lexicon that never saw the pages that answer it.
PARTS = 5

Pair = tuple[str, str]


class Lessons:
    """Sentences in both languages; those of a collection by the id of their page, so that pages can be left out."""

    def __init__(self, files: list[tuple[str, Path]]) -> None:
        """`files`: pages in both languages, as LANGUAGE, FILE; without any, what the scratch index holds in both."""
        from search.domain.lexicon import catalogue_pairs, label_pairs, page_pairs

        self.shipped = [*label_pairs(*LANGUAGES), *catalogue_pairs(*LANGUAGES), *_demo_pairs()]
        self.pages = _pages(files) if files else {"": list(page_pairs(*LANGUAGES))}

    def teach(self, without: frozenset[str] = frozenset()) -> None:
        """Replaces what the scratch index knows; the pages `without` teach nothing."""
        from search.domain.lexicon import learned
        from search.models import WordTranslation

        pages = [pair for key, pairs in self.pages.items() if key not in without for pair in pairs]
        WordTranslation.objects.all().delete()
        rows = learned(*LANGUAGES, [*self.shipped, *pages])
        WordTranslation.objects.bulk_create(rows, batch_size=1_000)


def parts(queries: list[dict[str, Any]]) -> Iterator[tuple[list[dict[str, Any]], frozenset[str]]]:
    """The queries in PARTS, each with all the pages that answer one of them; the same ones each time."""
    shuffled = random.Random(1).sample(queries, len(queries))
    for number in range(PARTS):
        asked = shuffled[number::PARTS]
        yield asked, frozenset(key for query in asked for key in _answers(query["rel"]))


def _answers(rel: Any) -> list[str]:
    return [rel] if isinstance(rel, str) else list(rel)


def _pages(files: list[tuple[str, Path]]) -> dict[str, list[Pair]]:
    from search.domain.alignment import aligned

    found: dict[str, dict[str, tuple[str, str, str]]] = defaultdict(dict)
    for language, path in files:
        for row in map(json.loads, path.open(encoding="utf-8")):
            title = row.get(f"title_{language}") or row.get("title") or ""
            text = row.get(f"body_{language}") or row.get("text") or ""
            found[str(row["id"])][language] = (title, row.get("description") or "", text)
    both = {
        key: [versions[code] for code in LANGUAGES] for key, versions in found.items() if len(versions) == 2
    }
    return {
        key: [*zip(one[:2], other[:2], strict=True), *aligned(one[2], other[2])]
        for key, (one, other) in both.items()
    }


def _demo_pairs() -> Iterator[Pair]:
    from search.domain.alignment import aligned

    for path in sorted(ROOT.glob("home/demo/*/*/de.md")):
        yield from aligned(*(path.with_name(f"{code}.md").read_text(encoding="utf-8") for code in LANGUAGES))
