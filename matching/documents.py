"""What search finds of companies: their words, and the facts that stand in the Company row."""

from collections.abc import Iterable

from matching.models import CompanyPage
from portal.members.models import Company
from portal.topics.models import Place
from search.registry import DocumentData, dependants_of, document_mapper


@document_mapper(CompanyPage)
def company(page: CompanyPage) -> DocumentData | None:
    """The document of a company's page, if the public may see it."""
    if not page.is_shown:
        return None
    firm, place = page.company, page.company.place
    _site, _root, path = page.get_url_parts()
    return DocumentData(
        kind=page.kind,
        object_key=str(page.translation_key),
        locale=page.language,
        language=page.words_language,
        url=path,
        title=firm.name,
        summary=page.tagline,
        text="\n\n".join(
            filter(None, [page.offers, page.seeks, page.about, *place_names(place, page.language)])
        ),
        topics=sorted(firm.topics.slugs()),
        region=place.region.code,
        country=place.country,
    )


@dependants_of(Company)
def pages_about(firm: Company) -> Iterable[CompanyPage]:
    """The pages that show the facts of `firm`."""
    return firm.company_pages.all()


def place_names(place: Place, language: str) -> list[str]:
    """What readers of `language` and the inhabitants call a place."""
    return list(dict.fromkeys([place.name_in(language), place.name]))
