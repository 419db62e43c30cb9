"""What search finds of people: their words, and the facts that stand in the Person row."""

from collections.abc import Iterable
from itertools import chain

from matching.documents import place_names
from mentoring.models import ExpertPage, MentorPage, ProfilePage
from portal.members.models import Person
from search.registry import DocumentData, dependants_of, document_mapper


@document_mapper(MentorPage)
def mentor(page: MentorPage) -> DocumentData | None:
    """The document of a mentor's page, if the public may see it."""
    return _profile(page, page.help_with, page.about, page.references)


@document_mapper(ExpertPage)
def expert(page: ExpertPage) -> DocumentData | None:
    """The document of an expert's page, if the public may see it."""
    return _profile(page, page.help_with, page.services, page.equipment, page.about, page.references)


@dependants_of(Person)
def pages_about(person: Person) -> Iterable[ProfilePage]:
    """The pages that show the facts of `person`."""
    return chain(person.mentorpages.all(), person.expertpages.all())


def _profile(page: ProfilePage, *words: str) -> DocumentData | None:
    if not page.is_shown:
        return None
    person, place = page.person, page.person.place
    _site, _root, path = page.get_url_parts()
    return DocumentData(
        kind=page.kind,
        object_key=str(page.translation_key),
        locale=page.language,
        language=page.words_language,
        url=path,
        title=person.full_name,
        summary=page.headline,
        text="\n\n".join(filter(None, [*words, person.employer, *place_names(place, page.language)])),
        topics=sorted(person.topics.slugs()),
        region=place.region.code,
        country=place.country,
    )
