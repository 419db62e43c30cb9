"""The demo in the database of a browser test, found by search."""

from django.core.management import call_command


def load_demo() -> None:
    """What `make run` shows: content, people, companies and a complete index."""
    call_command("load_demo", verbosity=0)
    call_command("search", "rebuild", verbosity=0)
