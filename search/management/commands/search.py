"""`manage.py search`: builds the index anew, says how it is, compares it with the rows, and learns its words."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count
from tqdm import tqdm

from search.domain.correction import collect_words
from search.domain.indexing import differences, rebuild, rows_to_read
from search.domain.lexicon import relearn
from search.engines import engine
from search.engines.base import EngineAway
from search.models import IndexJob, SearchDocument

#: More than a person reads at once.
MOST_SHOWN = 50


class Command(BaseCommand):
    help = "rebuild: reads everything into the index anew. status: what is in it and what waits. verify: compares it with the pages. lexicon: learns words and their translations from them, as the worker does every day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rebuild", "status", "verify", "lexicon"])

    def handle(self, *args: Any, action: str, verbosity: int, **options: Any) -> None:
        actions = {
            "rebuild": self.rebuild,
            "status": self.status,
            "verify": self.verify,
            "lexicon": self.lexicon,
        }
        actions[action](verbosity)

    def rebuild(self, verbosity: int) -> None:
        """Shows its progress; silent with --verbosity 0."""
        with tqdm(total=rows_to_read(), unit=" rows", disable=not verbosity) as bar:
            try:
                documents = rebuild(bar.update)
            except EngineAway as error:
                raise CommandError(
                    f"Everything is read, but the engine does not answer. Try again. {error}"
                ) from error
        if verbosity:
            self.stdout.write(f"{documents} documents are indexed.")

    def status(self, verbosity: int) -> None:
        """Documents by kind and tree, how it is outside of the database, and the jobs that wait."""
        self.stdout.write(f"Engine: {type(engine()).__name__}, {engine().count()} documents")
        for sentence in engine().state():
            self.stdout.write(sentence)
        counts = (
            SearchDocument.objects.values_list("kind", "locale")
            .annotate(Count("pk"))
            .order_by("kind", "locale")
        )
        for kind, locale, count in counts:
            self.stdout.write(f"  {kind} {locale}: {count}")
        self.stdout.write(f"Jobs that wait: {IndexJob.objects.count()}")
        for job in IndexJob.objects.exclude(error="").order_by("source")[:MOST_SHOWN]:
            self.stdout.write(f"  {job.source}, failed {job.attempts} times: {job.error}")

    def verify(self, verbosity: int) -> None:
        """Ends with an error if the index differs from the pages."""
        with tqdm(total=rows_to_read(), unit=" rows", disable=not verbosity) as bar:
            found = list(differences(bar.update))
        for sentence in found[:MOST_SHOWN]:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{len(found)} differences. Jobs that wait: {IndexJob.objects.count()}")
        if verbosity:
            self.stdout.write("The index holds what the pages say.")

    def lexicon(self, verbosity: int) -> None:
        """Needs no index but the documents of the last rebuild."""
        words, translations = collect_words(), relearn()
        if verbosity:
            self.stdout.write(f"{words} words and {translations} translations are known.")
