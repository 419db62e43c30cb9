"""Guides that may answer a need before anybody is asked."""

from knowledge.models import GuidePage
from mentoring.models import MentoringRequest
from search.domain.indexing import source_of
from search.domain.similarity import most_similar

#: how many are shown
GUIDES = 3


def guides_for(draft: MentoringRequest, language: str, topics: list[str]) -> list[GuidePage]:
    """The guides in `language` most similar to the words of `draft` and the labels of its `topics`; three queries."""
    text = "\n".join([*topics, draft.problem, draft.goal] if draft.language == language else topics)
    found = most_similar(text, language, [GuidePage.kind], GUIDES)
    keys = [source.partition(":")[2] for source in found]
    pages = GuidePage.objects.live().public().select_related("locale").filter(pk__in=keys) if keys else []
    order = list(found)
    return sorted(pages, key=lambda page: order.index(source_of(page)))
