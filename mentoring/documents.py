"""What search finds of people: their words, and the facts that stand in the Person row."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import chain
from uuid import UUID

from django.db.models import OuterRef
from django.utils import timezone

from matching.documents import place_names
from matching.domain.candidates import free_places
from mentoring.models import ExpertPage, Invitation, MentorPage, ProfilePage
from portal.members.models import Person
from search.registry import DocumentData, available_now, dependants_of, document_mapper


@document_mapper(MentorPage)
def mentor(page: MentorPage) -> DocumentData | None:
    """The document of a mentor's page, if the public may see it."""
    return _profile(page, page.help_with, page.about, page.references)


@document_mapper(ExpertPage)
def expert(page: ExpertPage) -> DocumentData | None:
    """The document of an expert's page, if the public may see it."""
    return _profile(page, page.help_with, page.services, page.equipment, page.about, page.references)


@available_now(MentorPage.kind)
def with_a_free_place(keys: Collection[str] | None) -> Collection[str]:
    """The mentors whom a company could ask now, by the keys of their pages."""
    pages = MentorPage.objects.live().filter(person__verified_on__isnull=False)
    if keys is not None:
        pages = pages.filter(translation_key__in=[key for key in keys if is_uuid(key)])
    facts = pages.order_by().values_list(
        "translation_key",
        "person__user_id",
        "person__places",
        Invitation.objects.all().held_by(OuterRef("person")),
        "person__paused_until",
    )
    today = timezone.localdate()
    return {
        str(key)
        for key, account, places, taken, paused_until in facts
        if free_places(True, account, places, taken, paused_until, today)
    }


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


def is_uuid(key: str) -> bool:
    """Whether a page can have the key at all; an index holds whatever mappers gave it."""
    with suppress(ValueError):
        return bool(UUID(key))
    return False
