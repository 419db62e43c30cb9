"""`manage.py workflow`: the mentoring workflow as a page of documentation."""

from typing import Any

from django.core.management.base import BaseCommand

from mentoring.domain.document import document


class Command(BaseCommand):
    help = "Prints docs/mentoring-workflow.md from the tables of the workflow."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")
