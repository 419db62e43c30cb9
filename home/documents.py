"""What a reader can find beside the knowledge base and the directories."""

from home.models import StandardPage
from portal.core.domain.words import words_of
from search.registry import DocumentData, document_mapper


@document_mapper(StandardPage)
def standard_page(page: StandardPage) -> DocumentData | None:
    """A page about the project or how things work."""
    if not page.live or page.get_view_restrictions().exists():
        return None
    _site, _root, path = page.get_url_parts()
    return DocumentData(
        kind=page.kind,
        object_key=str(page.translation_key),
        locale=page.language,
        language=page.words_language,
        url=path,
        title=page.title,
        summary=page.summary,
        text=words_of(page.body),
    )
