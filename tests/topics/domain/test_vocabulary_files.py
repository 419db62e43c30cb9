"""What a broken vocabulary file is told: file, line, column and what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from portal.topics.domain.vocabulary_files import BrokenVocabularyError, read_vocabulary

Edit = Callable[[str, str, str], Path]

ROBOTICS = "robotics,Robotics,production-and-logistics,Robotik,Robotika,"
SECTOR = "G,Handel und Kfz-Werkstätten,Obchod a opravy vozidel"
REGION = "DED21,DE,Dresden (Stadt),Drážďany (město),51.0697,13.7782,1"
PLACE = "Dresden,,Drážďany,,DE,DED21,51.05089,13.73832,564904"


def problems(files: dict[str, Path]) -> list[str]:
    with pytest.raises(BrokenVocabularyError) as refusal:
        read_vocabulary(files)
    return [str(problem) for problem in refusal.value.problems]


def line_of(path: Path, passage: str) -> int:
    text = path.read_text(encoding="utf-8")
    return text[: text.index(passage)].count("\n") + 1


def test_the_shipped_files_are_sound(files: dict[str, Path]) -> None:
    assert [row.code for row in read_vocabulary(files).sectors][:2] == ["A", "B"]


SLUG_FORM = "is not lower-case letters and digits, joined by single hyphens"
COMMA = "holds a comma, which separates topics in the picker"
QUOTE = "holds a double quote, which separates topics in the picker"
UNDER = "production-and-logistics"


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        (f"Robots!,Robotics,{UNDER},Robotik,Robotika,", "slug", f"“Robots!” {SLUG_FORM}"),
        (f",Robotics,{UNDER},Robotik,Robotika,", "slug", "is empty"),
        (f"robotics,,{UNDER},Robotik,Robotika,", "name_en", "is empty"),
        (f"robotics,Robotics,{UNDER},,Robotika,", "de", "is empty"),
        (f"robotics,Robotics,{UNDER},Robotik,,", "cs", "is empty"),
        ("robotics,Robotics,robots,Robotik,Robotika,", "broader", "there is no topic “robots”"),
        (
            "robotics,Robotics,robotics,Robotik,Robotika,",
            "broader",
            "goes round in a circle: robotics > robotics",
        ),
        (f'robotics,Robotics,{UNDER},"Robotik, neu",Robotika,', "de", f"“Robotik, neu” {COMMA}"),
        (f'robotics,Robotics,{UNDER},Robotik,"Robot""ika",', "cs", f'“Robot"ika” {QUOTE}'),
        (f"robotics,Robotics,{UNDER},Robotik,Senzorika,", "cs", "“Senzorika” belongs to “sensors” already"),
        (
            f"robotics,Sensors,{UNDER},Robotik,Robotika,",
            "name_en",
            "“Sensors” belongs to “sensors” already",
        ),
        (f"robotics,Robotics,{UNDER},Robotik,Robotika,Robotik|", "alt_de", "“Robotik” stands twice"),
        (f"robotics,Robotics,{UNDER},Robotik,Robotika,|", "alt_de", "an alternative is empty"),
        (
            f"robotics,Robotics,{UNDER},{'R' * 101},Robotika,",
            "de",
            f"“{'R' * 101}” is longer than 100 characters",
        ),
        (
            f"robotics,Robotics,{UNDER},Opc-ua,Robotika,",
            "de",
            "“Opc-ua” gives the same address as “opc-ua”: opc-ua",
        ),
    ],
)
def test_a_topic_that_breaks_a_rule_is_refused(
    files: dict[str, Path], edit: Edit, row: str, column: str, text: str
) -> None:
    line = line_of(files["topics"], ROBOTICS)
    edit("topics", ROBOTICS, row)
    assert f"topics.csv, line {line}, column {column}: {text}" in problems(files)


def test_labels_are_compared_folded_and_across_the_languages(files: dict[str, Path], edit: Edit) -> None:
    line = line_of(files["topics"], ROBOTICS)
    edit("topics", ROBOTICS, f"robotics,Robotics,{UNDER},UMELA INTELIGENCE,Robotika,")
    wanted = "“UMELA INTELIGENCE” belongs to “artificial-intelligence” already"
    assert problems(files) == [f"topics.csv, line {line}, column de: {wanted}"]


def test_a_circle_of_several_topics_is_found_at_each_of_them(files: dict[str, Path], edit: Edit) -> None:
    top = line_of(files["topics"], "production-and-logistics,Production and logistics,,")
    edit("topics", f"{UNDER},Production and logistics,,", f"{UNDER},Production and logistics,logistics,")
    below = line_of(files["topics"], "logistics,Logistics,production-and-logistics")
    assert problems(files) == [
        f"topics.csv, line {top}, column broader: goes round in a circle: {UNDER} > logistics > {UNDER}",
        f"topics.csv, line {below}, column broader: goes round in a circle: logistics > {UNDER} > logistics",
    ]


def test_a_slug_that_stands_twice_is_refused_where_it_comes_back(files: dict[str, Path], edit: Edit) -> None:
    first = line_of(files["topics"], ROBOTICS)
    edit("topics", ROBOTICS, f"opc-ua,Robots,{UNDER},Robotik,Robotika,")
    earlier = line_of(files["topics"], "opc-ua,OPC UA,")
    wanted = f"topics.csv, line {first}, column slug: “opc-ua” stands in line {earlier} already"
    assert wanted in problems(files)


@pytest.mark.parametrize(
    ("table", "old", "new", "column", "text"),
    [
        ("sectors", SECTOR, "g,Handel,Obchod", "code", "“g” is not a NACE section"),
        ("sectors", SECTOR, "A,Handel,Obchod", "code", "“A” stands in line 2 already"),
        ("sectors", SECTOR, "G,Handel,", "cs", "is empty"),
        ("regions", REGION, "D21,DE,A,B,51,13,1", "code", "“D21” is not a NUTS 3 code"),
        ("regions", REGION, "CZD21,DE,A,B,51,13,1", "code", "“CZD21” is not in DE"),
        ("regions", REGION, "DED21,PL,A,B,51,13,1", "country", "“PL” is none of DE, CZ"),
        ("regions", REGION, "DED21,DE,A,B,north,13,1", "lat", "“north” is not a number"),
        ("regions", REGION, "DED21,DE,A,B,nan,13,1", "lat", "nan is not between -90 and 90"),
        ("regions", REGION, "DED21,DE,A,B,51,213,1", "lon", "213 is not between -180 and 180"),
        ("regions", REGION, "DED21,DE,A,B,51,13,yes", "core", "“yes” is none of 0, 1"),
        ("places", PLACE, ",,Drážďany,,DE,DED21,51,13,5", "name", "is empty"),
        ("places", PLACE, "Dresden,,,,DE,DED99,51,13,5", "region", "there is no region “DED99”"),
        ("places", PLACE, "Dresden,,,,CZ,DED21,51,13,5", "country", "“DED21” is in DE"),
        ("places", PLACE, "Dresden,,,,DE,DED21,51,13,many", "population", "“many” is not a number"),
        ("places", PLACE, "Dresden,,,,DE,DED21,51,13,-1", "population", "-1 is not between 0 and 1e+08"),
        (
            "places",
            PLACE,
            f"Dresden,,{'D' * 99},,DE,DED21,51,13,1",
            "name",
            "the names together are longer than 100",
        ),
    ],
)
def test_a_sector_region_or_place_that_breaks_a_rule_is_refused(
    files: dict[str, Path], edit: Edit, table: str, old: str, new: str, column: str, text: str
) -> None:
    line = line_of(files[table], old)
    edit(table, old, new)
    assert any(
        problem.startswith(f"{table}.csv, line {line}, column {column}: {text}")
        for problem in problems(files)
    ), problems(files)


def test_two_places_of_one_name_in_one_region_are_refused(files: dict[str, Path], edit: Edit) -> None:
    edit("places", PLACE, f"{PLACE}\n{PLACE}")
    line = line_of(files["places"], PLACE)
    wanted = f"places.csv, line {line + 1}, column name: “Dresden” stands in line {line} already"
    assert problems(files) == [wanted]


@pytest.mark.parametrize(
    ("content", "where", "text"),
    [
        (b"code,de,cs\nA,Z\xfcge,Vlaky\n", "line 2, column 4", "not UTF-8"),
        (b"", "line 1, column 1", "the header must be code,de,cs"),
        (b"code,cs,de\n", "line 1, column 2", "the header must be code,de,cs"),
        (b"code,de,cs,en\n", "line 1, column 4", "the header must be code,de,cs"),
        (b"code,de,cs\n", "line 1, column 1", "holds no rows"),
        (b"code,de,cs\nA,Land\n", "line 2, column cs", "2 cells instead of 3"),
        (b"code,de,cs\nA,Land,Pole,more\n", "line 2, column 4", "4 cells instead of 3"),
        (b'code,de,cs\nA,"Land,Pole\n', "line 2, column 1", "cannot be taken apart (unexpected end of data)"),
        (b"code,de,cs\nA,Land\x00,Pole\n", "line 2, column 7", "a NUL character"),
    ],
)
def test_a_file_that_cannot_be_taken_apart_is_refused_where_it_breaks(
    files: dict[str, Path], content: bytes, where: str, text: str
) -> None:
    files["sectors"].write_bytes(content)
    assert problems(files) == [f"sectors.csv, {where}: {text}"]


def test_a_file_that_is_not_there_is_refused(files: dict[str, Path]) -> None:
    files["sectors"].unlink()
    refusal = "sectors.csv, line 1, column 1: the file cannot be read (No such file or directory)"
    assert problems(files) == [refusal]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(files: dict[str, Path]) -> None:
    data = files["sectors"].read_bytes()
    files["sectors"].write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert read_vocabulary(files).sectors == read_vocabulary().sectors


def test_every_problem_of_every_file_is_told_at_once(files: dict[str, Path], edit: Edit) -> None:
    edit("topics", ROBOTICS, "robotics,Robotics,robots,,Robotika,")
    edit("sectors", SECTOR, "G,,Obchod")
    assert [problem.split(": ", 1)[1] for problem in problems(files)] == [
        "is empty",
        "there is no topic “robots”",
        "is empty",
    ]
