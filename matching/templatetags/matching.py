"""People and companies that fit what a page is about, as cards."""

from typing import Any

from django import template
from django.core.paginator import InvalidPage
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from knowledge.domain import linked_data
from matching.domain.cards import PersonCard, person_card, reasons, topic_chips
from matching.domain.companies import companies_like
from matching.domain.companies import companies_with_topic as companies_of
from matching.domain.company_facts import facts_about
from matching.domain.company_list import CompanyList
from matching.domain.listing import Listing
from matching.domain.people import people_with_topic as people_of
from matching.domain.people import who_can_help
from matching.models import CompanyPage
from portal.contributions.models import ContributedPage
from portal.core.domain.sections import section_urls
from portal.members.models import Company, Person

register = template.Library()


@register.simple_tag(takes_context=True)
def people_who_can_help(context: template.Context, page: Model, limit: int = 3) -> list[PersonCard]:
    """The people who know most about the topics of `page`, each with the reasons, as attributes of person cards."""
    about = facts_of(page)
    language, topics = get_language() or "", list_of_topics(context["request"])
    itself = [about.pk] if isinstance(about, Person) else []
    helpers, vocabulary = who_can_help(about, language, limit, without=itself)
    return [
        person_card(
            helper.profile,
            language,
            languages=helper.languages,
            chips=topic_chips(helper.topics, vocabulary, topics, helper.hits),
            why=reasons(helper),
        )
        for helper in helpers
    ]


@register.simple_tag
def people_with_topic(topic: Any, limit: int = 6) -> list[PersonCard]:
    """People who carry `topic` or a narrower one, as attributes of person cards; without chips, which would repeat it."""
    language = get_language() or ""
    carriers = people_of(topic.slug, language, limit)
    return [person_card(carrier.profile, language, languages=carrier.languages) for carrier in carriers]


@register.simple_tag
def companies_with_topic(topic: Any, limit: int = 6) -> list[CompanyPage]:
    """Pages of companies that carry `topic` or a narrower one, for `{% page_card %}` without chips."""
    return companies_of(topic.slug, get_language() or "", limit)


@register.simple_tag
def companies_across_the_border(page: CompanyPage, limit: int = 3) -> list[CompanyPage]:
    """Pages of companies on the other side that share topics with the company of `page`."""
    return companies_like(page.company, page.language, limit)


def facts_of(page: Model) -> Model:
    """What carries the topics of `page`: the row of facts behind a profile, or the page itself."""
    return getattr(page, page.facts_field) if isinstance(page, ContributedPage) else page


def list_of_topics(request: HttpRequest) -> str:
    """The address below which the topics have their pages, in the language of the reader; "" if there is none."""
    return section_urls(request, "topics").get(get_language() or "", "")


@register.simple_tag(takes_context=True)
def companies(context: template.Context) -> dict[str, Any]:
    """The list of companies as the query string asks for it; a page that there is not answers 404."""
    listing = CompanyList(get_language() or "", context["request"].GET)
    shown = list_context(listing, CompanyPage.kind)
    return {**shown, "pages": listing.pages(shown["page_obj"].object_list)}


@register.simple_tag
def company_facts(company: Company) -> list[dict[str, str]]:
    """The facts about a company as `{% ui "facts" %}` takes them."""
    return facts_about(company)


@register.simple_tag(takes_context=True)
def company_data(context: template.Context, page: CompanyPage) -> linked_data.Data:
    """The company as schema.org knows organisations, for `{% linked_data %}`."""
    url = context["request"].build_absolute_uri(page.get_url(context["request"]))
    return linked_data.company(page.company, page.tagline, url)


def list_context(listing: Listing, kind: str) -> dict[str, Any]:
    """What every list with filters shows; Http404 for a page that there is not.

    {"page_obj", "filters", "chosen", "relaxed", "search": what the search box asks for besides the words}
    """
    try:
        page = listing.page()
    except InvalidPage as error:
        raise Http404 from error
    return {
        "page_obj": page,
        "filters": listing.groups,
        "chosen": listing.chips,
        "relaxed": [] if listing.total else listing.relaxed(),
        "search": [{"name": "kind", "value": kind}],
    }
