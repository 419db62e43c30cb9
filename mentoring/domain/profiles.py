"""Mentors and experts for those who look for people: this app's side of `matching.domain.candidates`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat
from wagtail.models import Page

from matching.domain.candidates import Profile
from mentoring.models import ExpertPage, Invitation, MentorPage, ProfilePage
from portal.members.models import Person

KINDS: tuple[type[ProfilePage], ...] = (MentorPage, ExpertPage)
#: from a page to what it is
ROLES = [kind._meta.model_name for kind in KINDS]
#: what a card and its reasons need
PAGE = [
    "url_path",
    "live",
    "locale",
    *(f"{kind}__{name}" for kind in ROLES for name in ("person", "headline", "written_in")),
]
PERSON = [
    *("title", "name", "user", "place", "photo", "company", "verified_on"),
    *("places", "paused_until", "online", "on_site_radius", "formats"),
]


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

    def kinds(self) -> list[str]:
        """The kinds of documents that search holds about people."""
        return [kind.kind for kind in KINDS]

    def of_documents(self, sources: Iterable[str]) -> dict[str, int]:
        """Whom the documents `sources` are about (keys of people), as search names them; in one query."""
        pages = {int(source.rpartition(":")[2]): source for source in sources}
        about = (
            Page.objects.order_by()
            .filter(pk__in=pages)
            .annotate(about=Coalesce(*(F(f"{kind}__person") for kind in ROLES)))
        )
        return {pages[page]: person for page, person in about.values_list("pk", "about")}

    def held_places(self) -> QuerySet[Any]:
        """A row {"person": key} for every place of a mentor that an invitation holds."""
        return Invitation.objects.order_by().holding_a_place().values(person=F("mentor"))

    def profiles(self, people: Iterable[int], language: str) -> dict[int, Profile]:
        """The profiles of `people` (keys) in the tree of `language`, in two queries; who has none is left out."""
        persons = (
            Person.objects.verified()
            .filter(pk__in=list(people))
            .annotate(taken=Invitation.objects.all().held_by(OuterRef("pk")))
            .select_related("place", "photo")
            .only(*PERSON)
        )
        known = {person.pk: person for person in persons}
        theirs = [Q(pk__in=page_class.objects.filter(person__in=known).values("pk")) for page_class in KINDS]
        pages = Page.objects.live().filter(theirs[0] | theirs[1], locale__language_code=language)
        found: dict[int, dict[str, ProfilePage]] = {}
        for row in pages.select_related(*ROLES).only(*PAGE) if known else ():
            page: ProfilePage = getattr(row, "mentorpage", None) or row.expertpage
            page.person = known[page.person_id]
            found.setdefault(page.person_id, {})[page.kind] = page
        return {key: profile_of(pages, known[key].taken) for key, pages in found.items()}


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
