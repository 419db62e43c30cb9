"""Languages and how well somebody knows them, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.members.enums import SPEAKS, LanguageLevel


def languages_line(languages: Iterable[tuple[str, int]]) -> str:
    """(language, level) as one line: those that somebody works in, then those that they understand."""
    known = sorted(languages, key=lambda row: -row[1])
    works = ", ".join(str(SPEAKS[code]) for code, level in known if level == LanguageLevel.WORKS_IN)
    rest = ", ".join(str(SPEAKS[code]) for code, level in known if level == LanguageLevel.UNDERSTANDS)
    parts = [works] if works else []
    if rest:
        parts.append(_("understands %(languages)s") % {"languages": rest})
    return " · ".join(parts)
