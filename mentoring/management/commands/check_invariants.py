"""`manage.py check_invariants`: whether everything holds that must."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from mentoring.domain.invariants import violations

#: of one invariant; more of the same would hide the next one
SHOWN = 20


class Command(BaseCommand):
    help = "Asks the database for everything that must never be; ends with 1 if it finds something."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        with override("en"):
            for invariant, found in violations():
                if not found:
                    self.stdout.write(f"ok      {invariant.name}")
                    continue
                broken += 1
                self.stdout.write(self.style.ERROR(f"BROKEN  {invariant.name}: {invariant.rule}"))
                for line in found[:SHOWN]:
                    self.stdout.write(f"        {line}")
                if len(found) > SHOWN:
                    self.stdout.write(f"        and {len(found) - SHOWN} more")
        if broken:
            raise CommandError(f"{broken} invariants are broken.")
