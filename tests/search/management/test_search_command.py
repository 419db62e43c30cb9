"""`manage.py search`: what an administrator sees."""

import re

import pytest
from django.core.management import CommandError, call_command

from search.domain.indexing import enqueue, source_of
from search.engines import engine
from search.models import IndexJob, KnownWord
from tests.factories.pages import GuidePageFactory
from tests.search.library import titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def guide():
    IndexJob.objects.all().delete()
    engine().clear()
    return GuidePageFactory(title="Fräsen lernen")


def test_rebuild_says_how_much_was_indexed(capsys):
    call_command("search", "rebuild")
    out = capsys.readouterr().out
    assert (out, titles("Fräsen")) == (f"{engine().count()} documents are indexed.\n", ["Fräsen lernen"])


def test_rebuild_can_be_silent(capsys):
    call_command("search", "rebuild", verbosity=0)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_status_names_kinds_waiting_jobs_and_errors(capsys):
    call_command("search", "rebuild", verbosity=0)
    enqueue(["knowledge.guidepage:1"])
    IndexJob.objects.update(attempts=3, error="ValueError: no")
    call_command("search", "status")
    out = capsys.readouterr().out
    assert f"{engine().count()} documents\n" in out
    assert "  guide de: 1\n" in out
    assert "Jobs that wait: 1\n  knowledge.guidepage:1, failed 3 times: ValueError: no\n" in out


def test_verify_is_content_with_a_fresh_index(capsys):
    call_command("search", "rebuild", verbosity=0)
    call_command("search", "verify")
    assert capsys.readouterr().out == "The index holds what the pages say.\n"


def test_verify_fails_and_names_what_is_wrong(capsys, guide):
    call_command("search", "rebuild", verbosity=0)
    engine().delete([source_of(guide)])
    with pytest.raises(CommandError, match="1 differences"):
        call_command("search", "verify", verbosity=0)
    assert capsys.readouterr().out == f"{source_of(guide)} is not in the index\n"


def test_lexicon_learns_at_once_and_says_how_much(capsys, settings):
    settings.LOCALE_PATHS = []
    call_command("search", "rebuild", verbosity=0)
    call_command("search", "lexicon")
    assert re.search(r"[1-9]\d* words and [1-9]\d* translations are known\.", capsys.readouterr().out)
    assert KnownWord.objects.filter(written="Fräsen").exists()
