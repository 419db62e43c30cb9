"""`make run`: everything a newcomer needs, once; then the server and its worker."""

import hashlib
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.domain.demo.files import FILES, read_yaml
from home.domain.demo.people import PASSWORD

#: what the prepared database depends on: when one of these changes, the steps run again (each adds only what is missing)
PREPARED_FROM = ("**/migrations/*.py", "portal/topics/data/*.csv", "home/site/*.yaml", "home/demo/**/*.*")
STEPS = (
    ("database", "migrate"),
    ("vocabulary", "load_vocabulary"),
    ("site", "setup_site"),
    ("demo", "load_demo"),
    ("search index", "search"),
)


class Command(BaseCommand):
    help = "Prepares the demo if it is not prepared, and serves it on localhost with its worker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare-only", action="store_true", help="Stop before the server starts.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_DEMO:
            raise CommandError(
                "This command is for the demo on one's own machine; see docs/operations.md for servers."
            )
        self.prepare()
        if not options["prepare_only"]:
            self.serve(options["port"])

    def prepare(self) -> None:
        """Fills the database unless it was filled from the same files before."""
        stamp = settings.VAR / "prepared"
        fingerprint = _fingerprint()
        if stamp.exists() and stamp.read_text() == fingerprint:
            return
        settings.VAR.mkdir(parents=True, exist_ok=True)
        for title, command in STEPS:
            self.stdout.write(f"· {title}")
            call_command(command, *(["rebuild"] if command == "search" else []), verbosity=0)
        stamp.write_text(fingerprint)

    def serve(self, port: int) -> None:
        """Runs server and worker until Ctrl+C; the worker ends with the server."""
        # links in mails lead to this server, whatever its port
        os.environ.setdefault("PORTAL_BASE_URL", f"http://localhost:{port}")
        worker = subprocess.Popen([sys.executable, str(settings.ROOT / "manage.py"), "worker"])
        try:
            self.stdout.write(self.welcome(port))
            server = [sys.executable, str(settings.ROOT / "manage.py"), "runserver", "--noreload", str(port)]
            subprocess.run(server, check=False)
        except KeyboardInterrupt:
            pass
        finally:
            worker.terminate()
            worker.wait(timeout=10)

    def welcome(self, port: int) -> str:
        """The address and the sign-ins, as the newcomer reads them."""
        rows = [f"  {row['email']:<44} {row['role']}" for row in read_yaml(FILES / "users.yaml")]
        address = f"http://localhost:{port}"
        return "\n".join(
            [
                "",
                f"  NET4DIGI  {address}/de/  ·  {address}/cs/",
                f"  Admin     {address}/admin/",
                f"  Mails     {address}/mails/",
                "",
                f"  Sign in with one of these, password {PASSWORD}:",
                *rows,
                "",
                "  Ctrl+C ends it.",
                "",
            ]
        )


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for package in ("django", "wagtail", "wagtail-localize", "django-allauth"):
        digest.update(f"{package}{version(package)}".encode())
    for pattern in PREPARED_FROM:
        for path in sorted(Path(settings.ROOT).glob(pattern)):
            if ".venv" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()
