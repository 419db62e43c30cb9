"""Where pages are served, said without a question to the database."""

from django.conf import settings
from django.urls import get_script_prefix

HOMES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


def address_of(url_path: str) -> str | None:
    """The address of the page at `url_path` in the tree; None for what stands below the home page of no language.

    Home pages stand at the codes of their languages, and so do the addresses. Wagtail finds the same by asking which site
    answers, which sites there are and for the pattern of the address, once more for every page of a list.
    """
    return f"{get_script_prefix()[:-1]}{url_path}" if url_path.startswith(HOMES) else None
