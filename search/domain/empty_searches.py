"""What readers look for in vain, counted without saying who they are.

A search writes nothing to the database: it appends a line to a file of the present minute. The worker counts the files of
minutes that are over, so that nobody writes to a file while it is read. A file is deleted in the transaction that counts it:
should the machine die between the two, one minute is lost and nothing is counted twice.

Nothing personal may get in: only short texts of words, without addresses, long numbers or single letters, are kept, and
what few have asked is never shown (`EmptySearchQuerySet.summed_up`).
"""

import json
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from search.analysis import fold, words
from search.models import EmptySearch

logger = logging.getLogger(__name__)

MOST_WORDS = 6
LONGEST_WORD = 30
LONGEST_TEXT = 60
#: "Industrie 4.0", "ISO 9001"; a telephone or register number has more.
MOST_DIGITS = 4
#: Bytes of one minute; what a robot asks beyond that is not counted.
LARGEST_FILE = 100_000
NAME = "%Y-%m-%dT%H-%M.jsonl"


class Asked(NamedTuple):
    """One search without result."""

    language: str
    words: str
    topic: str = ""
    region: str = ""


def note(text: str, language: str, topic: str = "", region: str = "") -> None:
    """Remembers that nothing was found for `text`, unless it might be personal or no search at all. Never fails."""
    if not (kept := countable(text)):
        return
    file = _folder() / datetime.now(UTC).strftime(NAME)
    line = json.dumps(Asked(language, kept, topic, region)) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # one short write to a file that is opened to append: lines of several processes stand one after the other
        with file.open("a", encoding="ascii") as lines:
            if lines.tell() < LARGEST_FILE:
                lines.write(line)
    except OSError:
        logger.warning("Searches without result cannot be counted", exc_info=True)


def countable(text: str) -> str:
    """The words of `text`, folded, if it is a search that may be kept; else ""."""
    found = [fold(word) for word in words(text)]
    folded = " ".join(found)
    is_kept = (
        "@" not in text
        and 0 < len(found) <= MOST_WORDS
        and all(1 < len(word) <= LONGEST_WORD or word.isdigit() for word in found)
        and any(word.isalpha() for word in found)
        and sum(char.isdigit() for char in folded) <= MOST_DIGITS
        and len(folded) <= LONGEST_TEXT
    )
    return folded if is_kept else ""


def collect() -> int:
    """Counts what was noted in minutes that are over; the number of searches."""
    counted = 0
    for file in sorted(_folder().glob("*.jsonl")):
        # another worker may have been faster
        with suppress(FileNotFoundError):
            if (day := _day_of(file)) is not None:
                counted += _count(file, day)
    return counted


def forget() -> int:
    """Deletes what is older than PORTAL_EMPTY_SEARCHES_DAYS; the number of rows."""
    oldest = timezone.localdate() - timedelta(days=settings.PORTAL_EMPTY_SEARCHES_DAYS)
    deleted, _by_model = EmptySearch.objects.filter(day__lt=oldest).delete()
    return deleted


def _folder() -> Path:
    return Path(settings.PORTAL_EMPTY_SEARCHES_FOLDER)


def _day_of(file: Path) -> date | None:
    """The local day of the minute that a file stands for; None if the minute is not over or the name is none of ours.

    A request that began in the last second may still write: one minute more is waited for.
    """
    try:
        minute = datetime.strptime(file.name, NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
    is_over = minute + timedelta(minutes=2) <= timezone.now()
    return timezone.localtime(minute).date() if is_over else None


@transaction.atomic
def _count(file: Path, day: date) -> int:
    found = Counter(_lines(file))
    for asked, number in sorted(found.items()):
        row, _is_new = EmptySearch.objects.get_or_create(day=day, **asked._asdict())
        EmptySearch.objects.filter(pk=row.pk).update(number=F("number") + number)
    file.unlink()
    return found.total()


def _lines(file: Path) -> Iterator[Asked]:
    """The searches in a file; a line that a crash has cut off is left out."""
    for line in file.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            asked = Asked(*json.loads(line))
        except (ValueError, TypeError):
            continue
        if asked.language in dict(settings.LANGUAGES) and countable(asked.words) == asked.words:
            yield asked
