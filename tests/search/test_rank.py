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


def test_a_lexicon_is_taught_without_the_pages_that_answer(tmp_path):
    """Of three pages in both languages that name the goat, the one that is asked for teaches nothing, and is found."""
    rows = [
        {"id": str(n), "title_de": f"Ziege {n}", "body_de": "", "title_cs": f"Koza {n}", "body_cs": ""}
        for n in range(3)
    ]
    queries = [{"qid": "1", "lang": "de", "query": "Ziege", "rel": {"0": 1}}]
    files = {}
    for name, found in (("rows", rows), ("asked", queries)):
        files[name] = tmp_path / f"{name}.jsonl"
        files[name].write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    docs = ["--docs", f"cs={files['rows']}", "--queries", str(files["asked"]), "--engine", connection.vendor]
    taught = [f"--translations={language}={files['rows']}" for language in ("de", "cs")]
    ranked = {}
    for name, options in (("alone", []), ("taught", [*taught, "--without-pairs"])):
        folder = tmp_path / name
        folder.mkdir()
        done = rank(folder, *docs, *options, "--out", str(folder / "run"))
        assert done.stderr == ""
        ranked[name] = json.loads((folder / "run").read_text())["ranked"]
    assert (ranked["alone"], "0" in ranked["taught"]) == ([], True)
