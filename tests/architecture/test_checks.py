"""System checks are lint: each app says there what must hold of it, and tests beside each check show that it can fail."""

import pytest
from django.core.checks import run_checks


@pytest.mark.django_db
def test_no_check_has_anything_to_say():
    assert [str(message) for message in run_checks(databases=["default"])] == []
