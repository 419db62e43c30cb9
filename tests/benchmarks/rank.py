"""Ranks any collection as the portal would, in a scratch index that is removed at the end; `score.py` then scores the run.

    python -m tests.benchmarks.rank search --docs de=DOCS.jsonl --docs cs=DOCS.jsonl --queries QUERIES.jsonl --engine sqlite --out RUN.jsonl

DOCS rows: id, title, description, text (any but the id may lack), or title_de, body_de, title_cs, body_cs. A query is asked in
its `lang` over the documents of every --docs. RUN rows: {"qid", "ranked"}.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.scratch import index_all, scratch_index

#: How many ids of a ranking are written.
DEPTH = 100
#: What a page holds.
LONGEST_TITLE = 255


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    keys = Keys()
    with scratch_index(options.engine):
        for language, path in options.docs:
            index_all(_documents(path, language, keys))
        with options.out.open("w", encoding="utf-8") as out:
            for query in _rows(options.queries):
                row = {"qid": query["qid"], "ranked": ranked(query["query"], query["lang"], keys)}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


class Keys:
    """Short keys for the ids of a collection, which may be of any length; the same id in two languages is one object."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.keys: dict[str, str] = {}

    def key_of(self, row_id: str) -> str:
        if row_id not in self.keys:
            self.keys[row_id] = str(len(self.ids))
            self.ids.append(row_id)
        return self.keys[row_id]


def ranked(text: str, language: str, keys: Keys) -> list[str]:
    """The ids that the portal's search finds, best first."""
    from search.domain import find
    from search.engines.base import Query

    return [
        keys.ids[int(hit.object_key)] for hit in find(Query(text=text, language=language, size=DEPTH)).hits
    ]


def _documents(path: Path, language: str, keys: Keys) -> Iterator[tuple[str, Any]]:
    from search.registry import DocumentData

    for row in _rows(path):
        key = keys.key_of(str(row["id"]))
        title = row.get(f"title_{language}") or row.get("title") or ""
        yield (
            f"rank.{language}:{key}",
            DocumentData(
                kind="guide",
                object_key=key,
                locale=language,
                language=language,
                url=f"/{language}/{key}/",
                title=title[:LONGEST_TITLE],
                summary=row.get("description") or "",
                text=row.get(f"body_{language}") or row.get("text") or "",
            ),
        )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _docs(value: str) -> tuple[str, Path]:
    language, _, path = value.partition("=")
    if language not in ("de", "cs") or not path:
        raise argparse.ArgumentTypeError(f"“{value}” is not de=FILE or cs=FILE")
    return language, Path(path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.rank", description=__doc__.splitlines()[0]
    )
    kinds = parser.add_subparsers(required=True)
    search = kinds.add_parser("search", help="rank documents for queries")
    search.add_argument("--docs", type=_docs, action="append", required=True, metavar="LANGUAGE=FILE")
    search.add_argument("--queries", type=Path, required=True)
    search.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    search.add_argument("--out", type=Path, required=True)
    return parser


if __name__ == "__main__":
    sys.exit(main())
