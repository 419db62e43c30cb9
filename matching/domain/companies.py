"""Companies that share topics."""

from collections.abc import Iterable

from django.db.models.functions import Lower

from knowledge.models.querysets import carrying
from matching.domain.asked import read_need
from matching.domain.needs import NeedFacts
from matching.domain.scoring import Candidate, rank
from matching.models import CompanyPage, CompanyQuerySet
from portal.members.models import Company, CompanyTopic
from portal.topics.domain.shown import shown_topics, with_topics


def companies_like(company: Company, language: str, limit: int) -> list[CompanyPage]:
    """Pages in the tree of `language` of companies on the other side of the border that share topics with `company`.

    Ranked as people are (`matching.domain.scoring`), by the rarity of what they share. Five queries.
    """
    facts = NeedFacts(seed=f"company:{company.pk}")
    topics = [topic.pk for topic in shown_topics(company)]
    asked = read_need(facts, topics, language, Company)
    carried = asked.carried(without=[company.pk])
    across = (
        CompanyPage.objects.shown().in_language(language).exclude(company__place__country=company.country)
    )
    keys = across.filter(company__in=list(carried)).values_list("company", flat=True)
    candidates = [Candidate(key, frozenset(carried[key])) for key in keys] if carried else []
    return pages_of([candidate.key for candidate, _score in rank(asked.need, candidates, limit)], across)


def companies_with_topic(topic: str, language: str, limit: int) -> list[CompanyPage]:
    """Pages of companies that carry `topic` (a slug) or a narrower one, by name; their topics are not read."""
    carriers = CompanyTopic.objects.filter(carrying([topic])).values("content_object")
    pages = CompanyPage.objects.shown().in_language(language).filter(company__in=carriers)
    return list(pages.for_cards().order_by(Lower("title"), "pk")[:limit])


def pages_of(keys: list[int], pages: CompanyQuerySet) -> list[CompanyPage]:
    """The pages among `pages` of the companies `keys`, in that order, with what a card shows."""
    if not keys:
        return []
    found = {page.company_id: page for page in pages.for_cards().filter(company__in=keys)}
    return _with_topics(found[key] for key in keys if key in found)


def _with_topics(pages: Iterable[CompanyPage]) -> list[CompanyPage]:
    pages = list(pages)
    with_topics([page.company for page in pages])
    return pages
