"""`manage.py import_guides`: what it prints and how it ends."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.knowledge.domain.test_importing import LINE

pytestmark = pytest.mark.django_db


def test_a_whole_file_ends_well_and_says_what_it_did(tmp_path: Path) -> None:
    path, out = tmp_path / "guides.jsonl", io.StringIO()
    path.write_text(json.dumps(LINE) + "\n", encoding="utf-8")

    call_command("import_guides", path, stdout=out)
    call_command("import_guides", path, stdout=out)

    assert out.getvalue().splitlines() == [
        "guides: 1 created, 0 updated, 0 unchanged, 0 rejected",
        "guides: 0 created, 0 updated, 1 unchanged, 0 rejected",
    ]


def test_a_rejected_line_is_named_and_ends_the_command_with_1(tmp_path: Path) -> None:
    path, out, err = tmp_path / "guides.jsonl", io.StringIO(), io.StringIO()
    path.write_text(json.dumps(LINE) + '\n{"id": 1}\n', encoding="utf-8")

    with pytest.raises(SystemExit) as ending:
        call_command("import_guides", path, stdout=out, stderr=err)

    assert ending.value.code == 1
    assert "line 2: id is not a text but int" in err.getvalue()
    assert out.getvalue() == "guides: 1 created, 0 updated, 0 unchanged, 1 rejected\n"


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_guides", tmp_path / "nothing.jsonl")
