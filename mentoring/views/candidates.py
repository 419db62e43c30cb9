"""The people whom the last step of the request form proposes, each with a wish."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from matching.domain.cards import bar, fitting_lines, person_card, reasons, topic_chips
from matching.domain.people import Helper, Question
from mentoring.domain.asking import likely_company, memberships_of, wishes_in
from mentoring.domain.needs import need_of
from mentoring.forms.asking import WISH, MentorsForm, people_named, wishes_of
from mentoring.models import MentoringRequest
from mentoring.views.asking_page import reader_of
from portal.members.models import Person

#: how many people are proposed, beside those whom the draft names already
PROPOSED = 6


class Candidates:
    """The best people for the need of a draft, behind those whom the draft or the form names."""

    def __init__(self, draft: MentoringRequest, language: str, request: HttpRequest) -> None:
        self.language = language
        self.ranked, excluded, topics = wishes_in(draft)
        self.wishes = wishes_of(self.ranked, excluded)
        named = people_named(request.POST) if request.method == "POST" else [*self.ranked, *excluded]
        # the need is measured from where the company is, which the draft itself knows only once it is sent
        self.memberships = memberships_of(reader_of(request).user)
        draft.company = draft.company or likely_company(self.memberships)
        # whoever is not to be asked is shown all the same, so that one can think again
        need = need_of(draft, without=(), topics=topics)
        self.question = Question(need, language)
        self.helpers = _in_order(self.question.best(PROPOSED, chosen=named), named)
        self.people = {helper.profile.person.pk: helper.profile.person for helper in self.helpers}
        self.lost = set(named) - self.people.keys() if request.method == "POST" else set()

    @property
    def named(self) -> list[Person]:
        """Whom the draft names, by rank."""
        return [self.people[key] for key in self.ranked if key in self.people]

    @property
    def fitting(self) -> dict[str, Any]:
        """How many fit the need, and how many more would if it asked for less."""
        return fitting_lines(self.question.fitting())

    @property
    def free(self) -> set[int]:
        """The keys of those with a free place."""
        return {helper.profile.person.pk for helper in self.helpers if helper.profile.free_places}

    def cards(self, form: MentorsForm) -> list[dict[str, Any]]:
        """{"card": the attributes of a person card, "field": the wish}"""
        return [
            {
                "card": person_card(
                    helper.profile,
                    self.language,
                    languages=helper.languages,
                    chips=topic_chips(helper.topics, self.question.vocabulary, "", helper.hits),
                    why=reasons(helper),
                    bar=bar(helper),
                ),
                "field": form[f"{WISH}{helper.profile.person.pk}"],
            }
            for helper in self.helpers
        ]


def _in_order(best: list[Helper], named: Collection[int]) -> list[Helper]:
    """Whoever is named comes first, then those who can take somebody on: the others could be asked only once a place is free."""
    return sorted(
        best, key=lambda helper: (helper.profile.person.pk not in named, not helper.profile.free_places)
    )
