"""The files of the project, without what tools leave behind."""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IGNORED = [line.strip("/ ") for line in (ROOT / ".gitignore").read_text().splitlines() if line.strip()] + [
    ".git"
]


def project_files(folder: Path = ROOT, suffix: str = "") -> Iterator[Path]:
    """Every file below `folder` that .gitignore does not name, sorted; with `suffix`, only those that end so."""
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in IGNORED):
            continue
        if path.is_dir():
            yield from project_files(path, suffix)
        elif path.name.endswith(suffix):
            yield path


def python_files() -> Iterator[tuple[str, str]]:
    """(path below the root, source) of our Python, without migrations, which Django writes."""
    for path in project_files(suffix=".py"):
        if path.parent.name != "migrations":
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
