"""Who translates in the admin, and what."""

import pytest
from django.test import Client

from knowledge.models import GuidePage
from tests.core.views.translating import signed_in
from tests.editorial import member_of, publish
from tests.factories.pages import GuidePageFactory


@pytest.fixture
def without_second_factor(settings) -> None:
    """Editors and translators enter the administration with their password alone."""
    settings.PORTAL_DEMO = True


@pytest.fixture
def editor() -> Client:
    return signed_in(member_of("Editors"))


@pytest.fixture
def translator() -> Client:
    return signed_in(member_of("Translators"))


@pytest.fixture
def guide() -> GuidePage:
    return publish(GuidePageFactory(title="Maschinen warten", summary="Bevor sie stehen."))
