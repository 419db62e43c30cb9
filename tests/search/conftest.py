"""The engines that tests of the search run on, and what stands in them."""

from collections.abc import Iterator

import pytest

from search.engines import engine
from tests.search.cluster import remove_forgotten, remove_own
from tests.search.library import SHELF, index


@pytest.fixture(scope="session")
def _cluster() -> Iterator[None]:
    remove_forgotten()
    yield
    remove_own()


@pytest.fixture
def elasticsearch(settings, request) -> None:
    """Has the portal search in Elasticsearch, with indices of this process alone."""
    request.getfixturevalue("_cluster")
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def every_engine(request) -> str:
    """Runs a test on the engine of the database and, where there is a server, on Elasticsearch."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return request.param


@pytest.fixture
def shelf(every_engine) -> None:
    """Has nothing but `SHELF` stand in the engine, whichever it is."""
    engine().clear()
    index(*SHELF)
