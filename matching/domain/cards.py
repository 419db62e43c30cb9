"""What cards of people and companies say, in the words of the reader's language."""

from collections.abc import Collection, Iterable
from typing import Any, NotRequired, TypedDict

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from matching.domain.candidates import Profile
from matching.domain.people import Helper
from matching.domain.vocabulary import Vocabulary
from portal.members.domain.languages import languages_line
from portal.members.enums import SPEAKS, LanguageLevel

#: how many topics a card shows
TOPICS = 4


class Chip(TypedDict):
    label: str
    style: NotRequired[str]
    url: NotRequired[str]


class PersonCard(TypedDict):
    """The attributes of `{% ui "person_card" %}`."""

    name: str
    url: str
    initials: str
    side: str
    headline: str
    headline_lang: str
    place: str
    languages: str
    chips: list[Chip]
    why: list[dict[str, str]]
    status: str
    status_style: str
    photo: Any


def person_card(
    profile: Profile,
    language: str,
    *,
    languages: Iterable[tuple[str, int]],
    chips: Iterable[Chip] = (),
    why: Iterable[dict[str, str]] = (),
) -> PersonCard:
    """The card of a person; badges stand before the other chips."""
    person = profile.person
    status, style = free_places(profile)
    return {
        "name": person.full_name,
        "url": profile.url,
        "initials": person.initials,
        "side": person.country,
        "headline": profile.headline,
        "headline_lang": "" if profile.language == language else profile.language,
        "place": person.place.label,
        "languages": languages_line(languages),
        "chips": [*badges(profile), *chips],
        "why": list(why),
        "status": status,
        "status_style": style,
        "photo": person.photo,
    }


def badges(profile: Profile) -> list[Chip]:
    """What the person is here."""
    found: list[Chip] = []
    if profile.is_mentor:
        found.append({"label": pgettext("badge", "Mentoring"), "style": "outline"})
    if profile.is_expert:
        found.append({"label": pgettext("badge", "Expertise"), "style": "outline"})
    return found


def free_places(profile: Profile) -> tuple[str, str]:
    """Whether a mentor can take somebody on, as (sentence, style); nothing for people who are experts alone."""
    person = profile.person
    if not profile.is_mentor:
        return "", ""
    if person.paused_until and person.is_paused():
        return _("Free again from %(date)s") % {"date": formats.date_format(person.paused_until)}, "full"
    if not person.places:
        return _("No free place at present"), "full"
    places = ngettext("%(count)s free place", "%(count)s free places", person.places)
    return places % {"count": person.places}, "free"


def topic_chips(
    topics: Iterable[int],
    vocabulary: Vocabulary,
    list_of_topics: str,
    hits: Collection[int] = (),
    limit: int = TOPICS,
) -> list[Chip]:
    """Chips of topics, linked to their pages below the address `list_of_topics` ("": not linked).

    Those in `hits` come first and are marked; the number of those that find no room stands at the end.
    """
    terms = sorted(vocabulary.sorted(topics), key=lambda term: term.pk not in hits)
    chips: list[Chip] = [
        {
            "label": term.label,
            "style": "hit" if term.pk in hits else "",
            "url": f"{list_of_topics}{term.address}/" if list_of_topics else "",
        }
        for term in terms[:limit]
    ]
    if len(terms) > limit:
        chips.append({"label": f"+{len(terms) - limit}", "style": "outline"})
    return chips


def reasons(helper: Helper, language: str) -> list[dict[str, str]]:
    """Why somebody is shown, each with the style of its line."""
    lines = []
    if helper.hits:
        lines.append({"style": "part-topics", "text": _("Shared topics: %(n)s") % {"n": len(helper.hits)}})
    if related := helper.topics - helper.hits:
        lines.append({"style": "part-topics", "text": _("Related topics: %(n)s") % {"n": len(related)}})
    if helper.across_the_border:
        lines.append({"style": "part-border", "text": _("From the other side of the border")})
    lines.append(speaks(helper.language_level, language))
    return lines


def speaks(level: int, language: str) -> dict[str, str]:
    """Whether the reader can talk with somebody in `language`."""
    name = {"language": SPEAKS[language]}
    if level == LanguageLevel.WORKS_IN:
        return {"style": "ok", "text": _("Speaks %(language)s") % name}
    if level == LanguageLevel.UNDERSTANDS:
        return {"style": "ok", "text": _("Understands %(language)s") % name}
    return {"style": "missing", "text": _("Does not speak %(language)s; an interpreter can help") % name}
