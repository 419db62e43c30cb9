"""Users, partners, companies and the people who know something."""

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.core.enums import SizeClass, SpokenLanguage
from portal.members.models import Company, Coordinator, Membership, Organisation, Person, PersonLanguage
from portal.topics.models import Place, Sector, Topic

PASSWORD = "correct-horse-battery"


def place(name: str) -> Place:
    """A place of the vocabulary by what its inhabitants call it; of several, the largest."""
    return Place.objects.filter(name=name).order_by("-population")[0]


class UserFactory(DjangoModelFactory):
    """Somebody with a confirmed mail address, who signs in with PASSWORD."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@example.org")
    name = factory.Sequence(lambda n: f"User {n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation
        django_get_or_create = ["slug"]

    slug = "bic-zwickau"
    short_name = "BIC Zwickau"
    names = factory.LazyAttribute(lambda partner: {"de": partner.short_name, "cs": partner.short_name})
    place = factory.LazyFunction(lambda: place("Zwickau"))


class CompanyFactory(DjangoModelFactory):
    class Meta:
        model = Company
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Werkstatt {n} GmbH")
    place = factory.LazyFunction(lambda: place("Zwickau"))
    size = SizeClass.SMALL
    sector = factory.LazyFunction(lambda: Sector.objects.get(code="C"))
    languages = [SpokenLanguage.GERMAN]
    home_partner = factory.SubFactory(OrganisationFactory)
    verified_on = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def topics(self, create, extracted, **kwargs):
        if create and extracted:
            self.topics.set(known_topics(extracted))


class CoordinatorFactory(DjangoModelFactory):
    """The seat of a coordinator; `.user` is who signs in, with the rights of the group."""

    class Meta:
        model = Coordinator
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)

    @factory.post_generation
    def group(self, create, extracted, **kwargs):
        if create and (group := Group.objects.filter(name="Coordinators").first()):
            self.user.groups.add(group)


class MembershipFactory(DjangoModelFactory):
    """A user of a company whom somebody has confirmed."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    company = factory.SubFactory(CompanyFactory)
    confirmed_on = factory.LazyFunction(timezone.localdate)


class PersonFactory(DjangoModelFactory):
    """A verified person who works in `languages`, with an account."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Jana Horká {n}")
    user = factory.SubFactory(UserFactory)
    place = factory.LazyFunction(lambda: place("Ústí nad Labem"))
    home_partner = factory.SubFactory(OrganisationFactory)
    verified_on = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def languages(self, create, extracted, **kwargs):
        for language in extracted or [SpokenLanguage.CZECH]:
            PersonLanguage.objects.create(person=self, language=language)

    @factory.post_generation
    def topics(self, create, extracted, **kwargs):
        if create and extracted:
            self.topics.set(known_topics(extracted))


def known_topics(slugs: list[str]) -> list[Topic]:
    """Topics of the vocabulary; a slug that it does not hold is an error, not an empty list."""
    return [Topic.objects.get(slug=slug) for slug in slugs]
