"""`manage.py worker`: what happens beside the web server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.worker import run, run_once, stop_on_signals, tasks


class Command(BaseCommand):
    help = "Runs the tasks of all apps, again and again, until it is told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", nargs="*", metavar="TASK", help="Do what is due now, of these tasks or of all, and end."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if (names := options["once"]) is not None:
            if unknown := sorted(set(names) - set(tasks)):
                raise CommandError(f"no task is called {', '.join(unknown)}")
            run_once(names or None)
            return
        stop = stop_on_signals()
        if options["verbosity"]:
            self.stdout.write(f"Working on: {', '.join(sorted(tasks))}")
        run(stop)
