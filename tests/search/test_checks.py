"""An engine that is incomplete is refused at the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.checks import the_engine_is_there_and_complete
from search.engines import engine

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


@pytest.mark.parametrize("name", ["auto", "own", "elasticsearch"])
def test_an_engine_that_is_complete_has_no_problems(settings, name):
    settings.PORTAL_SEARCH_ENGINE = connection.vendor if name == "own" else name
    settings.PORTAL_ELASTICSEARCH = {**settings.PORTAL_ELASTICSEARCH, "URL": "https://cluster:9200"}
    assert the_engine_is_there_and_complete() == []
    assert engine()


@pytest.mark.parametrize(
    ("name", "problem"), [("solr", "search.E001"), (OTHER[connection.vendor], "search.E002")]
)
def test_an_engine_that_cannot_work_is_refused(settings, name, problem):
    settings.PORTAL_SEARCH_ENGINE = name
    assert [error.id for error in the_engine_is_there_and_complete()] == [problem]
    with pytest.raises(ImproperlyConfigured):
        engine()


def test_a_cluster_without_an_address_is_refused(settings):
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    settings.PORTAL_ELASTICSEARCH = {**settings.PORTAL_ELASTICSEARCH, "URL": ""}
    assert [error.id for error in the_engine_is_there_and_complete()] == ["search.E003"]
