"""Closed lists that every app shares."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Country(TextChoices):
    """The two sides of the border, by ISO 3166-1 code."""

    GERMANY = "DE", _("Germany")
    CZECHIA = "CZ", _("Czechia")


class SpokenLanguage(TextChoices):
    """Languages that people of the region work in, by ISO 639-1 code."""

    GERMAN = "de", _("German")
    CZECH = "cs", _("Czech")
    ENGLISH = "en", _("English")
    POLISH = "pl", _("Polish")
    SORBIAN = "hsb", _("Sorbian")
    SLOVAK = "sk", _("Slovak")
    UKRAINIAN = "uk", _("Ukrainian")
    RUSSIAN = "ru", _("Russian")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")


class SizeClass(TextChoices):
    """Company sizes of the EU recommendation 2003/361/EC (employees)."""

    MICRO = "micro", pgettext_lazy("company size", "fewer than 10 people")
    SMALL = "small", pgettext_lazy("company size", "10 to 49 people")
    MEDIUM = "medium", pgettext_lazy("company size", "50 to 249 people")


class Market(TextChoices):
    """Where companies of the region sell, by ISO 3166-1 code."""

    GERMANY = "DE", _("Germany")
    CZECHIA = "CZ", _("Czechia")
    AUSTRIA = "AT", _("Austria")
    POLAND = "PL", _("Poland")
    SLOVAKIA = "SK", _("Slovakia")
    HUNGARY = "HU", _("Hungary")
    SWITZERLAND = "CH", _("Switzerland")
    FRANCE = "FR", _("France")
    ITALY = "IT", _("Italy")
    NETHERLANDS = "NL", _("Netherlands")
    SWEDEN = "SE", _("Sweden")
    UNITED_KINGDOM = "GB", _("United Kingdom")
    UNITED_STATES = "US", _("United States")
