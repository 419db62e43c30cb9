"""Profiles as cards, and the directory."""

from typing import Any

from django import template
from django.utils.translation import get_language

from knowledge.domain import linked_data
from matching.domain.candidates import Profile
from matching.domain.cards import (
    TOPICS,
    Chip,
    PersonCard,
    badges,
    free_places,
    habit,
    person_card,
    topic_chips,
)
from matching.templatetags.matching import list_context, list_of_topics
from mentoring.domain.directory import Directory
from mentoring.domain.facts import facts_of
from mentoring.domain.places import taken_places
from mentoring.domain.profiles import profile_of
from mentoring.models import ExpertPage, MentorPage, ProfilePage
from portal.core.domain.sections import section_urls
from portal.topics.domain.shown import shown_topics

register = template.Library()


@register.simple_tag(takes_context=True)
def directory(context: template.Context) -> dict[str, Any]:
    """The directory as the query string asks for it; a page that there is not answers 404."""
    request, language = context["request"], get_language() or ""
    listing = Directory(language, request.GET)
    shown = list_context(listing, MentorPage.kind)
    topics = list_of_topics(request)
    cards = []
    for someone in listing.profiles(shown["page_obj"].object_list):
        key = someone.person.pk
        chips = topic_chips(listing.facts.topics[key], listing.vocabulary, topics, listing.hits(key))
        cards.append(person_card(someone, language, languages=listing.facts.languages[key], chips=chips))
    return {**shown, "cards": cards}


@register.simple_tag(takes_context=True)
def profile_card(context: template.Context, page: ProfilePage) -> PersonCard:
    """The card of one profile page, for lists that mix kinds of pages."""
    topics = list_of_topics(context["request"])
    chips: list[Chip] = [
        {"label": topic.label, "url": f"{topics}{topic.address_in(get_language() or '')}/" if topics else ""}
        for topic in shown_topics(page.person)[:TOPICS]
    ]
    languages = [(row.language, row.level) for row in page.person.languages.all()]
    someone = profile_of(page, len(taken_places(page.person)))
    return person_card(someone, get_language() or "", languages=languages, chips=chips)


@register.simple_tag(takes_context=True)
def profile(context: template.Context, page: ProfilePage) -> dict[str, Any]:
    """What the page of a person shows beside their words.

    {"badges", "status", "status_style", "habit", "languages", "facts", "other": the other page about the same person, or None}
    """
    request, language, person = context["request"], get_language() or "", page.person
    mentors = section_urls(request, "mentors").get(language, "")
    companies = section_urls(request, "companies").get(language, "")
    company = f"{companies}{person.company_slug}/" if person.company_slug else ""
    slugs = {MentorPage.kind: person.mentor_slug, ExpertPage.kind: person.expert_slug}
    shown = Profile(
        person,
        url="",
        headline=page.headline,
        language=page.words_language,
        is_mentor=bool(person.mentor_slug),
        is_expert=bool(person.expert_slug),
        taken=person.taken,
        answers_within=person.answers_within,
    )
    status, style = free_places(shown)
    other = ExpertPage if isinstance(page, MentorPage) else MentorPage
    return {
        "badges": badges(shown),
        "status": status,
        "status_style": style,
        "habit": habit(shown),
        "facts": facts_of(person, language, company),
        "other": {"label": other.kind_label, "url": f"{mentors}{slugs[other.kind]}/"}
        if slugs[other.kind]
        else None,
    }


@register.simple_tag(takes_context=True)
def person_data(context: template.Context, page: ProfilePage) -> linked_data.Data:
    """The person as schema.org knows people, for `{% linked_data %}`."""
    url = context["request"].build_absolute_uri(page.get_url(context["request"]))
    return linked_data.person(page.person, page.headline, url)
