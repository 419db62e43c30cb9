"""`manage.py load_vocabulary`: topics, sectors, regions and places, from files to tables."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from portal.topics.domain.vocabulary import Changes, StillCarriedError, load_vocabulary
from portal.topics.domain.vocabulary_files import FOLDER, HEADERS, BrokenVocabularyError, read_vocabulary


class Command(BaseCommand):
    help = (
        "Brings topics, sectors, regions and places to what the CSV files say, and reports what changed. "
        "A broken file is refused by line and column, and nothing is loaded."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for table in HEADERS:
            parser.add_argument(
                f"--{table}", type=Path, metavar="FILE", help=f"instead of {FOLDER.name}/{table}.csv"
            )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changes = load_vocabulary(read_vocabulary({table: options[table] for table in HEADERS}))
        except (BrokenVocabularyError, StillCarriedError) as error:
            raise CommandError(f"{error}\nNothing was loaded.") from error
        if options["verbosity"]:
            for table, change in changes.items():
                self.report(table, change)

    def report(self, table: str, change: Changes) -> None:
        """One line of counts, then the names; not of everything that a first load creates."""
        counts = {
            "created": change.created,
            "changed": change.changed,
            "removed": change.removed,
        }
        sums = ", ".join(f"{len(names)} {word}" for word, names in counts.items())
        self.stdout.write(f"{table}: {sums}, {change.unchanged} unchanged")
        if change.changed or change.removed or change.unchanged:
            for word, names in counts.items():
                if names:
                    self.stdout.write(f"  {word}: {', '.join(names)}")
