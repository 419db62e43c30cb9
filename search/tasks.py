"""What the worker does for the search."""

from portal.core.worker import task
from search.domain.correction import collect_words
from search.domain.indexing import drain
from search.domain.lexicon import relearn

#: Jobs of one round; the worker comes back at once while there are more.
ROUND = 50
HOUR = 3_600
DAY = 24 * HOUR


@task(every=1)
def read_again() -> bool:
    """Reads what has changed into the index; says whether there may be more."""
    return drain(ROUND) == ROUND


@task(every=HOUR)
def know_words() -> None:
    """Keeps up with the words that are used, lest a new one be taken for a slip."""
    collect_words()


@task(every=DAY)
def learn_translations() -> None:
    """Learns from what was translated since."""
    relearn()
