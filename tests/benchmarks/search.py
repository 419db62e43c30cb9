"""`make bench search`: how well and how fast the portal finds, on every engine that is there.

Quality needs the judged collections beside the project (PORTAL_SHARED, ../shared by default); without them it is left out, and
speed is measured on the demo's own words. PostgreSQL is measured if DATABASE_URL names a server, Elasticsearch if
PORTAL_ELASTICSEARCH_URL does.
"""

import argparse
import importlib.util
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("PORTAL_SHARED", ROOT.parent / "shared"))
LANGUAGES = ("de", "cs")
SIZES = (2_000, 20_000)
WORDS_PER_DOCUMENT = 200
RESAMPLES = 2_000
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Collection:
    """A judged collection: its documents by language, and its queries."""

    name: str
    documents: dict[str, Path]
    queries: Path


def collections() -> list[Collection]:
    """Those of the folder beside the project; none if it is not there."""
    data = SHARED / "data"
    guides = data / "demo_guides" / "guides.jsonl"
    erp = data / "search_bc_erp"
    found = [
        Collection(
            "search_guides_hand",
            dict.fromkeys(LANGUAGES, guides),
            data / "search_guides_hand" / "queries.jsonl",
        ),
        Collection(
            "search_bc_erp", {code: erp / f"docs_{code}.jsonl" for code in LANGUAGES}, erp / "queries.jsonl"
        ),
    ]
    return [each for each in found if each.queries.exists()]


def engines() -> list[str]:
    """PostgreSQL and Elasticsearch only where a server is named."""
    named = {
        "sqlite": True,
        "postgresql": os.environ.get("DATABASE_URL", "").startswith("postgres"),
        "elasticsearch": bool(os.environ.get("PORTAL_ELASTICSEARCH_URL")),
    }
    return [name for name, is_named in named.items() if is_named]


def main() -> None:
    """Prints both tables and keeps nothing."""
    if collections():
        print(
            f"{'nDCG@10':<20}{'':>9}{'engine':>14}{'queries':>9}{'score':>8}   95 % interval (bootstrap over the queries)"
        )
        for engine in engines():
            for collection in collections():
                _print_quality(collection, engine)
        print(
            "across the languages: only the other language's documents, a lexicon without the pages that answer"
        )
        for engine in engines():
            for collection in collections():
                _print_across(collection, engine)
        print()
    print(
        f"{'speed':<12}{'documents':>10}{'index s':>9}{'rebuild s':>11}{'MB':>7}{'cluster':>9}{'queries':>9}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms':>8}{'RSS MB':>8}"
    )
    for engine in engines():
        for size in SIZES:
            command = [sys.executable, "-m", "tests.benchmarks.search", "--speed", engine, str(size)]
            run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
            row = json.loads(run.stdout)
            figures = (
                f"{row[key]:>{width}.{digits}f}"
                for key, width, digits in (
                    ("index", 9, 1),
                    ("rebuild", 11, 1),
                    ("size", 7, 0),
                    ("cluster", 9, 0),
                    ("queries", 9, 0),
                    ("p50", 8, 1),
                    ("p95", 8, 1),
                    ("cpu", 8, 1),
                    ("rss", 8, 0),
                )
            )
            print(f"{engine:<12}{size:>10}{''.join(figures)}")


def _print_quality(collection: Collection, engine: str) -> None:
    """Both languages together in the index, as in the portal; Czech once more as typed without diacritics."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        for name, language, queries in _query_sets(collection, Path(folder)):
            scores = _scored(queries, engine, _named("--docs", collection.documents))
            _print_scores(collection.name, language + name, engine, scores)


def _print_across(collection: Collection, engine: str) -> None:
    """Each language asks the documents of the other; the lexicon never saw the pages that answer."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        for name, language, queries in _query_sets(collection, Path(folder)):
            others = {code: path for code, path in collection.documents.items() if code != language}
            taught = [*_named("--translations", collection.documents), "--without-pairs"]
            if not name:
                scores = _scored(queries, engine, [*_named("--docs", others), *taught])
                _print_scores(collection.name, f"{language} → {next(iter(others))}", engine, scores)


def _named(option: str, files: dict[str, Path]) -> list[str]:
    return [part for code, path in files.items() for part in (option, f"{code}={path}")]


def _scored(queries: Path, engine: str, options: list[str]) -> list[float]:
    run = queries.with_suffix(".run")
    options = [*options, "--queries", str(queries), "--engine", engine, "--out", str(run)]
    subprocess.run([sys.executable, "-m", "tests.benchmarks.rank", "search", *options], cwd=ROOT, check=True)
    return scores_of(queries, run)


def _print_scores(name: str, asked: str, engine: str, scores: list[float]) -> None:
    low, high = interval(scores)
    mean = statistics.mean(scores)
    print(f"{name:<20}{asked:>9}{engine:>14}{len(scores):>9}{mean:>8.3f}   {low:.3f} – {high:.3f}")


def _query_sets(collection: Collection, folder: Path) -> Iterator[tuple[str, str, Path]]:
    rows = [json.loads(line) for line in collection.queries.read_text(encoding="utf-8").splitlines()]
    for language in LANGUAGES:
        own = [row for row in rows if row["lang"] == language]
        yield "", language, _written(folder / f"{language}.jsonl", own)
    plain = [{**row, "query": _plain(row["query"])} for row in own]
    yield " plain", "cs", _written(folder / "plain.jsonl", plain)


def _written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def scores_of(queries: Path, run: Path) -> list[float]:
    """nDCG@10 of each query or need, by the scorer that lies beside the collections."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "data" / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    ranked = {row["qid"]: row["ranked"] for row in map(json.loads, run.open(encoding="utf-8"))}
    rows = map(json.loads, queries.open(encoding="utf-8"))
    keyed = ((row.get("qid") or row.get("need") or row["id"], scorer.gold(row)) for row in rows)
    return [scorer.score(ranked.get(key, []), gold)[0] for key, gold in keyed]


def interval(scores: list[float]) -> tuple[float, float]:
    chance = random.Random(1)
    means = sorted(statistics.mean(chance.choices(scores, k=len(scores))) for _ in range(RESAMPLES))
    return means[int(RESAMPLES * 0.025)], means[int(RESAMPLES * 0.975)]


def measure_speed(engine: str, size: int) -> dict[str, float]:
    """Figures of one engine with `size` generated documents, half of them in each language.

    `index`: seconds to fill an empty index; `rebuild`: to write all of it again while it can be searched.
    """
    from tests.benchmarks.scratch import index_all, scratch_index, settled

    with scratch_index(engine):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from search.domain import find
        from search.engines import engine as portal_engine
        from search.engines.base import Query

        started = time.perf_counter()
        with settled():
            index_all(_generated(size))
        indexed = time.perf_counter() - started
        questions = _questions()
        # a process that has worked for a while: it knows the words of the documents, but nobody has asked these questions before
        warming, asked = questions[::2], questions[1::2]
        for text, language in warming:
            find(Query(text=text, language=language))
        with CaptureQueriesContext(connection) as queries:
            find(Query(text=asked[0][0], language=asked[0][1]))
        times, cpu = [], time.process_time()
        for text, language in asked:
            begun = time.perf_counter()
            is_fallback = find(Query(text=text, language=language)).is_fallback
            times.append((time.perf_counter() - begun) * 1000)
            if is_fallback:
                raise SystemExit("the engine does not answer; nothing may stand in for it here")
        spent = (time.process_time() - cpu) * 1000 / len(asked)
        times.sort()
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size_mb, cluster_mb = _stored() / 1e6, _stored_in_cluster(engine) / 1e6
        started = time.perf_counter()
        index_all(_generated(size), counting=True)
        portal_engine().settle()
        rebuilt = time.perf_counter() - started
        return {
            "index": indexed,
            "rebuild": rebuilt,
            "size": size_mb,
            "cluster": cluster_mb,
            "queries": len(queries),
            "p50": statistics.median(times),
            "p95": times[int(len(times) * 0.95)],
            "cpu": spent,
            "rss": rss,
        }


def _stored() -> int:
    """Bytes of the database: rows and the index beside them."""
    from django.db import connection

    sizes = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with connection.cursor() as cursor:
        cursor.execute(sizes[connection.vendor])
        return cursor.fetchone()[0]


def _stored_in_cluster(engine: str) -> int:
    """Bytes of the indices outside of the database."""
    if engine != "elasticsearch":
        return 0
    from search.engines import engine as portal_engine

    mirror = portal_engine().mirror
    found = mirror.server.client.indices.stats(index=list(mirror.aliases.values()), metric="store")
    return found["_all"]["primaries"]["store"]["size_in_bytes"]


def _generated(size: int) -> Iterator[tuple[str, Any]]:
    """Documents of real sentences with topics, regions and kinds by chance; the same ones each time."""
    from portal.topics.models import Topic
    from search.registry import DocumentData

    chance = random.Random(size)
    topics = list(Topic.objects.order_by("slug").values_list("slug", flat=True))
    sentences = {language: sentences_in(language) for language in LANGUAGES}
    for number in range(size):
        language = LANGUAGES[number % 2]
        text: list[str] = []
        while sum(sentence.count(" ") + 1 for sentence in text) < WORDS_PER_DOCUMENT:
            text.append(chance.choice(sentences[language]))
        yield (
            f"bench.document:{number}",
            DocumentData(
                kind=chance.choice(["guide", "case_study", "news", "event", "mentor", "company"]),
                object_key=str(number // 2),
                locale=language,
                language=language,
                url=f"/{language}/{number}/",
                title=" ".join(chance.choice(sentences[language]).split()[:8])[:255],
                summary=chance.choice(sentences[language])[:300],
                text=" ".join(text),
                topics=chance.sample(topics, 3),
                region=chance.choice(["DED21", "DED44", "CZ042", "CZ041", ""]),
                published_on=date(2026, 1, 1) + timedelta(days=chance.randrange(300)),
            ),
        )


def sentences_in(language: str) -> list[str]:
    texts: list[str] = []
    for collection in collections():
        rows = map(json.loads, collection.documents[language].open(encoding="utf-8"))
        texts += [row.get(f"body_{language}") or row.get("text") or "" for row in rows]
    if not texts:
        texts = [
            path.read_text(encoding="utf-8") for path in sorted(ROOT.glob(f"home/demo/*/*/{language}.md"))
        ]
    return [part for text in texts for part in SENTENCE.split(text) if part.count(" ") > 3]


def _questions() -> list[tuple[str, str]]:
    """What people ask: the queries of the collections, and the labels of the vocabulary."""
    from portal.topics.models import TopicLabel

    asked = [
        (row["query"], row["lang"])
        for collection in collections()
        for row in map(json.loads, collection.queries.open(encoding="utf-8"))
    ]
    labels = TopicLabel.objects.order_by("pk").values_list("label", "language")
    return [*asked, *labels[: 400 - min(len(asked), 300)]]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--speed", nargs=2, metavar=("ENGINE", "DOCUMENTS"))
    options = parser.parse_args()
    if options.speed:
        print(json.dumps(measure_speed(options.speed[0], int(options.speed[1]))))
    else:
        main()
