"""Ranks any collection as the portal would, in a scratch index that is removed at the end; `score.py` then scores the run.

    python -m tests.benchmarks.rank search --docs de=DOCS.jsonl --docs cs=DOCS.jsonl --queries QUERIES.jsonl --engine sqlite --out RUN.jsonl
    python -m tests.benchmarks.rank matching --experts EXPERTS.jsonl --needs NEEDS.jsonl --engine sqlite --out RUN.jsonl
    python -m tests.benchmarks.rank related --items ITEMS.jsonl --of RELATED.jsonl --lang cs --engine sqlite --out RUN.jsonl

DOCS rows: id, title, description, text (any but the id may lack), or title_de, body_de, title_cs, body_cs. A query is asked in
its `lang` over the documents of every --docs. The lexicon between the languages is learned from what the portal ships, and from
--translations, or else from the documents that are there in both languages. EXPERTS rows: expert, tags, and items (title_de,
text_de, ...) or items_en. NEEDS rows: need, tags, and title_de, text_de, ... or synopsis_en. ITEMS rows: id, tags, title_de,
text_de, ...; for the items that RELATED names by their id, the others are ranked as guides that are related to a guide. RUN rows: {"qid", "ranked"}.
"""

import argparse
import json
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.crowd import Someone, settle
from tests.benchmarks.lessons import Lessons, parts
from tests.benchmarks.scratch import index_all, scratch_index, scratch_portal, settled

#: How many ids of a ranking are written.
DEPTH = 100
#: Experts stand in both trees; what is written in English counts as German, for there is no tree of its own.
TREE = "de"
TREES = ("de", "cs")
#: What a page holds.
LONGEST_TITLE = 255


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    options.rank(options)


def rank_search(options: argparse.Namespace) -> None:
    keys = Keys()
    with scratch_index(options.engine):
        with settled():
            for language, path in options.docs:
                index_all(_documents(path, language, keys))
        lessons, queries = Lessons(options.translations), list(_rows(options.queries))
        with options.out.open("w", encoding="utf-8") as out:
            for part, without in parts(queries) if options.without_pairs else [(queries, frozenset())]:
                lessons.teach(without)
                for query in part:
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

    results = find(Query(text=text, language=language, size=DEPTH))
    if results.is_fallback:
        raise SystemExit("the engine does not answer; nothing may stand in for it here")
    return [keys.ids[int(hit.object_key)] for hit in results.hits]


def rank_matching(options: argparse.Namespace) -> None:
    with scratch_portal(options.engine):
        from matching.domain.people import who_can_help_with

        experts, needs = list(_rows(options.experts)), list(_rows(options.needs))
        topics = _topics({tag for row in (*experts, *needs) for tag in row["tags"]})
        keys = settle(_someone(row, topics) for row in experts)
        ids = dict(zip(keys, (row["expert"] for row in experts), strict=True))
        with options.out.open("w", encoding="utf-8") as out:
            for row in needs:
                need = _need(row, topics, options.only)
                helpers, _vocabulary = who_can_help_with(need, TREE, DEPTH)
                ranked = [ids[helper.profile.person.pk] for helper in helpers]
                out.write(json.dumps({"qid": row["need"], "ranked": ranked}) + "\n")


def rank_related(options: argparse.Namespace) -> None:
    """As guides that are related to a guide, in the tree of --lang; each item is one guide in both languages."""
    with scratch_portal(options.engine):
        from search.domain.similarity import objects_like
        from tests.benchmarks.library import Article, shelve

        items = {row["id"]: row for row in _rows(options.items)}
        topics = _topics({tag for row in items.values() for tag in row["tags"]})
        keys = {row_id: uuid.uuid4() for row_id in items}
        for language in TREES:
            shelve(
                (
                    Article(
                        title=row.get(f"title_{language}") or row_id,
                        text=row.get(f"text_{language}") or "",
                        topics=sorted(topics[tag] for tag in row["tags"]),
                        key=keys[row_id],
                    )
                    for row_id, row in items.items()
                ),
                language,
            )
        ids = {str(key): row_id for row_id, key in keys.items()}
        with options.out.open("w", encoding="utf-8") as out:
            for row in _rows(options.of):
                like = objects_like("guide", str(keys[row["id"]]), ["guide"], options.lang, DEPTH)
                out.write(json.dumps({"qid": row["id"], "ranked": [ids[key] for key in like]}) + "\n")


def _topics(tags: set[str]) -> dict[str, int]:
    """The topics that tags stand for; a tag that is not in the vocabulary becomes one."""
    from portal.topics.models import Topic

    known = dict(Topic.objects.values_list("slug", "pk"))
    new = Topic.objects.bulk_create(
        Topic(slug=f"scratch-{number}", name=tag) for number, tag in enumerate(sorted(tags - known.keys()))
    )
    return {tag: known[tag] for tag in tags & known.keys()} | {topic.name: topic.pk for topic in new}


def _someone(row: dict[str, Any], topics: dict[str, int]) -> Someone:
    items = row.get("items") or [{"title_de": text} for text in row["items_en"]]
    words = {
        language: "\n\n".join(filter(None, (_words(item, language) for item in items))) for language in TREES
    }
    return Someone(name=row["expert"], words=words, topics=sorted(topics[tag] for tag in row["tags"]))


def _need(row: dict[str, Any], topics: dict[str, int], only: str | None) -> Any:
    from matching.domain.needs import NeedFacts

    words = {language: _words(row, language) for language in TREES}
    language = next((language for language, text in words.items() if text), TREE)
    return NeedFacts(
        topics=[topics[tag] for tag in row["tags"]] if only != "text" else [],
        text=(words[language] or row.get("synopsis_en") or "") if only != "topics" else "",
        language=language,
        seed=row["need"],
    )


def _words(row: dict[str, Any], language: str) -> str:
    return "\n".join(filter(None, (row.get(f"title_{language}"), row.get(f"text_{language}"))))


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
    search.add_argument(
        "--translations",
        type=_docs,
        action="append",
        default=[],
        metavar="LANGUAGE=FILE",
        help="rows with the same ids that teach the lexicon, whether they are searched or not",
    )
    search.add_argument(
        "--without-pairs",
        action="store_true",
        help="teach it for each query without the rows that answer it (its `rel`)",
    )
    search.set_defaults(rank=rank_search)
    matching = kinds.add_parser("matching", help="rank experts for needs")
    matching.add_argument("--experts", type=Path, required=True)
    matching.add_argument("--needs", type=Path, required=True)
    matching.add_argument(
        "--only", choices=["topics", "text"], help="leave the other out, to see what each adds"
    )
    matching.set_defaults(rank=rank_matching)
    related = kinds.add_parser("related", help="rank items that belong to an item")
    related.add_argument("--items", type=Path, required=True)
    related.add_argument("--of", type=Path, required=True)
    related.add_argument("--lang", choices=TREES, default=TREE)
    related.set_defaults(rank=rank_related)
    for kind in (search, matching, related):
        kind.add_argument("--engine", choices=["sqlite", "postgresql", "elasticsearch"], default="sqlite")
        kind.add_argument("--out", type=Path, required=True)
    return parser


if __name__ == "__main__":
    sys.exit(main())
