"""What the worker does for the search."""

from portal.core.worker import task
from search.domain import empty_searches
from search.domain.correction import collect_words
from search.domain.indexing import drain
from search.domain.lexicon import relearn
from search.engines import engine

#: Jobs of one round; the worker comes back at once while there are more.
ROUND = 50
HOUR = 3_600
DAY = 24 * HOUR


@task(every=1)
def read_again() -> bool:
    """Reads what has changed into the index; says whether there may be more."""
    return drain(ROUND) == ROUND


@task(every=60)
def count_empty_searches() -> None:
    """Counts what was not found in the minutes before."""
    empty_searches.collect()


@task(every=86_400)
def forget_empty_searches() -> None:
    """Deletes counts that are too old."""
    empty_searches.forget()


@task(every=1)
def catch_up() -> bool:
    """Tells an index outside of the database what has changed in it."""
    return engine().catch_up()


@task(every=30)
def stand_by() -> None:
    """Makes what is missing there."""
    engine().stand_by()


@task(every=DAY)
def compact() -> None:
    """Keeps searches as fast as they are after a rebuild."""
    engine().compact()


@task(every=HOUR)
def know_words() -> None:
    """Keeps up with the words that are used, lest a new one be taken for a slip."""
    collect_words()


@task(every=DAY)
def learn_translations() -> None:
    """Learns from what was translated since."""
    relearn()
