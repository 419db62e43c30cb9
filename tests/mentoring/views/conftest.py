"""Where to go, in either language."""

import pytest
from django.urls import reverse
from django.utils.translation import override


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
