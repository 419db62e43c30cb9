"""Days as readers say them."""

from datetime import date, datetime

from babel.dates import format_date
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

register = template.Library()

#: Mo., 30. November; 30. listopadu (po), for "do po 30. listopadu" stumbles over a preposition. {} is for the year.
PATTERNS = {"de": "EEE, d. MMMM{}", "cs": "d. MMMM{} (EEEEEE)", "en": "EEE, d MMMM{}"}


@register.filter
def day(value: datetime | date | None) -> str:
    """The local day of `value` with its weekday, in the reader's language; the year if it is not this one."""
    if value is None:
        return ""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    language = get_language() or settings.LANGUAGE_CODE
    pattern = PATTERNS.get(language, PATTERNS["en"])
    year = "" if local.year == timezone.localdate().year else " y"
    return format_date(local, pattern.format(year), locale=language)
