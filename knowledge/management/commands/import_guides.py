from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import reset_queries
from tqdm import tqdm

from knowledge.domain.importing import import_guides


class Command(BaseCommand):
    help = "Imports guides in both languages from a file of JSON lines; a second run adds and changes only what is new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        counts: Counter[str] = Counter()
        size = path.stat().st_size
        with path.open("rb") as file, tqdm(total=size, unit="B", unit_scale=True, disable=None) as bar:
            try:
                for outcome in import_guides(file):
                    counts[outcome.status] += 1
                    bar.update(outcome.read - bar.n)
                    if outcome.reason:
                        bar.write(f"line {outcome.line}: {outcome.reason}", file=self.stderr)
                    # with DEBUG, Django would remember every statement
                    reset_queries()
            except LookupError as error:
                raise CommandError(str(error)) from error
        statuses = ("created", "updated", "unchanged", "rejected")
        self.stdout.write("guides: " + ", ".join(f"{counts[status]} {status}" for status in statuses))
        if counts["rejected"]:
            raise SystemExit(1)
