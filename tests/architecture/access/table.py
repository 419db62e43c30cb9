"""The access table as the tests read it: `table/*.yaml`, one row per address, method and thing.

    - address: person:edit       # a name of `reverse`, or a route that begins with /; several by commas
      of: Petra                  # what it is about, see things.py; `lists: Petra` for a list in which it may stand
      GET:                       # or POST, or both
        sees: coordinator, administrator
        "404": other coordinator
        turned away: editor, translator
      POST: ...
      form: true                 # a POST sends what the form there shows,
      sends: {employer: Neu}     # with these changes
      changes: [Person]          # where it takes effect, these tables change

Everybody of roles.ROLES stands behind exactly one word: those behind `always` of the section unless the row says otherwise;
"others" are those who stand behind none. `make test` visits as everybody who is named, alone or among "others"; of a whole
group, one of each kind goes, another one at another address. `make stress` visits as everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import yaml

from tests.architecture.access.roles import ALIKE, GROUPS, KINDS, ROLES

METHODS = ("GET", "POST", "PUT")
FOLDER = Path(__file__).parent / "table"
#: what can come of a visit; "to NAME" leads elsewhere and changes nothing
OUTCOMES = {
    "sees": "reads what is there; of a thing, its words",
    "sees without it": "reads the page, on which the thing does not stand",
    "does": "what was sent takes effect",
    "shown again": "what was sent changes nothing; the page or form comes back",
    "told why not": "409 with a sentence on the page, and nothing has changed",
    "sign-in": "is led to the sign-in page, and from there back here",
    "404": "there is nothing here, whether or not there is something",
    "refused": "403 with a sentence that says why, and nothing has changed",
    "403": "refused without a sentence, for a script asks",
    "turned away": "back to the start of the administration with a message, and nothing has changed",
    "not this way": "405, and nothing has changed",
}


@dataclass(frozen=True)
class Row:
    """One line of the table: what everybody meets at one address, with one method, about one thing."""

    section: str
    address: str
    method: str
    expected: dict[str, str]
    of: str = ""
    lists: str = ""
    #: the page is about the thing and does not name it
    unnamed: bool = False
    sends: dict[str, Any] = field(default_factory=dict)
    form: bool = False
    changes: frozenset[str] = frozenset()
    #: whether search engines are asked not to list the pages
    noindex: bool = False
    #: whether no cache on the way may keep the pages, although they need no sign-in
    private: bool = False
    #: those of whom the table speaks as of a group
    alike: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return " ".join(
            filter(None, [self.method, self.address, (name := self.of or self.lists) and f"of {name}"])
        )

    @property
    def visitors(self) -> list[str]:
        """Who goes to the address in `make test`."""
        turn = crc32(str(self).encode())
        found = [role for role in self.expected if role not in self.alike]
        for kind in KINDS:
            alike = [role for role in GROUPS[kind] if role in self.alike]
            for outcome in sorted({self.expected[role] for role in alike}):
                queue = [role for role in alike if self.expected[role] == outcome]
                found.append(queue[turn % len(queue)])
        return found

    @property
    def is_private(self) -> bool:
        """Whether what stands here is not for everybody, so that no cache on the way may keep it."""
        return self.method == "GET" and (self.private or not self.expected["anonymous"].startswith("sees"))

    @property
    def doers(self) -> list[str]:
        return [role for role, outcome in self.expected.items() if outcome == "does"]


@dataclass(frozen=True)
class Prefix:
    """Addresses of an app that is not ours, by the beginning of their names: each of them, unless it has rows of its own,
    meets the signed out and the members as `expected` says. What the others meet is told of its `door`."""

    start: str
    door: str
    why: str
    expected: dict[str, str]


def sections() -> list[dict[str, Any]]:
    """The files of the table, in the order of their names."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]


def rows() -> list[Row]:
    """Every row."""
    return [
        row for section in sections() for entry in section.get("rows", []) for row in _rows(section, entry)
    ]


def prefixes() -> list[Prefix]:
    """Every prefix."""
    return [
        Prefix(**entry, expected=by_role(section.get("always", {}))[0])
        for section in sections()
        for entry in section.get("prefixes", [])
    ]


def _rows(section: dict[str, Any], entry: dict[str, Any]) -> Iterator[Row]:
    more = {key: value for key, value in entry.items() if key not in (*METHODS, "address", "both", "changes")}
    for address in entry["address"].split(", "):
        for method in METHODS:
            cells = entry.get(method, entry.get("both") if method != "PUT" else None)
            if cells is None:
                continue
            expected, alike = everybody(cells, section.get("always", {}))
            yield Row(
                section["title"],
                address,
                method,
                expected,
                changes=frozenset(entry.get("changes", ())),
                noindex=section.get("noindex", False),
                private=section.get("private", False),
                alike=frozenset(alike),
                **more,
            )


def everybody(cells: Any, always: dict[Any, str]) -> tuple[dict[str, str], set[str]]:
    """Who meets what, from {outcome: "role, group, ..."}, and of whom that is said as of a group; one word alone stands
    for everybody.

    Raises ValueError for a role that stands twice or nowhere.
    """
    if not isinstance(cells, dict):
        cells = {cells: "everybody"}
    said, alike = by_role(cells)
    usual, _all = by_role(always)
    others = next((str(outcome) for outcome, names in cells.items() if names == "others"), None)
    found = {role: said.get(role) or usual.get(role) or others for role in ROLES}
    if nowhere := [role for role, outcome in found.items() if outcome is None]:
        raise ValueError(f"{', '.join(nowhere)}: nothing is said about them in {cells}")
    return {role: str(outcome) for role, outcome in found.items()}, alike | (set(usual) - set(said))


def by_role(cells: dict[Any, str]) -> tuple[dict[str, str], set[str]]:
    """{role: outcome} from {outcome: "role, group, ..."}, and the roles that only their group is named of."""
    found: dict[str, str] = {}
    alike = set()
    for outcome, names in cells.items():
        for name in names.split(", ") if names != "others" else ():
            if name not in ROLES and name not in GROUPS:
                raise ValueError(f"nobody is called “{name}”")
            for role in GROUPS.get(name, [name]):
                if role in found:
                    raise ValueError(f"{role} stands twice in {cells}")
                found[role] = str(outcome)
                if name in ALIKE:
                    alike.add(role)
    return found, alike
