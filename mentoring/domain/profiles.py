"""Mentors and experts for those who look for people: this app's side of `matching.domain.candidates`."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from wagtail.models import Page

from matching.domain.candidates import Profile
from mentoring.models import ExpertPage, Invitation, MentorPage, ProfilePage
from portal.members.models import Person

KINDS: tuple[type[ProfilePage], ...] = (MentorPage, ExpertPage)


class Profiles:
    """The people who have a profile that the public may see."""

    def shown(self, language: str) -> QuerySet[Person]:
        """Verified people with a published profile in the tree of `language`, with `is_mentor`, `is_expert`, `taken`."""
        return (
            Person.objects.verified()
            .annotate(is_mentor=_has(MentorPage, language), is_expert=_has(ExpertPage, language))
            .annotate(taken=Invitation.objects.all().held_by(OuterRef("pk")))
            .filter(Q(is_mentor=True) | Q(is_expert=True))
        )

    def held_places(self) -> QuerySet[Invitation]:
        """A row {"person": key} for every place of a mentor that an invitation holds."""
        return Invitation.objects.order_by().holding_a_place().values(person=F("mentor"))

    def profiles(self, people: Iterable[int], language: str) -> dict[int, Profile]:
        """The profiles of `people` (keys) in the tree of `language`, in one query; who has none is left out."""
        people = list(people)
        theirs = [Q(pk__in=page_class.objects.filter(person__in=people).values("pk")) for page_class in KINDS]
        pages = (
            Page.objects.live()
            .filter(theirs[0] | theirs[1])
            .annotate(taken=Invitation.objects.all().held_by(OuterRef("mentorpage__person")))
            .select_related(
                "mentorpage__person__place",
                "mentorpage__person__photo",
                "expertpage__person__place",
                "expertpage__person__photo",
            )
        )
        found: dict[int, dict[str, ProfilePage]] = {}
        taken: dict[int, int] = {}
        for row in pages:
            page: ProfilePage = getattr(row, "mentorpage", None) or row.expertpage
            if page.is_shown and page.language == language:
                found.setdefault(page.person_id, {})[page.kind] = page
                taken[page.person_id] = taken.get(page.person_id, 0) + row.taken
        return {key: profile_of(pages, taken[key]) for key, pages in found.items()}


def profile_of(pages: dict[str, ProfilePage], taken: int) -> Profile:
    """One profile from a person's pages by kind, with the places that are taken; the mentor's page speaks for both."""
    page = pages.get(MentorPage.kind) or pages[ExpertPage.kind]
    return Profile(
        person=page.person,
        url=page.url,
        headline=page.headline,
        language=page.words_language,
        is_mentor=MentorPage.kind in pages,
        is_expert=ExpertPage.kind in pages,
        taken=taken,
    )


def _has(page_class: type[ProfilePage], language: str) -> Exists:
    """Whether a person has a published page of that type in the tree of `language`.

    The language is compared as an expression, which no index serves: SQLite would else walk through all pages of the
    language for each person, at 10,000 people for minutes.
    """
    pages = page_class.objects.live().alias(tree=Concat("locale__language_code", Value("")))
    return Exists(pages.filter(tree=language, person=OuterRef("pk")))
