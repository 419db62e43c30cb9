"""Reading the files in home/demo."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils import timezone

FILES = Path(__file__).parents[2] / "demo"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def read_yaml(path: Path) -> Any:
    """What a YAML file says."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The entries of a folder with one file each, in the order of their names."""
    for path in sorted((FILES / name).glob("*.yaml")):
        yield read_yaml(path)


def articles(name: str) -> Iterator[tuple[str, dict[str, Any], dict[str, dict[str, Any]]]]:
    """(key, facts, words by language) of every article in a folder; the words hold the Markdown text as "text"."""
    for path in sorted((FILES / name).glob("*/facts.yaml")):
        words = {code: _words(path.parent / f"{code}.md") for code in LANGUAGES}
        yield path.parent.name, read_yaml(path), words


def _words(path: Path) -> dict[str, Any]:
    _before, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    return {**yaml.load(front, Loader=yaml.CSafeLoader), "text": text}


def instant(value: str) -> datetime:
    """A local date and time of the files, as an instant."""
    return timezone.make_aware(datetime.fromisoformat(value))
