from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.core.domain import catalogue


class Command(BaseCommand):
    help = "The German and Czech catalogues: collect new texts, check that nothing is missing, compile."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["update", "check", "compile"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        {"update": self.collect, "check": self.judge, "compile": self.compile}[action]()

    def collect(self) -> None:
        wanted, foreign = catalogue.wanted_messages(settings.ROOT), catalogue.foreign_keys(settings.ROOT)
        for language, path in catalogue.catalogue_files():
            po = catalogue.updated(language, catalogue.read(path), wanted, foreign)
            po.save(str(path))
            self.stdout.write(f"{language}: {len(po)} texts, {len(po.untranslated_entries())} to translate")

    def judge(self) -> None:
        wanted, foreign = catalogue.wanted_messages(settings.ROOT), catalogue.foreign_keys(settings.ROOT)
        found = [
            f"{language}: {problem}"
            for language, path in catalogue.catalogue_files()
            for problem in sorted(catalogue.problems(language, catalogue.read(path), wanted, foreign))
        ]
        if found:
            raise CommandError(
                "\n".join([*found, f"{len(found)} problems in the catalogues; see `make messages`."])
            )
        self.stdout.write(f"{len(wanted)} texts, complete in every language")

    def compile(self) -> None:
        for language, path in [*catalogue.catalogue_files(), *catalogue.wagtail_files()]:
            if catalogue.compile_catalogue(path):
                self.stdout.write(f"{language}: compiled")
