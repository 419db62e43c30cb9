"""What search finds of people: their words, and the facts that stand in the Person row."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.utils import timezone

from matching.documents import place_names
from matching.domain.candidates import free_places
from mentoring.domain.profiles import person_of
from mentoring.models import ExpertPage, Invitation, MentorPage, ProfilePage
from portal.core.domain.prepared import prepared
from portal.members.models import Person, is_paused
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
    """The mentors whom a company could ask now, by their keys."""
    if keys is None:
        facts = _places().all()
    else:
        known = [person for key in keys if (person := person_of(key)) is not None]
        facts = _places().rows("key", known) if known else []
    today = timezone.localdate()
    return {
        str(key)
        for key, account, places, taken, paused in facts
        if free_places(
            True, account, places, taken, bool(paused) and is_paused(date.fromisoformat(str(paused)), today)
        )
    }


@prepared
def _places() -> QuerySet[Any]:
    """(key, account, places, how many are taken, paused until) of all mentors with a public page."""
    facts = {
        "key": F("person"),
        "account": F("person__user_id"),
        "all_places": F("person__places"),
        "taken": Invitation.objects.all().held_by(OuterRef("person")),
        "paused": F("person__paused_until"),
    }
    pages = MentorPage.objects.live().filter(person__verified_on__isnull=False).order_by()
    return pages.annotate(**facts).values_list(*facts)


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
        # not of the page: so matching knows whom a document is about, see `profiles.person_of`
        object_key=str(person.pk),
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
