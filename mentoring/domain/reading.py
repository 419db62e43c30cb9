"""Guides that may answer a need before anybody is asked."""

from knowledge.models import GuidePage
from mentoring.models import MentoringRequest
from search.domain.indexing import source_of
from search.domain.similarity import most_similar

#: how many are shown, and how many of the most similar are looked at: similar words alone are no help
GUIDES, LOOKED_AT = 3, 20


def guides_for(draft: MentoringRequest, language: str, topics: list[str]) -> list[GuidePage]:
    """The guides in `language` that share a topic with `draft`, the most similar to its words and `topics` (labels) first."""
    text = "\n".join([*topics, draft.problem, draft.goal] if draft.language == language else topics)
    found = most_similar(text, language, [GuidePage.kind], LOOKED_AT)
    keys = [source.partition(":")[2] for source in found]
    slugs = draft.topics.values_list("slug", flat=True)
    pages = GuidePage.objects.live().public().about(slugs).select_related("locale").filter(pk__in=keys)
    order = list(found)
    return sorted(pages, key=lambda page: order.index(source_of(page)))[:GUIDES]
