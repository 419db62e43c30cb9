"""Every type of page in both languages is valid HTML, as the Nu checker reads it."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.test_pages import PAGES

CHECKER = settings.ROOT / "var" / "vnu.jar"

pytestmark = pytest.mark.audit


def complaints(folder: Path) -> str:
    """What the checker says about the pages in `folder`, or why it cannot be asked."""
    command = ["java", "-Xss4m", "-jar", CHECKER, "--stdout", *sorted(folder.iterdir())]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stdout + found.stderr if found.returncode else ""


def test_every_type_of_page_is_valid(page: Page, live_server, demo, tmp_path: Path):
    for number, path in enumerate(PAGES["de"] + PAGES["cs"]):
        name = "".join(letter if letter.isalnum() else "-" for letter in path)
        (tmp_path / f"{number}{name}.html").write_bytes(page.goto(path).body())
    assert complaints(tmp_path) == ""


def test_a_page_with_a_heading_inside_a_paragraph_is_found(page: Page, live_server, tmp_path: Path):
    source = page.goto("/de/suche/").text()
    (tmp_path / "search.html").write_text(source.replace("<h1", "<p><h1", 1).replace("</h1>", "</h1></p>", 1))
    assert "error: No “p” element in scope" in complaints(tmp_path)
