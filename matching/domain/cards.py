"""What cards of people and companies say, in the words of the reader's language."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NotRequired, TypedDict

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from matching.domain.candidates import Profile
from matching.domain.people import Helper
from matching.domain.relaxing import SIMILAR, Fitting, Way
from matching.domain.scoring import DAYS_TO_ANSWER
from matching.domain.vocabulary import Vocabulary
from portal.core.enums import SpokenLanguage
from portal.members.domain.languages import languages_line
from portal.members.enums import SPEAKS, LanguageLevel, Meeting, MentoringFormat

#: how many topics a card shows
TOPICS = 4
#: between two parts of a bar, and what is left of its length for three of them, in per cent
GAP = 1
LENGTH = 100 - 2 * GAP


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
    bar: list[dict[str, Any]]
    status: str
    status_style: str
    habit: str
    photo: Any


def person_card(
    profile: Profile,
    language: str,
    *,
    languages: Iterable[tuple[str, int]],
    chips: Iterable[Chip] = (),
    why: Iterable[dict[str, str]] = (),
    bar: Iterable[dict[str, Any]] = (),
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
        "bar": list(bar),
        "status": status,
        "status_style": style,
        "habit": habit(profile),
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
    if not (free := profile.free_places):
        return _("No free place at present"), "full"
    places = ngettext("%(count)s free place", "%(count)s free places", free)
    return places % {"count": free}, "free"


def habit(profile: Profile) -> str:
    """How soon a mentor usually answers; nothing of those of whom that is not known, or who need all the time there is."""
    days = profile.answers_within
    if not profile.is_mentor or days is None or days >= DAYS_TO_ANSWER:
        return ""
    return ngettext("usually answers within %(n)s day", "usually answers within %(n)s days", days) % {
        "n": days
    }


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


def reasons(helper: Helper) -> list[dict[str, str]]:
    """Why somebody is shown and what is missing, each with the style of its line, in the reader's language.

    How many places are free is not among it: that is the status of the card (`free_places`).
    """
    lines = [*_knowledge(helper)]
    if helper.across_the_border:
        lines.append({"style": "part-border", "text": _("From the other side of the border")})
    lines += [_speaks(helper), *_meets(helper), *_format(helper)]
    return lines


def way_text(way: Way) -> str:
    """What asking for less would add: "with English: 4 more"."""
    texts = {
        "languages": ngettext("With %(language)s: %(n)s more", "With %(language)s: %(n)s more", way.more),
        "interpreting": ngettext("With interpreting: %(n)s more", "With interpreting: %(n)s more", way.more),
        "meeting": ngettext("Online or on site: %(n)s more", "Online or on site: %(n)s more", way.more),
    }
    language = SpokenLanguage(way.value).label if way.field == "languages" else ""
    return texts[way.field] % {"n": way.more, "language": language}


def fitting_lines(fitting: Fitting) -> dict[str, Any]:
    """How many fit, and what more there would be, as `matching/parts/fitting.html` takes it."""
    return {
        "count": fitting.count,
        "ways": [{"code": way.code, "text": way_text(way)} for way in fitting.ways],
    }


def bar(helper: Helper) -> list[dict[str, Any]]:
    """How the score adds up, as `{% ui "bar" %}` takes it: for each part that has a colour, its share of a perfect match."""
    parts, start = [], 0.0
    perfect = 1 + helper.weights.text + helper.weights.border
    for name, worth in (
        ("topics", helper.score.topics),
        ("text", helper.score.text),
        ("border", helper.score.border),
    ):
        if width := round(LENGTH * worth / perfect, 1):
            parts.append({"part": name, "start": round(start, 1), "width": width})
            start += width + GAP
    return parts


def _knowledge(helper: Helper) -> Iterator[dict[str, str]]:
    if helper.hits:
        yield {"style": "part-topics", "text": _("Shared topics: %(n)s") % {"n": len(helper.hits)}}
    if related := helper.topics - helper.hits:
        yield {"style": "part-topics", "text": _("Related topics: %(n)s") % {"n": len(related)}}
    if helper.score.text >= helper.weights.text * SIMILAR:
        yield {"style": "part-text", "text": _("The profile fits the description")}
    elif helper.score.text:
        yield {"style": "part-text", "text": _("The profile mentions something similar")}


def _speaks(helper: Helper) -> dict[str, str]:
    """Whether the two can talk with each other."""
    language, level = helper.common_language
    if level == LanguageLevel.WORKS_IN:
        return {"style": "ok", "text": _("Speaks %(language)s") % {"language": SPEAKS[language]}}
    if level == LanguageLevel.UNDERSTANDS:
        return {"style": "ok", "text": _("Understands %(language)s") % {"language": SPEAKS[language]}}
    asked = list(helper.need.spoken)
    if len(asked) != 1:
        return {"style": "missing", "text": _("No common language; an interpreter can help")}
    name = {"language": SPEAKS[asked[0]]}
    return {"style": "missing", "text": _("Does not speak %(language)s; an interpreter can help") % name}


def _meets(helper: Helper) -> Iterator[dict[str, str]]:
    """Whether they can meet in the way that was asked for, and how far away the person is."""
    if not helper.can_meet:
        yield {"style": "missing", "text": _lacks_meeting(helper)}
    elif helper.comes_on_site and helper.need.meeting != Meeting.ONLINE:
        yield {"style": "ok", "text": _("Meets on site, %(km)s km away") % _away(helper)}
    elif helper.distance_km is not None or helper.need.meeting == Meeting.ONLINE:
        yield {"style": "ok", "text": _("Meets online")}


def _lacks_meeting(helper: Helper) -> str:
    if helper.need.meeting == Meeting.ONLINE:
        return _("Meets on site only")
    if helper.profile.person.on_site_radius:
        return _("%(km)s km away, meets on site within %(radius)s km") % _away(helper)
    return _("%(km)s km away, meets online only") % _away(helper)


def _away(helper: Helper) -> dict[str, Any]:
    km = round(helper.distance_km or 0)
    return {"km": formats.number_format(km, decimal_pos=0), "radius": helper.profile.person.on_site_radius}


def _format(helper: Helper) -> Iterator[dict[str, str]]:
    if asked := helper.need.format:
        name = {"format": MentoringFormat(asked).label}
        if asked in helper.profile.person.formats:
            yield {"style": "ok", "text": _("Offers: %(format)s") % name}
        else:
            yield {"style": "missing", "text": _("Does not offer: %(format)s") % name}
