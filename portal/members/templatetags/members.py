"""The reader's companies, for any page."""

from django import template

from portal.members.domain.mine import MyCompanies, companies_of

register = template.Library()


@register.simple_tag(takes_context=True)
def my_companies(context: template.Context) -> MyCompanies:
    """The reader's companies and the colleagues who wait for them, as members/parts/companies.html shows them."""
    user = context["request"].user
    return companies_of(user) if user.is_authenticated else MyCompanies([], [])
