from typing import Any

from django.core.management.base import BaseCommand

from home.domain.site import ensure_site


class Command(BaseCommand):
    help = "Creates the home pages, the lists below them, groups and workflows, as far as they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        created = ensure_site()
        self.stdout.write(f"created: {', '.join(created)}" if created else "nothing was missing")
