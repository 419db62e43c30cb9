"""Who sits at the desk, and in which language the code speaks."""

import pytest
from django.utils import translation

from tests.factories.people import CoordinatorFactory


@pytest.fixture
def in_the_words_of_the_code():
    """What the portal says is in English, whatever language was used before."""
    with translation.override("en"):
        yield


@pytest.fixture
def desk():
    return CoordinatorFactory(user__language="de").user
