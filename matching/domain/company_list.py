"""The list of companies: which are in it, and by what it can be narrowed."""

from dataclasses import dataclass

from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from matching.domain.companies import pages_of
from matching.domain.facets import Values
from matching.domain.listing import TOPIC, Facet, Listing, region_labels, topic_values
from matching.domain.vocabulary import Vocabulary
from matching.models import CompanyPage
from portal.core.enums import Country, SizeClass, SpokenLanguage
from portal.members.models import CompanyTopic

COLUMNS = [
    "company",
    "company__size",
    "company__languages",
    "company__sector__code",
    "company__sector__names",
    "company__place__country",
    "company__place__region__code",
    "company__place__region__names",
]


@dataclass
class Facts:
    """What the list needs to know of all companies, in its order; the names of regions and sectors that occur."""

    values: dict[int, Values]
    regions: dict[str, str]
    sectors: dict[str, str]


class CompanyList(Listing):
    """The companies that the reader asked for, by name; three queries."""

    def __init__(self, language: str, query: QueryDict) -> None:
        self.language = language
        vocabulary = Vocabulary.in_language(language)
        facts = read_facts(language, vocabulary)
        super().__init__(facts.values, facets(facts), vocabulary, query)

    def pages(self, keys: list[int]) -> list[CompanyPage]:
        """The pages of the companies `keys`, in that order, ready for cards; two queries."""
        return pages_of(keys, CompanyPage.objects.shown().in_language(self.language))


def facets(facts: Facts) -> list[Facet]:
    """The filters beside the topics."""
    return [
        Facet("country", _("Country"), dict(Country.choices)),
        Facet("region", _("Region"), facts.regions),
        Facet("sector", _("Sector"), facts.sectors),
        Facet("size", _("Size"), dict(SizeClass.choices)),
        Facet("language", _("Language"), dict(SpokenLanguage.choices)),
    ]


def read_facts(language: str, vocabulary: Vocabulary) -> Facts:
    """The facts of every company that has a public page in the tree of `language`; two queries."""
    rows = list(
        CompanyPage.objects.shown().in_language(language).order_by(Lower("title"), "pk").values_list(*COLUMNS)
    )
    topics: dict[int, list[int]] = {row[0]: [] for row in rows}
    links = CompanyTopic.objects.filter(content_object__in=list(topics)).values_list(
        "content_object_id", "tag_id"
    )
    for company, topic in links:
        topics[company].append(topic)
    slugs = topic_values(topics, vocabulary)
    values: dict[int, Values] = {
        key: {
            TOPIC: slugs[key],
            "country": frozenset([country]),
            "region": frozenset([code]),
            "sector": frozenset([sector] if sector else []),
            "size": frozenset([size]),
            "language": frozenset(languages),
        }
        for key, size, languages, sector, _names, country, code, _region in rows
    }
    regions = region_labels(((code, names, country) for *_, country, code, names in rows), language)
    sectors = {code: names[language] for *_, code, names, _country, _code, _region in rows if code}
    return Facts(values, regions, dict(sorted(sectors.items(), key=lambda item: item[1])))
