"""What may answer a need before anybody is asked."""

from knowledge.models import EventPage, GuidePage
from matching.domain.pages import PageFound, pages_for
from mentoring.domain.needs import need_of
from mentoring.models import MentoringRequest

#: how many guides and events are shown
READING = 4


def reading_for(draft: MentoringRequest, language: str) -> list[PageFound]:
    """The guides and coming events in `language` that help most with what `draft` describes, the best first."""
    return pages_for(need_of(draft, without=()), [GuidePage, EventPage], language, READING)
