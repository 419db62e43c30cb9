"""Writes docs/access.md."""

from tests.architecture.access.printing import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
