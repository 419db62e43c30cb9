"""Where to go, in either language, and who sits at the desk."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.factories.people import CoordinatorFactory
from tests.mentoring.desk import signed_in


@pytest.fixture(params=["de", "cs"])
def language(request):
    return request.param


@pytest.fixture
def to():
    """The address of a page in a language (German, if none is named)."""

    def address(name, *args, language="de", **kwargs):
        with override(language):
            return reverse(name, args=args, kwargs=kwargs)

    return address


@pytest.fixture
def without_second_factor(settings):
    """Coordinators enter the administration with their password alone."""
    settings.PORTAL_DEMO = True


@pytest.fixture
def ours(client, without_second_factor):
    """The client is signed in as a coordinator of the partner that the companies of the factories belong to."""
    return signed_in(client, CoordinatorFactory(user__language="de").user)
