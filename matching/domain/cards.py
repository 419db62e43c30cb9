"""What cards of people and companies say, in the words of the reader's language."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any, NotRequired, TypedDict

from django.utils import formats
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

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


#: (style, text) of each
Lines = list[tuple[str, str]]
#: The language of the reader. To look up a text takes Django 10 µs, and a list of explained matches has hundreds, most of them the
#: same: so many of each kind are remembered for each reader.
Reader = str | None
REMEMBERED = 2_000


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
    reader, need, profile = get_language(), helper.need, helper.profile
    language, level = helper.common_language
    km = None if helper.distance_km is None else round(helper.distance_km)
    radius_km = profile.person.on_site_radius
    lines = (
        *_knowledge(reader, len(helper.hits), len(helper.topics - helper.hits)),
        *_profile(reader, helper.score.text > 0, helper.score.text >= helper.weights.text * SIMILAR),
        *_border(reader, helper.across_the_border),
        *_speaks(reader, language, level, next(iter(need.spoken)) if len(need.spoken) == 1 else ""),
        *(_meets if helper.can_meet else _lacks_meeting)(
            reader, need.meeting, helper.comes_on_site, km, radius_km
        ),
        *_format(reader, need.format, need.format in profile.person.formats),
    )
    return [{"style": style, "text": text} for style, text in lines]


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


@lru_cache(maxsize=REMEMBERED)
def _knowledge(_reader: Reader, shared: int, related: int) -> Lines:
    lines = []
    if shared:
        lines.append(("part-topics", _("Shared topics: %(n)s") % {"n": shared}))
    if related:
        lines.append(("part-topics", _("Related topics: %(n)s") % {"n": related}))
    return lines


@lru_cache(maxsize=REMEMBERED)
def _profile(_reader: Reader, mentions_it: bool, fits: bool) -> Lines:
    """How alike the profile and the description are."""
    if not mentions_it:
        return []
    text = _("The profile fits the description") if fits else _("The profile mentions something similar")
    return [("part-text", text)]


@lru_cache(maxsize=REMEMBERED)
def _border(_reader: Reader, is_across: bool) -> Lines:
    return [("part-border", _("From the other side of the border"))] if is_across else []


@lru_cache(maxsize=REMEMBERED)
def _speaks(_reader: Reader, language: str, level: int, only_asked: str) -> Lines:
    """Whether the two can talk with each other; `only_asked` is the one language that the asker speaks, "" if there are more."""
    if level == LanguageLevel.WORKS_IN:
        return [("ok", _("Speaks %(language)s") % {"language": SPEAKS[language]})]
    if level == LanguageLevel.UNDERSTANDS:
        return [("ok", _("Understands %(language)s") % {"language": SPEAKS[language]})]
    if not only_asked:
        return [("missing", _("No common language; an interpreter can help"))]
    name = {"language": SPEAKS[only_asked]}
    return [("missing", _("Does not speak %(language)s; an interpreter can help") % name)]


@lru_cache(maxsize=REMEMBERED)
def _meets(_reader: Reader, meeting: str, comes_on_site: bool, km: int | None, radius_km: int) -> Lines:
    """How they can meet, and how far away the person is."""
    if comes_on_site and meeting != Meeting.ONLINE:
        return [("ok", _("Meets on site, %(km)s km away") % _away(km, radius_km))]
    return [("ok", _("Meets online"))] if km is not None or meeting == Meeting.ONLINE else []


@lru_cache(maxsize=REMEMBERED)
def _lacks_meeting(
    _reader: Reader, meeting: str, _comes_on_site: bool, km: int | None, radius_km: int
) -> Lines:
    """Why they cannot meet in the way that was asked for."""
    if meeting == Meeting.ONLINE:
        return [("missing", _("Meets on site only"))]
    if radius_km:
        text = _("%(km)s km away, meets on site within %(radius)s km")
    else:
        text = _("%(km)s km away, meets online only")
    return [("missing", text % _away(km, radius_km))]


def _away(km: int | None, radius_km: int) -> dict[str, Any]:
    return {"km": formats.number_format(km or 0, decimal_pos=0), "radius": radius_km}


@lru_cache(maxsize=REMEMBERED)
def _format(_reader: Reader, asked: str, is_offered: bool) -> Lines:
    if not asked:
        return []
    name = {"format": MentoringFormat(asked).label}
    if is_offered:
        return [("ok", _("Offers: %(format)s") % name)]
    return [("missing", _("Does not offer: %(format)s") % name)]
