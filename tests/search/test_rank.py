"""The ranking command scores any collection, and leaves nothing behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.search import cluster

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db

GERMAN = [
    {"id": "weld " * 30, "title": "Schweißen", "description": "Nähte prüfen", "text": "Wie man schweißt."},
    {"id": "paint", "title": "Lackieren"},
]
BOTH = [
    {
        "id": "paint",
        "title_de": "Lackieren",
        "body_de": "Farbe",
        "title_cs": "Lakování",
        "body_cs": "Barva na kov.",
    }
]
QUERIES = [
    {"qid": "1", "lang": "de", "query": "schweissen"},
    {"qid": "2", "lang": "cs", "query": "lakovani kovu"},
    {"qid": "3", "lang": "de", "query": "Bergsteigen"},
]


def rank(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    for name, rows in (("german", GERMAN), ("both", BOTH), ("queries", QUERIES)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "tests.benchmarks.rank", "search", *arguments]
    environment = {**os.environ, "TMPDIR": str(folder / "tmp")}
    (folder / "tmp").mkdir()
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_every_query_gets_a_ranking_over_the_documents_of_all_languages(tmp_path, every_engine):
    docs = ["--docs", f"de={tmp_path / 'german.jsonl'}", "--docs", f"cs={tmp_path / 'both.jsonl'}"]
    options = [
        "--queries",
        str(tmp_path / "queries.jsonl"),
        "--engine",
        connection.vendor if every_engine == "database" else every_engine,
        "--out",
        str(tmp_path / "run.jsonl"),
    ]
    done = rank(tmp_path, *docs, *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line) for line in (tmp_path / "run.jsonl").read_text().splitlines()] == [
        {"qid": "1", "ranked": ["weld " * 30]},
        {"qid": "2", "ranked": ["paint"]},
        {"qid": "3", "ranked": []},
    ]
    assert list((tmp_path / "tmp").iterdir()) == []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'portal\\_rank\\_%%'")
            assert cursor.fetchone() == (0,)
    if every_engine == "elasticsearch":
        assert cluster.forgotten() == []


def test_a_wrong_argument_is_refused_with_a_sentence(tmp_path):
    done = rank(tmp_path, "--docs", "en=x.jsonl", "--queries", "q", "--out", "o")
    assert (done.returncode, "“en=x.jsonl” is not de=FILE or cs=FILE" in done.stderr) == (2, True)
