"""What a company reads about its request."""

import pytest
from django.utils import translation

from mentoring.domain.progress import next_step
from mentoring.enums import RequestState
from mentoring.models import MentoringRequest

CLOSED = {
    "de": "Diese Anfrage ist abgeschlossen. Sie können sie als neuen Entwurf kopieren und ändern.",
    "cs": "Tato žádost je uzavřená. Můžete si ji zkopírovat jako nový koncept a upravit.",
}


@pytest.mark.parametrize("state", [RequestState.REJECTED, RequestState.WITHDRAWN])
@pytest.mark.parametrize("language", list(CLOSED))
def test_a_closed_request_says_so_and_how_to_go_on(language: str, state: RequestState):
    with translation.override(language):
        assert next_step(MentoringRequest(state=state)) == CLOSED[language]
