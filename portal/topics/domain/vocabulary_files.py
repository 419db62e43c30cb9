"""The CSV files of the vocabulary: what they must hold, and what is wrong with one, by line and column.

Nothing here touches the database, so a broken file is refused before anything is written.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from portal.core.enums import Country
from portal.topics.models import TopicLabel, address_of, fold

FOLDER = Path(__file__).resolve().parents[1] / "data"
LANGUAGES = [code for code, _ in settings.LANGUAGES]
HEADERS = {
    "topics": ["slug", "name_en", "broader", *LANGUAGES, *(f"alt_{code}" for code in LANGUAGES), "source"],
    "sectors": ["code", *LANGUAGES],
    "regions": ["code", "country", *LANGUAGES, "lat", "lon", "core"],
    "places": ["name", *LANGUAGES, "also", "country", "region", "lat", "lon", "population"],
}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NUTS3 = re.compile(r"[A-Z]{2}[A-Z0-9]{3}")
#: what the columns hold: a label or an English name; all names of a place together, as `folded` keeps them
LONGEST_LABEL = 100
LONGEST_PLACE_NAMES = 100
SECTION = re.compile(r"[A-U]")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; `column` is a name of the header, or a position where the line cannot be taken apart."""

    file: str
    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, column {self.column}: {self.text}"


class BrokenVocabularyError(Exception):
    """The files cannot be loaded; `problems` says why, one line each."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class TopicRow:
    slug: str
    name: str
    broader: str
    preferred: dict[str, str]
    alternatives: dict[str, list[str]]

    def labels(self) -> Iterator[tuple[str, str, str]]:
        """(language, kind, label), the preferred ones first."""
        for language, label in self.preferred.items():
            yield language, TopicLabel.Kind.PREFERRED, label
        for language, labels in self.alternatives.items():
            for label in labels:
                yield language, TopicLabel.Kind.ALTERNATIVE, label


@dataclass(frozen=True)
class SectorRow:
    code: str
    names: dict[str, str]


@dataclass(frozen=True)
class RegionRow:
    code: str
    country: str
    names: dict[str, str]
    latitude: float
    longitude: float
    is_core: bool


@dataclass(frozen=True)
class PlaceRow:
    name: str
    names: dict[str, str]
    other_names: list[str]
    country: str
    region: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True)
class Vocabulary:
    topics: list[TopicRow]
    sectors: list[SectorRow]
    regions: list[RegionRow]
    places: list[PlaceRow]


class Row:
    """One line of a file: its cells by column, and where to write down what is wrong with them."""

    def __init__(self, file: str, line: int, cells: dict[str, str], problems: list[Problem]) -> None:
        self.file, self.line, self.cells, self.problems = file, line, cells, problems

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, column: str, text: str) -> None:
        self.problems.append(Problem(self.file, self.line, column, text))

    def required(self, column: str) -> str:
        if not self[column]:
            self.refuse(column, "is empty")
        return self[column]

    def matching(self, column: str, pattern: re.Pattern[str], wanted: str) -> str:
        value = self.required(column)
        if value and not pattern.fullmatch(value):
            self.refuse(column, f"“{value}” is not {wanted}")
        return value

    def one_of(self, column: str, values: list[str]) -> str:
        value = self.required(column)
        if value and value not in values:
            self.refuse(column, f"“{value}” is none of {', '.join(values)}")
        return value

    def number(self, column: str, low: float, high: float, cast: Callable[[str], float] = float) -> float:
        value = self.required(column)
        try:
            number = cast(value)
        except ValueError:
            if value:
                self.refuse(column, f"“{value}” is not a number")
            return 0
        if not low <= number <= high:
            self.refuse(column, f"{value} is not between {low:g} and {high:g}")
        return number

    def names(self) -> dict[str, str]:
        return {language: self.required(language) for language in LANGUAGES}


def read_vocabulary(paths: dict[str, Path] | None = None) -> Vocabulary:
    """Reads and checks the four files; `paths` (by table) stand in for the shipped ones.

    Raises BrokenVocabularyError with every problem that was found, in the order of the files.
    """
    problems: list[Problem] = []
    rows = {
        table: _rows(table, (paths or {}).get(table) or FOLDER / f"{table}.csv", problems)
        for table in HEADERS
    }
    vocabulary = Vocabulary(
        topics=_topics(rows["topics"]),
        sectors=[_sector(row) for row in rows["sectors"]],
        regions=[_region(row) for row in rows["regions"]],
        places=[_place(row, rows["regions"]) for row in rows["places"]],
    )
    _once(rows["sectors"], lambda row: row["code"], "code")
    _once(rows["regions"], lambda row: row["code"], "code")
    _once(rows["places"], lambda row: (row["name"], row["region"]), "name")
    if problems:
        order = list(dict.fromkeys(problem.file for problem in problems))
        raise BrokenVocabularyError(
            sorted(problems, key=lambda problem: (order.index(problem.file), problem.line))
        )
    return vocabulary


def _text(path: Path, problems: list[Problem]) -> str | None:
    """What a file says, or None and the reason why it cannot be read."""

    def refuse(line: int, position: int, reason: str) -> str | None:
        problems.append(Problem(path.name, line, str(position), reason))
        return None

    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        return refuse(1, 1, f"the file cannot be read ({error.strerror})")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        return refuse(before.count(b"\n") + 1, error.start - before.rfind(b"\n"), "not UTF-8")
    if "\x00" in text:
        before_it = text[: text.index("\x00")]
        position = len(before_it) - before_it.rfind("\n")
        return refuse(before_it.count("\n") + 1, position, "a NUL character")
    return text


def _rows(table: str, path: Path, problems: list[Problem]) -> list[Row]:
    """The lines of a file that can be taken apart; what stands in the way becomes a problem."""
    file, header = path.name, HEADERS[table]

    def refuse(line: int, column: str | int, text: str) -> None:
        problems.append(Problem(file, line, str(column), text))

    text = _text(path, problems)
    if text is None:
        return []
    found: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        names = next(reader, [])
        if names != header:
            wrong = next((i for i, name in enumerate(header) if names[i : i + 1] != [name]), len(header))
            refuse(1, wrong + 1, f"the header must be {','.join(header)}")
            return []
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) > len(header):
                refuse(line, len(header) + 1, f"{len(cells)} cells instead of {len(header)}")
            elif cells and len(cells) < len(header):
                refuse(line, header[len(cells)], f"{len(cells)} cells instead of {len(header)}")
            elif cells:
                values = dict(zip(header, (cell.strip() for cell in cells), strict=True))
                found.append(Row(file, line, values, problems))
            line = reader.line_num + 1
    except csv.Error as error:
        refuse(line, 1, f"cannot be taken apart ({error})")
    if not found and not problems:
        refuse(1, 1, "holds no rows")
    return found


def _once(rows: list[Row], key: Callable[[Row], object], column: str) -> None:
    first: dict[object, int] = {}
    for row in rows:
        line = first.setdefault(key(row), row.line)
        if line != row.line:
            row.refuse(column, f"“{row[column]}” stands in line {line} already")


def _topics(rows: list[Row]) -> list[TopicRow]:
    _once(rows, lambda row: row["slug"], "slug")
    broader = {row["slug"]: row["broader"] for row in rows}
    owners: dict[str, str] = {}
    addresses: dict[tuple[str, str], str] = {}
    topics = []
    for row in rows:
        topic = _topic(row)
        _check_broader(row, broader)
        _check_labels(row, topic, owners, addresses)
        topics.append(topic)
    return topics


def _topic(row: Row) -> TopicRow:
    row.required("source")
    alternatives = {code: [part.strip() for part in row[f"alt_{code}"].split("|")] for code in LANGUAGES}
    return TopicRow(
        slug=row.matching("slug", SLUG, "lower-case letters and digits, joined by single hyphens"),
        name=row.required("name_en"),
        broader=row["broader"],
        preferred=row.names(),
        alternatives={code: [] if parts == [""] else parts for code, parts in alternatives.items()},
    )


def _check_broader(row: Row, broader: dict[str, str]) -> None:
    if row["broader"] and row["broader"] not in broader:
        row.refuse("broader", f"there is no topic “{row['broader']}”")
    way = [row["slug"]]
    while parent := broader.get(way[-1]):
        if parent == row["slug"]:
            row.refuse("broader", f"goes round in a circle: {' > '.join([*way, parent])}")
        if parent in way:
            return
        way.append(parent)


def _check_labels(
    row: Row, topic: TopicRow, owners: dict[str, str], addresses: dict[tuple[str, str], str]
) -> None:
    """Labels a person can type and the picker can tell apart: one topic each, whatever the language."""
    seen: set[tuple[str, str]] = set()
    columns = [("name_en", "en", topic.name)]
    columns += [
        (language if kind == TopicLabel.Kind.PREFERRED else f"alt_{language}", language, label)
        for language, kind, label in topic.labels()
    ]
    for column, language, label in columns:
        folded = fold(label)
        if not label:
            if column.startswith("alt_"):
                row.refuse(column, "an alternative is empty")
            continue
        _check_form(row, column, label)
        owner = owners.setdefault(folded, topic.slug)
        if owner != topic.slug:
            row.refuse(column, f"“{label}” belongs to “{owner}” already")
        elif (language, folded) in seen:
            row.refuse(column, f"“{label}” stands twice")
        seen.add((language, folded))
    for language, label in topic.preferred.items():
        address = (language, address_of(label, language))
        owner = addresses.setdefault(address, topic.slug)
        if label and owner != topic.slug:
            row.refuse(language, f"“{label}” gives the same address as “{owner}”: {address[1]}")


def _check_form(row: Row, column: str, label: str) -> None:
    for sign, name in ((",", "a comma"), ('"', "a double quote")):
        if sign in label:
            row.refuse(column, f"“{label}” holds {name}, which separates topics in the picker")
    if len(label) > LONGEST_LABEL:
        row.refuse(column, f"“{label}” is longer than {LONGEST_LABEL} characters")


def _sector(row: Row) -> SectorRow:
    return SectorRow(code=row.matching("code", SECTION, "a NACE section"), names=row.names())


def _region(row: Row) -> RegionRow:
    country = row.one_of("country", Country.values)
    code = row.matching("code", NUTS3, "a NUTS 3 code")
    if code and country and not code.startswith(country):
        row.refuse("code", f"“{code}” is not in {country}")
    return RegionRow(
        code=code,
        country=country,
        names=row.names(),
        latitude=row.number("lat", -90, 90),
        longitude=row.number("lon", -180, 180),
        is_core=row.one_of("core", ["0", "1"]) == "1",
    )


def _place(row: Row, regions: list[Row]) -> PlaceRow:
    name = row.required("name")
    names = {language: row[language] or name for language in LANGUAGES}
    other_names = [other for other in row["also"].split("|") if other]
    if len(" ".join({name, *names.values(), *other_names})) > LONGEST_PLACE_NAMES:
        row.refuse("name", f"the names together are longer than {LONGEST_PLACE_NAMES} characters")
    country = row.one_of("country", Country.values)
    region = row.required("region")
    countries = {known["code"]: known["country"] for known in regions}
    if region and region not in countries:
        row.refuse("region", f"there is no region “{region}”")
    elif region and country and countries[region] != country:
        row.refuse("country", f"“{region}” is in {countries[region]}")
    return PlaceRow(
        name=name,
        names=names,
        other_names=other_names,
        country=country,
        region=region,
        latitude=row.number("lat", -90, 90),
        longitude=row.number("lon", -180, 180),
        population=int(row.number("population", 0, 100_000_000, int)),
    )
