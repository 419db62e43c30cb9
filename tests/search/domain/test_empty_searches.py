"""What nobody found is counted without a trace of who asked."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.domain.empty_searches import LARGEST_FILE, collect, countable, forget, note
from search.models import EmptySearch, EmptySearchQuerySet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PORTAL_EMPTY_SEARCHES_FOLDER = tmp_path / "searches"
    return tmp_path / "searches"


def asked(*texts: str, at: str = "2026-11-23 10:00", language: str = "de", **facts: str) -> None:
    with time_machine.travel(at + "Z", tick=False):
        for text in texts:
            note(text, language, **facts)


def counted(at: str = "2026-11-23 10:05") -> list[tuple]:
    with time_machine.travel(at + "Z", tick=False):
        collect()
    return sorted(EmptySearch.objects.values_list("day", "language", "words", "topic", "region", "number"))


DAY = date(2026, 11, 23)


# what is kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Baggerverleih", "baggerverleih"),
        ("  BAGGER   Verleih ", "bagger verleih"),
        ("půjčovna bagrů", "pujcovna bagru"),
        ("Industrie 4.0", "industrie 4_0"),
        ("ISO 9001", "iso 9001"),
        ("Mentor:innen für Glas", "mentorinnen fur glas"),
    ],
)
def test_words_are_kept_folded(text, kept):
    assert countable(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🚜",
        "petra@example.org",
        "petra @ example",
        "03741 123456",
        "Petra Nováková 0371 5550123",
        "27110567",
        "IČO 27110567",
        "4711",
        "a b c d",
        "x",
        "eins zwei drei vier fünf sechs sieben",
        "w" * 31,
        "Wortwortwortwortwort " * 4,
        "<script>alert(1)</script> 1 2 3",
    ],
)
def test_what_may_be_personal_or_no_search_is_not(text, folder):
    note(text, "de")
    assert (countable(text), folder.exists()) == ("", False)


def test_a_note_holds_the_words_and_nothing_of_who_asked(folder):
    asked("Baggerverleih", topic="logistics", region="DED45")
    (file,) = folder.iterdir()
    assert (file.name, file.read_text()) == (
        "2026-11-23T10-00.jsonl",
        '["de", "baggerverleih", "logistics", "DED45"]\n',
    )
    columns = {field.name for field in EmptySearch._meta.get_fields()}
    assert columns == {"id", "day", "language", "words", "topic", "region", "number"}


def test_to_note_asks_nothing_of_the_database():
    with CaptureQueriesContext(connection) as queries:
        note("Baggerverleih", "de")
    assert len(queries) == 0


def test_a_disk_that_cannot_be_written_harms_no_search(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.PORTAL_EMPTY_SEARCHES_FOLDER = tmp_path / "file" / "below"
    note("Baggerverleih", "de")
    assert collect() == 0


def test_a_robot_fills_no_disk(folder):
    asked(*["Baggerverleih"] * 5_000)
    (file,) = folder.iterdir()
    assert file.stat().st_size <= LARGEST_FILE + 100


# counting


def test_the_same_words_of_a_day_are_one_row_for_each_language_topic_and_region(folder):
    asked("Bagger", "bagger", "BAGGER")
    asked("Bagger", language="cs")
    asked("Bagger", region="DED45", at="2026-11-23 10:01")
    assert counted() == [
        (DAY, "cs", "bagger", "", "", 1),
        (DAY, "de", "bagger", "", "", 3),
        (DAY, "de", "bagger", "", "DED45", 1),
    ]
    assert list(folder.iterdir()) == []
    asked("Bagger", at="2026-11-23 12:00")
    assert (DAY, "de", "bagger", "", "", 4) in counted("2026-11-23 12:05")


def test_a_day_ends_at_midnight_here_and_not_in_greenwich():
    asked("Bagger", at="2026-11-23 23:30")
    assert counted("2026-11-23 23:40")[0][0] == date(2026, 11, 24)


def test_a_minute_that_is_not_over_is_left_to_those_who_write(folder):
    asked("Bagger")
    assert counted("2026-11-23 10:01") == []
    assert len(list(folder.iterdir())) == 1
    assert len(counted("2026-11-23 10:02")) == 1


def test_a_worker_that_dies_while_it_counts_loses_nothing_and_counts_nothing_twice(folder, monkeypatch):
    asked("Bagger", "Kran")
    with monkeypatch.context() as broken:
        broken.setattr("pathlib.Path.unlink", lambda _self: (_ for _ in ()).throw(OSError("killed")))
        with pytest.raises(OSError, match="killed"):
            counted()
    assert (EmptySearch.objects.count(), len(list(folder.iterdir()))) == (0, 1)
    assert [(words, number) for _day, _language, words, *_, number in counted()] == [
        ("bagger", 1),
        ("kran", 1),
    ]


def test_a_line_that_was_cut_off_or_forged_harms_no_other(folder):
    asked("Bagger")
    (file,) = folder.iterdir()
    with file.open("a") as lines:
        lines.write(
            '["de", "petra@example.org", "", ""]\n["xx", "kran", "", ""]\n{"de": 1}\n[]\n\x00\n["de", "kra'
        )
    (folder / "other.txt").write_text("not ours")
    (folder / "x.jsonl").write_text("not ours either")
    assert [row[2] for row in counted()] == ["bagger"]


# what may be read, and for how long


def kept(words: str, *numbers: int) -> None:
    for days, number in enumerate(numbers):
        EmptySearch.objects.create(day=DAY - timedelta(days=days), language="de", words=words, number=number)


def test_only_what_was_asked_often_and_on_several_days_is_shown():
    kept("bagger", 2, 1)
    kept("kran", 50)
    kept("lader", 1, 1)
    kept("presse", 4, 4)
    assert [(row["words"], row["times"], row["days"]) for row in EmptySearch.objects.summed_up()] == [
        ("presse", 8, 2),
        ("bagger", 3, 2),
    ]


def test_without_the_limits_everything_would_show(monkeypatch):
    kept("kran", 1)
    monkeypatch.setattr(EmptySearchQuerySet, "LEAST_TIMES", 1)
    monkeypatch.setattr(EmptySearchQuerySet, "LEAST_DAYS", 1)
    assert [row["words"] for row in EmptySearch.objects.summed_up()] == ["kran"]


def test_counts_are_deleted_after_their_time(settings):
    settings.PORTAL_EMPTY_SEARCHES_DAYS = 1
    kept("bagger", 1, 1, 1)
    with time_machine.travel("2026-11-23 12:00Z", tick=False):
        assert forget() == 1
    assert {row.day for row in EmptySearch.objects.all()} == {DAY, DAY - timedelta(days=1)}
