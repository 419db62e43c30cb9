"""The access table as a page to read: `python -m tests.architecture.access` writes docs/access.md."""

from collections.abc import Iterator
from itertools import groupby

from tests.architecture.access.roles import ROLES
from tests.architecture.access.table import OUTCOMES, Row, prefixes, rows
from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "access.md"
SIGNS = {
    "sees": "●",
    "sees without it": "○",
    "does": "✔",
    "shown again": "↻",
    "told why not": "!",
    "sign-in": "⚿",
    "404": "–",
    "refused": "✘",
    "403": "✘",
    "turned away": "↩",
    "not this way": "·",
}
ELSEWHERE = "→"
INTRODUCTION = """# Who may see and do what

Printed from tests/architecture/access/table by `python -m tests.architecture.access`; the tests beside it visit every address
below as everybody named here, and find every address that is not below. In each cell: what GET meets, then POST (then PUT).
"""


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([INTRODUCTION, *_people(), *_signs(), *_behind_prefixes(), *_sections()]) + "\n"


def _people() -> Iterator[str]:
    yield "| who | |\n|---|---|"
    yield from (f"| {role} | {relation} |" for role, relation in ROLES.items())


def _signs() -> Iterator[str]:
    yield "\n| sign | |\n|---|---|"
    yield from (f"| {SIGNS[outcome]} | {outcome}: {meaning} |" for outcome, meaning in OUTCOMES.items())
    yield f"| {ELSEWHERE} | is led elsewhere, and nothing has changed |"


def _behind_prefixes() -> Iterator[str]:
    yield "\n## Addresses of other apps\n"
    yield "Whatever begins so and is not named below is shut for those who have no business there, address by address.\n"
    yield "| begins with | what it is | door |\n|---|---|---|"
    yield from (f"| `{prefix.start}` | {prefix.why} | `{prefix.door}` |" for prefix in prefixes())


def _sections() -> Iterator[str]:
    for section, members in groupby(rows(), key=lambda row: row.section):
        yield f"\n## {section}\n"
        yield f"| address | about | {' | '.join(ROLES)} |"
        yield "|---|---|" + ":-:|" * len(ROLES)
        for (address, about), methods in groupby(members, key=lambda row: (row.address, row.of or row.lists)):
            yield _line(address, about, list(methods))


def _line(address: str, about: str, methods: list[Row]) -> str:
    cells = (" ".join(SIGNS.get(row.expected[role], ELSEWHERE) for row in methods) for role in ROLES)
    return f"| `{address}` | {about} | {' | '.join(cells)} |"
