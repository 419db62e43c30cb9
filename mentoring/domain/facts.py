"""The facts about a person, as lines that a reader understands."""

from django.utils import formats
from django.utils.translation import gettext as _

from portal.core.enums import Country
from portal.members.domain.languages import languages_line
from portal.members.models import Person

#: the language of what people wrote about their work, which is one text for all readers
LANGUAGES: dict[str, str] = {Country.GERMANY: "de", Country.CZECHIA: "cs"}


def facts_of(person: Person, language: str, company_url: str = "") -> list[dict[str, str]]:
    """{"label", "value", "url", "lang"} as `{% ui "facts" %}` takes them; what is not known is left out."""
    confirmed = person.last_confirmed_on
    lines = [
        (_("Place"), _place(person)),
        (_("Languages"), languages_line((row.language, row.level) for row in person.languages.all())),
        (_("Formats"), _labels(person, "formats")),
        (_("Meets you"), meeting_places(person)),
        (_("Company sizes"), _labels(person, "company_sizes")),
        (_("Sectors"), ", ".join(sector.label for sector in person.sectors.all())),
        (_("Details confirmed"), formats.date_format(confirmed) if confirmed else ""),
    ]
    work = {
        "label": _("Works at"),
        "value": person.employer,
        "url": company_url,
        "lang": LANGUAGES[person.country],
    }
    if person.company:
        work["value"] = person.company.name
    if work["lang"] == language:
        work["lang"] = ""
    facts = [work, *({"label": label, "value": value} for label, value in lines)]
    return [fact for fact in facts if fact["value"]]


def meeting_places(person: Person) -> str:
    """Where one can meet: online, on site within a radius, or both."""
    ways = [_("online")] if person.online else []
    if person.on_site_radius:
        ways.append(_("on site within %(km)s km") % {"km": person.on_site_radius})
    return ", ".join(ways)


def _place(person: Person) -> str:
    return ", ".join(dict.fromkeys([person.place.label, person.place.region.label]))


def _labels(person: Person, field: str) -> str:
    labels = person._meta.get_field(field).labels(getattr(person, field))  # type: ignore[union-attr] # a ChoiceListField
    return ", ".join(map(str, labels))
