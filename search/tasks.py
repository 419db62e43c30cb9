"""What the worker does for the search."""

from portal.core.worker import task
from search.domain.indexing import drain

#: Jobs of one round; the worker comes back at once while there are more.
ROUND = 50


@task(every=1)
def read_again() -> bool:
    """Reads what has changed into the index; says whether there may be more."""
    return drain(ROUND) == ROUND
