"""`manage.py worker`: what happens beside the web server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.core.worker import run, run_once, stop_on_signals, tasks


class Command(BaseCommand):
    help = "Runs the tasks of all apps, again and again, until it is told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, and end.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            run_once()
            return
        stop = stop_on_signals()
        if options["verbosity"]:
            self.stdout.write(f"Working on: {', '.join(sorted(tasks))}")
        run(stop)
