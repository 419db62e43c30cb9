"""What a reader can find of the knowledge base."""

from typing import Any

from knowledge.models import CaseStudyPage, EventPage, GuidePage, NewsPage
from portal.core.domain.words import words_of
from portal.core.models import BasePage
from portal.topics.domain.shown import shown_topics
from portal.topics.models import Place
from search.registry import DocumentData, document_mapper


@document_mapper(GuidePage)
def guide(page: GuidePage) -> DocumentData | None:
    """A guide, for readers who have got so far."""
    return _document(page, text=words_of(page.body), published_on=page.published_on, level=page.level)


@document_mapper(NewsPage)
def news(page: NewsPage) -> DocumentData | None:
    """A news item."""
    return _document(page, text=words_of(page.body), published_on=page.published_on)


@document_mapper(CaseStudyPage)
def case_study(page: CaseStudyPage) -> DocumentData | None:
    """A case study is found by its company and its figures too."""
    firm = page.company
    figures = [f"{result.value['value']} {result.value['label']}" for result in page.results]
    text = "\n".join([firm.name if firm else "", *figures, words_of(page.body)])
    where = _where(firm.place) if firm else {}
    return _document(page, text=text, published_on=page.published_on, **{**where, "country": page.country})


@document_mapper(EventPage)
def event(page: EventPage) -> DocumentData | None:
    """An event is found by whatever people call its place, too."""
    place = page.place
    names = [page.venue, *place.names.values(), *place.other_names] if place else [page.venue]
    text = "\n".join([*dict.fromkeys(names), words_of(page.body)])
    when = {"starts_at": page.starts_at, "ends_at": page.ends_at}
    return _document(page, text=text, **when, **(_where(place) if place else {}))


def _document(page: BasePage, **facts: Any) -> DocumentData | None:
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
        topics=[topic.slug for topic in shown_topics(page)],
        **facts,
    )


def _where(place: Place) -> dict[str, str]:
    return {"region": place.region.code, "country": place.country}
