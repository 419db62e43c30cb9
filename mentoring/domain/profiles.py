"""Mentors and experts for those who look for people: this app's side of `matching.domain.candidates`."""

from collections.abc import Iterable
from typing import Any, NamedTuple

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
        return {pages[page]: person for page, person in rows_of(_people_of_pages(), "page", pages)}

    def held_places(self) -> QuerySet[Any]:
        """A row {"person": key} for every place of a mentor that an invitation holds."""
        return Invitation.objects.order_by().holding_a_place().values(person=F("mentor"))

    def profiles(self, people: Iterable[int], language: str) -> dict[int, Profile]:
        """The profiles of `people` (keys) in the tree of `language`, in one query; who has none is left out."""
        found: dict[int, dict[str, Row]] = {}
        for values in rows_of(_rows(language), "key", people):
            row = Row(*values[: len(WORDS)], values[len(WORDS) :])
            found.setdefault(row.person, {})[row.kind] = row
        addresses = Addresses()
        return {
            key: Profile(
                person=_person(row.facts),
                url=addresses[row.url_path],
                headline=row.headline,
                language=row.written_in or language,
                is_mentor=MentorPage.kind in pages,
                is_expert=ExpertPage.kind in pages,
                taken=row.taken,
            )
            for key, pages in found.items()
            for row in [pages.get(MentorPage.kind) or pages[ExpertPage.kind]]
        }


class Row(NamedTuple):
    """What the card of a person needs of a page, and the columns of FACTS."""

    kind: str
    person: int
    url_path: str
    headline: str
    written_in: str
    taken: int
    facts: tuple[Any, ...]


class Addresses(dict[str, str]):
    """The addresses of pages by their paths; what stands above a page is asked for once, for the many below it."""

    def __missing__(self, url_path: str) -> str:
        above, slug = url_path.rstrip("/").rsplit("/", 1)
        if above not in self:
            self[above] = Page(url_path=f"{above}/").url or ""
        return f"{self[above]}{slug}/" if self[above] else ""


@prepared
def _rows(language: str) -> QuerySet[Any]:
    """The published pages in the tree of `language` about verified people, as `Row` has them."""
    rows = [
        _in_tree(kind, language)
        .order_by()
        .filter(person__verified_on__isnull=False)
        .annotate(
            role=Value(kind.kind), key=F("person"), taken=Invitation.objects.all().held_by(OuterRef("person"))
        )
        .values_list(*WORDS, *(f"person__{column}" for model in FACTS for column in FACTS[model]))
        for kind in KINDS
    ]
    return rows[0].union(*rows[1:], all=True)


@prepared
def _people_of_pages() -> QuerySet[Any]:
    """The page and the person of every profile."""
    rows = [
        kind.objects.order_by().annotate(page=F("page_ptr")).values_list("page", "person") for kind in KINDS
    ]
    return rows[0].union(*rows[1:], all=True)


def profile_of(page: ProfilePage, taken: int) -> Profile:
    """The profile that one page shows, of a person of whose places so many are `taken`."""
    return Profile(
        person=page.person,
        url=page.url,
        headline=page.headline,
        language=page.words_language,
        is_mentor=isinstance(page, MentorPage),
        is_expert=isinstance(page, ExpertPage),
        taken=taken,
    )


def _has(page_class: type[ProfilePage], language: str) -> Exists:
    """Whether a person has a published page of that type in the tree of `language`."""
    return Exists(_in_tree(page_class, language).filter(person=OuterRef("pk")))


def _in_tree(page_class: type[ProfilePage], language: str) -> QuerySet[Any]:
    """The published pages of that type in the tree of `language`, for whoever asks for certain people.

    The language is compared as an expression, which no index serves: SQLite would else walk through all pages of the
    language for each person, at 10,000 people for minutes.
    """
    return (
        page_class.objects.live().alias(tree=Concat("locale__language_code", Value(""))).filter(tree=language)
    )
