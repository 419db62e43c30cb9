import pytest
from django.db import connection

from tests.factories.mentoring import mentor
from tests.factories.people import CoordinatorFactory
from tests.mentoring.trust.workers import Workers


@pytest.fixture(scope="session")
def processes():
    """Eight processes for all tests of races."""
    workers = Workers(8)
    yield workers
    workers.close()


@pytest.fixture
def race(processes, transactional_db):
    """Has jobs done at once, in the database of this test."""
    return lambda jobs, **options: processes.run(connection.settings_dict["NAME"], jobs, **options)


@pytest.fixture
def coordinator(transactional_db):
    return CoordinatorFactory().user


@pytest.fixture
def asked(transactional_db):
    """A function that makes a mentor with so many places."""
    return lambda places=2, name="Petra Nováková": mentor(name, places=places)


@pytest.fixture
def without_constraints(transactional_db):
    """The database as it would be without what forbids two of the same; the next test gets a fresh one."""
    with connection.cursor() as cursor:
        for name in (
            "place_given_once",
            "one_open_per_request",
            "one_open_per_company_and_mentor",
            "one_accepted_per_request",
        ):
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("ALTER TABLE mentoring_invitation DROP CONSTRAINT open_invitation_holds_place")
