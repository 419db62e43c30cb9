"""Closed lists about people and companies."""

from enum import StrEnum

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.enums import SpokenLanguage


class LanguageLevel(IntegerChoices):
    """How well a person knows a language; ordered, so that levels can be compared."""

    UNDERSTANDS = 1, _("understands")
    WORKS_IN = 2, _("works in it")


class MentoringFormat(TextChoices):
    """What a mentor offers."""

    OFFICE_HOUR = "office_hour", _("office hour (30 minutes)")
    SINGLE_SESSION = "single_session", _("single session")
    MONTHS = "months", _("3 to 6 months")
    TANDEM = "tandem", _("tandem")


class Meeting(TextChoices):
    """Where a company wants to meet its mentor."""

    EITHER = "either", _("online or on site")
    ONLINE = "online", pgettext_lazy("meeting", "online")
    ON_SITE = "on_site", pgettext_lazy("meeting", "on site")


class MemberEvent(StrEnum):
    """What happens to companies, people and memberships, by its name in the audit log."""

    COMPANY_FOUNDED = "company.founded"
    COMPANY_VERIFIED = "company.verified"
    PERSON_VERIFIED = "person.verified"
    MEMBERSHIP_ASKED = "membership.asked"
    MEMBERSHIP_CONFIRMED = "membership.confirmed"
    MEMBERSHIP_DECLINED = "membership.declined"


class Standing(StrEnum):
    """How a user stands with a company of theirs."""

    MEMBER = "member"
    #: nobody has checked the company yet
    COMPANY_WAITS = "company_waits"
    #: nobody has confirmed yet that the user belongs to it
    MEMBERSHIP_WAITS = "membership_waits"


#: Languages as they stand after "speaks", "understands", "works in": Czech says it with adverbs (mluví německy).
SPEAKS: dict[str, str | Promise] = {
    SpokenLanguage.GERMAN: pgettext_lazy("speaks ...", "German"),
    SpokenLanguage.CZECH: pgettext_lazy("speaks ...", "Czech"),
    SpokenLanguage.ENGLISH: pgettext_lazy("speaks ...", "English"),
    SpokenLanguage.POLISH: pgettext_lazy("speaks ...", "Polish"),
    SpokenLanguage.SORBIAN: pgettext_lazy("speaks ...", "Sorbian"),
    SpokenLanguage.SLOVAK: pgettext_lazy("speaks ...", "Slovak"),
    SpokenLanguage.UKRAINIAN: pgettext_lazy("speaks ...", "Ukrainian"),
    SpokenLanguage.RUSSIAN: pgettext_lazy("speaks ...", "Russian"),
    SpokenLanguage.FRENCH: pgettext_lazy("speaks ...", "French"),
    SpokenLanguage.SPANISH: pgettext_lazy("speaks ...", "Spanish"),
}
