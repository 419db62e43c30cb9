"""The facts about a company, as lines that a reader understands."""

from django.utils.translation import gettext as _

from portal.members.models import Company


def facts_about(company: Company) -> list[dict[str, str]]:
    """{"label", "value", "url"} as `{% ui "facts" %}` takes them; what is not known is left out."""
    lines = [
        (_("Place"), ", ".join(dict.fromkeys([company.place.label, company.place.region.label]))),
        (_("Sector"), company.sector.label if company.sector else ""),
        (_("Size"), str(company.get_size_display())),
        (_("Founded in"), str(company.founded or "")),
        (_("Languages"), _labels(company, "languages")),
        (_("Markets"), _labels(company, "markets")),
    ]
    facts = [{"label": label, "value": value} for label, value in lines if value]
    if company.website:
        facts.append({"label": _("Website"), "value": _bare(company.website), "url": company.website})
    return facts


def _labels(company: Company, field: str) -> str:
    labels = company._meta.get_field(field).labels(getattr(company, field))  # type: ignore[union-attr] # a ChoiceListField
    return ", ".join(map(str, labels))


def _bare(url: str) -> str:
    return url.split("://", 1)[-1].rstrip("/")
