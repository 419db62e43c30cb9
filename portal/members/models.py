"""Facts about partners, companies and people: one language-neutral row each. What readers read about them are pages."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from portal.core.enums import Market, SizeClass, SpokenLanguage
from portal.core.fields import ChoiceListField
from portal.core.models import NamedInLanguages, PortalImage
from portal.members.enums import LanguageLevel, MentoringFormat
from portal.topics.models import Place, Sector, Topic


class Organisation(NamedInLanguages):
    """A partner of the project (BSO): the home of its region's companies and mentors."""

    slug = models.SlugField(_("key"), unique=True)
    short_name = models.CharField(_("short name"), max_length=60)
    descriptions = models.JSONField(_("descriptions"), default=dict, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(
        _("address of the desk"), blank=True, help_text=_("Where replies to the portal's mails go.")
    )
    is_lead = models.BooleanField(_("lead partner"), default=False)

    class Meta:
        ordering = ["-is_lead", "short_name"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def description_in(self, language: str) -> str:
        """What the partner does, in `language`."""
        return self.descriptions.get(language) or self.descriptions.get(settings.LANGUAGE_CODE, "")


class VerifiableQuerySet(models.QuerySet):
    """The words for what a coordinator has checked."""

    def verified(self) -> Self:
        """Only what a coordinator has verified: nothing else shows in public."""
        return self.filter(verified_on__isnull=False)


class Verifiable(models.Model):
    """A row that shows in public only after a coordinator of the home partner has verified it."""

    home_partner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("home partner")
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("verified by"),
    )
    created_at = models.DateTimeField(_("entered on"), default=timezone.now, editable=False)

    objects = VerifiableQuerySet.as_manager()

    class Meta:
        abstract = True


class CompanyTopic(ItemBase):
    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="company_items")
    content_object = models.ForeignKey("Company", on_delete=models.CASCADE, related_name="topic_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="company_topic_once")]


class Company(Verifiable):
    """A small or medium-sized enterprise."""

    name = models.CharField(_("name"), max_length=200)
    register_number = models.CharField(
        _("register number"),
        max_length=40,
        blank=True,
        help_text=_("HRB, HRA, VAT ID or IČO; many firms have none."),
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="companies", verbose_name=_("place")
    )
    size = models.CharField(_("size"), max_length=10, choices=SizeClass.choices)
    sector = models.ForeignKey(
        Sector,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="companies",
        verbose_name=_("sector"),
    )
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    languages = ChoiceListField(_("languages"), of=SpokenLanguage)
    markets = ChoiceListField(_("markets"), of=Market)
    website = models.URLField(_("website"), blank=True)
    topics = TaggableManager(through=CompanyTopic, blank=True, verbose_name=_("topics"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("company")
        verbose_name_plural = _("companies")

    def __str__(self) -> str:
        return self.name

    @property
    def country(self) -> str:
        """The side of the border, by ISO code."""
        return self.place.country


class Membership(models.Model):
    """A user belongs to a company, once a member of it or a coordinator has confirmed so."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("account"),
    )
    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("company")
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("entered on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "company"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.company}"


class Coordinator(models.Model):
    """A user who looks after companies and people on behalf of a partner."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="coordinator",
        verbose_name=_("account"),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="coordinators", verbose_name=_("partner")
    )

    class Meta:
        verbose_name = _("coordinator")
        verbose_name_plural = _("coordinators")

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation.short_name})"


class PersonTopic(ItemBase):
    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="person_items")
    content_object = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="topic_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="person_topic_once")]


def is_paused(until: date | None, today: date) -> bool:
    """Whether a pause `until` a day still lasts on `today`; on that day itself it is over."""
    return until is not None and until > today


class Person(Verifiable):
    """Somebody who knows something: a mentor, an expert, or both."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
        verbose_name=_("account"),
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150)
    title = models.CharField(_("academic title"), max_length=40, blank=True)
    photo = models.ForeignKey(
        PortalImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("photo"),
    )
    employer = models.CharField(_("works at"), max_length=150, blank=True)
    company = models.ForeignKey(
        Company,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
        verbose_name=_("company"),
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="people", verbose_name=_("place"))
    topics = TaggableManager(through=PersonTopic, blank=True, verbose_name=_("topics"))
    sectors = models.ManyToManyField(Sector, blank=True, related_name="people", verbose_name=_("sectors"))
    company_sizes = ChoiceListField(_("company sizes"), of=SizeClass)
    formats = ChoiceListField(_("formats"), of=MentoringFormat)
    online = models.BooleanField(_("online"), default=True)
    on_site_radius = models.PositiveSmallIntegerField(
        _("on site within (km)"), default=0, help_text=_("0: only online.")
    )
    places = models.PositiveSmallIntegerField(
        _("places"), default=2, help_text=_("How many companies at the same time.")
    )
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    phone = models.CharField(
        _("telephone"), max_length=40, blank=True, help_text=_("Shown to a company once you work together.")
    )
    excluded_companies = models.ManyToManyField(
        Company,
        blank=True,
        related_name="+",
        verbose_name=_("takes no requests from"),
        help_text=_("For example competitors."),
    )
    last_confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.full_name

    @property
    def titles(self) -> tuple[str, str]:
        """The academic titles before the name and behind it; the comma that parts them stands in the field."""
        before, _comma, behind = self.title.partition(",")
        return before.strip(), behind.strip()

    @property
    def full_name(self) -> str:
        """The name between its academic titles: Ing. Eva Malá, Ph.D."""
        before, behind = self.titles
        return ", ".join(filter(None, [f"{before} {self.name}".strip(), behind]))

    @property
    def initials(self) -> str:
        """Two letters that stand in for a photo."""
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @property
    def country(self) -> str:
        """The side of the border, by ISO code."""
        return self.place.country

    def is_paused(self, today: date | None = None) -> bool:
        """Whether the person takes nobody on at present (`today` in local time)."""
        return bool(self.paused_until) and is_paused(self.paused_until, today or timezone.localdate())


class PersonLanguage(models.Model):
    """A language that a person knows, and how well."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=10, choices=SpokenLanguage.choices)
    level = models.PositiveSmallIntegerField(
        _("level"), choices=LanguageLevel.choices, default=LanguageLevel.WORKS_IN
    )

    class Meta:
        ordering = ["-level", "language"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [
            models.UniqueConstraint(fields=["person", "language"], name="language_once_per_person")
        ]

    def __str__(self) -> str:
        return str(self.get_language_display())
