"""Partners, companies, people and sign-ins of the demo."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from home.domain.demo.files import FILES, LANGUAGES, read_yaml, rows
from home.domain.site import section
from matching.models import CompanyPage
from mentoring.models import ExpertPage, MentorPage, ProfilePage
from portal.accounts.domain.users import confirm_address
from portal.accounts.models import User
from portal.contributions.models import ContributedPage
from portal.core.domain.publishing import existing_pages, key_of, publish_in_languages
from portal.members.domain.companies import found, join
from portal.members.enums import LanguageLevel
from portal.members.models import Company, Coordinator, Membership, Organisation, Person, PersonLanguage
from portal.topics.models import Place, Sector, Topic

PASSWORD = "Elbe-Labe-2026"  # noqa: S105 - the demo's documented password, for localhost only
PROFILES: dict[str, type[ProfilePage]] = {"mentor": MentorPage, "expert": ExpertPage}


def company_of(key: str | None) -> Company | None:
    """The company that the demo calls `key`."""
    page = CompanyPage.objects.filter(translation_key=key_of("company", key)).first() if key else None
    return page.company if page else None


def person_of(key: str) -> Person | None:
    """The person whom the demo calls `key`."""
    for page_class in PROFILES.values():
        if page := page_class.objects.filter(translation_key=key_of(page_class.kind, key)).first():
            return page.person
    return None


def load_organisations() -> Iterator[str]:
    """The five partners."""
    for row in read_yaml(FILES / "organisations.yaml"):
        _organisation, created = Organisation.objects.get_or_create(
            slug=row["key"],
            defaults={
                "names": row["name"],
                "descriptions": row["description"],
                "short_name": row["short_name"],
                "place": _place(row["place"]),
                "website": row["website"],
                "email": row["email"],
                "is_lead": row["lead"],
            },
        )
        if created:
            yield f"organisations/{row['key']}"


@transaction.atomic
def load_companies() -> Iterator[str]:
    """Companies with their pages."""
    for row in rows("companies"):
        if company_of(row["key"]):
            continue
        company = Company.objects.create(
            name=row["name"],
            register_number=row["register_number"],
            place=_place(row["place"]),
            size=row["size"],
            sector=Sector.objects.get(code=row["sector"]),
            founded=row["founded"],
            languages=row["languages"],
            markets=row["markets"],
            website=row["website"],
            home_partner=Organisation.objects.get(slug=row["home_partner"]),
            verified_on=row["verified_on"],
        )
        company.topics.set(Topic.objects.filter(slug__in=row["topics"]))
        _publish(CompanyPage, row, {"company": company, "title": row["name"]}, "companies")
        yield f"companies/{row['key']}"


@transaction.atomic
def load_people() -> Iterator[str]:
    """Mentors and experts with their pages."""
    for row in rows("people"):
        if person_of(row["key"]):
            continue
        person = _person(row)
        for role in row["roles"]:
            _publish(PROFILES[role], row, {"person": person, "title": person.full_name}, "mentors")
        yield f"people/{row['key']}"


def load_users() -> Iterator[str]:
    """The demo's sign-ins, each with a verified address: those of the file, and one for every mentor without an account."""
    password = make_password(PASSWORD)
    for row in [*read_yaml(FILES / "users.yaml"), *_mentors()]:
        if User.objects.filter(email=row["email"]).exists():
            continue
        is_administrator = row["role"] == "administrator"
        # hashed once for all, for that takes longer than the rest
        user = User.objects.create(
            email=row["email"],
            password=password,
            name=row["name"],
            language=row["language"],
            is_staff=is_administrator,
            is_superuser=is_administrator,
        )
        confirm_address(user)
        _give_role(user, row)
        yield row["email"]


def _mentors() -> Iterator[dict[str, Any]]:
    """A sign-in for every mentor, like those of the file; who has one there keeps it."""
    known = {row.get("person") for row in read_yaml(FILES / "users.yaml")}
    for row in rows("people"):
        if "mentor" in row["roles"] and row["key"] not in known:
            yield {
                "email": f"{row['key'].replace('-', '.', 1)}@net4digi.example",
                "name": row["name"],
                "role": "mentor",
                "person": row["key"],
                "language": row["words_language"],
            }


def _give_role(user: User, row: Mapping[str, Any]) -> None:
    match row["role"]:
        case "editor" | "translator" | "coordinator":
            user.groups.add(Group.objects.get(name=f"{row['role'].title()}s"))
        case "mentor":
            pages = MentorPage.objects.filter(translation_key=key_of(MentorPage.kind, row["person"]))
            Person.objects.filter(pk__in=pages.values("person"), user=None).update(user=user)
        case "member" if company := company_of(row["company"]):
            Membership.objects.create(user=user, company=company, confirmed_on=company.verified_on)
        case "founder":
            found(user, **{**row["company"], "place": _place(row["company"]["place"])})
        case "newcomer" if company := company_of(row["company"]):
            join(user, company)
    if row["role"] == "coordinator":
        Coordinator.objects.create(user=user, organisation=Organisation.objects.get(slug=row["organisation"]))


def _person(row: Mapping[str, Any]) -> Person:
    person = Person.objects.create(
        name=row["name"],
        title=row["title"],
        employer=row["employer"],
        company=company_of(row["company"]),
        home_partner=Organisation.objects.get(slug=row["home_partner"]),
        place=_place(row["place"]),
        company_sizes=row["company_sizes"],
        formats=row["formats"],
        online=row["online"],
        on_site_radius=row["on_site_radius_km"],
        places=row["places"],
        paused_until=row["paused_until"],
        verified_on=row["verified_on"],
        last_confirmed_on=row["verified_on"],
    )
    person.topics.set(Topic.objects.filter(slug__in=row["topics"]))
    person.sectors.set(Sector.objects.filter(code__in=row["sectors"]))
    PersonLanguage.objects.bulk_create(
        PersonLanguage(person=person, language=language, level=LanguageLevel[level.upper()])
        for language, level in row["languages"].items()
    )
    return person


def _publish(
    page_class: type[ContributedPage], row: Mapping[str, Any], facts: dict[str, Any], name: str
) -> None:
    key = key_of(page_class.kind, row["key"])
    if existing_pages(page_class, key):
        return
    fields = {field.name for field in page_class._meta.get_fields()}
    pages = {}
    for code in LANGUAGES:
        own = row.get("words_language", LANGUAGES[0])
        written_in = code if code in row["words"] else own
        words = {name: value.strip() for name, value in row["words"][written_in].items() if name in fields}
        slug = row["key"] if page_class is not ExpertPage else f"{row['key']}-{page_class.kind}"
        pages[code] = page_class(slug=slug, written_in=written_in, **facts, **words)
    publish_in_languages(pages, section(name), key)


def _place(name: str) -> Place:
    place = Place.objects.filter(name=name).order_by("-population").first()
    if place is None:
        raise Place.DoesNotExist(f"no place is called {name}")
    return place
