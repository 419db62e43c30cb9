"""The directory of mentors and experts: who is in it, and by what it can be narrowed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.domain.candidates import Profile, free_places
from matching.domain.facets import Values
from matching.domain.listing import TOPIC, Facet, Listing, region_labels, topic_values
from matching.domain.people import NEWEST_FIRST, Languages, languages_of, topics_of
from matching.domain.vocabulary import Vocabulary
from mentoring.domain.profiles import Profiles
from mentoring.models import ExpertPage, MentorPage
from portal.core.enums import Country, SpokenLanguage
from portal.members.models import is_paused

#: the value of a filter that is only on or off
YES = "yes"


COLUMNS = [
    "pk",
    "is_mentor",
    "is_expert",
    "user_id",
    "places",
    "taken",
    "paused_until",
    "online",
    "place__country",
    "place__region__code",
    "place__region__names",
]


@dataclass
class Facts:
    """What the list needs to know of everybody in it, in its order."""

    values: dict[int, Values]
    topics: dict[int, list[int]]
    languages: dict[int, Languages]
    #: the names of the regions that occur, by code
    regions: dict[str, str]


class Directory(Listing):
    """The people whom the reader asked for: free places first, then who confirmed last, then by name; four queries.

    The facts of all people are read at once and counted here: seven filters with their counts would be seven queries.
    """

    def __init__(self, language: str, query: QueryDict) -> None:
        self.language = language
        vocabulary = Vocabulary.in_language(language)
        self.facts = read_facts(language, vocabulary)
        super().__init__(self.facts.values, facets(self.facts), vocabulary, query)

    def profiles(self, keys: Iterable[int]) -> list[Profile]:
        """The profiles of the people `keys`, in that order; one query."""
        keys = list(keys)
        found = Profiles().profiles(keys, self.language) if keys else {}
        return [found[key] for key in keys if key in found]

    def hits(self, person: int) -> frozenset[int]:
        """The topics of a person that the reader asked for, by themselves or by a broader one."""
        asked = (self.vocabulary.by_slug[slug].pk for slug in self.chosen[TOPIC])
        return frozenset(self.facts.topics[person]).intersection(
            *[frozenset().union(*map(self.vocabulary.with_narrower, asked))]
        )


def facets(facts: Facts) -> list[Facet]:
    """The filters beside the topics."""
    return [
        Facet(
            "role",
            _("Role"),
            {MentorPage.kind: MentorPage.kind_label, ExpertPage.kind: ExpertPage.kind_label},
        ),
        Facet("language", _("Language"), dict(SpokenLanguage.choices)),
        Facet("country", _("Country"), dict(Country.choices)),
        Facet("region", _("Region"), facts.regions),
        Facet("free", _("Availability"), {YES: _("Free place")}),
        Facet("online", _("Where"), {YES: _("Online")}),
    ]


def read_facts(language: str, vocabulary: Vocabulary) -> Facts:
    """The facts of everybody who has a public profile in the tree of `language`; three queries."""
    rows = list(Profiles().shown(language).order_by(*NEWEST_FIRST).values_list(*COLUMNS))
    keys = [row[0] for row in rows]
    topics, languages = topics_of(keys), languages_of(keys)
    slugs = topic_values(topics, vocabulary)
    today = timezone.localdate()
    values: dict[int, Values] = {
        key: {
            TOPIC: slugs[key],
            "role": _set(**{MentorPage.kind: is_mentor, ExpertPage.kind: is_expert}),
            "language": frozenset(spoken for spoken, _level in languages[key]),
            "country": frozenset([country]),
            "region": frozenset([region]),
            "free": _set(
                yes=free_places(is_mentor, account, places, taken, is_paused(paused_until, today)) > 0
            ),
            "online": _set(yes=online),
        }
        for key, is_mentor, is_expert, account, places, taken, paused_until, online, country, region, _names in rows
    }
    free_first = dict(sorted(values.items(), key=lambda row: not row[1]["free"]))
    regions = region_labels(((region, names, country) for *_, country, region, names in rows), language)
    return Facts(free_first, topics, languages, regions)


def _set(**flags: bool) -> frozenset[str]:
    return frozenset(name for name, is_set in flags.items() if is_set)
