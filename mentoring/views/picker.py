"""The picker of topics on a page without script: what was chosen, what was looked for, and everything else by top topic."""

from functools import cached_property
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest

from matching.domain.suggesting import suggested_topics
from matching.domain.vocabulary import Term, Vocabulary
from mentoring.domain.asking import MOST_TOPICS
from mentoring.models import MentoringRequest
from portal.topics.domain.picker import topics_with


class Picker:
    """Boxes for all topics, each of them once: those that are likely first."""

    def __init__(self, draft: MentoringRequest, language: str, request: HttpRequest) -> None:
        self.draft, self.language = draft, language
        self.term = request.GET.get("q", "")[:100].strip()
        self.typed = set(request.POST.getlist("topics")) if request.method == "POST" else set()
        self.vocabulary = Vocabulary.in_language(language)
        self.chosen: list[str] = list(draft.topics.values_list("slug", flat=True))

    @cached_property
    def found(self) -> list[str]:
        """The slugs of topics that a word was looked up for."""
        return topics_with(self.term, self.language) if self.term else []

    @cached_property
    def likely(self) -> list[str]:
        """Slugs: what was looked for, what is chosen, what the words are about."""
        named = suggested_topics(self.draft.problem, self.draft.language, MOST_TOPICS)
        slugs = [*self.found, *self.chosen, *sorted(self.typed), *(topic.slug for topic in named)]
        return [slug for slug in dict.fromkeys(slugs) if slug in self.vocabulary.by_slug]

    @cached_property
    def browsed(self) -> list[tuple[Term, list[Term]]]:
        """Each top topic with what stands at or below it and is not likely."""
        tops = self.vocabulary.sorted(self.vocabulary.narrower[None])
        rows = [(top, self.vocabulary.sorted(self.vocabulary.with_narrower(top.pk))) for top in tops]
        return [(top, [term for term in terms if term.slug not in self.likely]) for top, terms in rows]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(slug, label) of every topic, in the order of the page."""
        likely = [self.vocabulary.by_slug[slug] for slug in self.likely]
        terms = [*likely, *(term for _top, terms in self.browsed for term in terms)]
        return [(term.slug, term.label) for term in terms]

    def shown(self, field: BoundField) -> dict[str, Any]:
        """The boxes of `field` as the page groups them."""
        boxes = {str(box.data["value"]): box for box in field}
        return {
            "term": self.term,
            "found": [boxes[slug] for slug in self.found],
            "likely": [boxes[slug] for slug in self.likely if slug not in self.found],
            "browsed": [
                {"label": top.label, "boxes": [boxes[term.slug] for term in terms]}
                for top, terms in self.browsed
                if terms
            ],
        }
