"""How a user gets a company: a new one, or one that is there already. Nobody joins a company by themselves."""

import re

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.core.models import AuditEntry
from portal.members.domain.partners import home_partner_for
from portal.members.domain.steps import happened
from portal.members.enums import MemberEvent
from portal.members.models import Company, Membership
from portal.topics.models import Place, fold

#: of one user at the same time, so that nobody floods the coordinators
WAITING_AT_ONCE = 5
#: what people leave out, or write with and without dots, at the end of a name
LEGAL_FORM = re.compile("( (gmbh|mbh|co|kg|ag|ug|ohg|gbr|se|e ?k|spol|s ?r ?o|a ?s|v ?o ?s|k ?s))+$")
#: what may stand before the number that a Czech company has
PREFIXES = re.compile("^(ico|dic|ic|cz|ustidnr|ustid)+")


@transaction.atomic
def found(user: User, name: str, place: Place, size: str, register_number: str = "") -> Company:
    """A new company, which waits for a coordinator of its home partner, with `user` as its first member.

    Whoever sends the form twice has founded one company. Raises PermissionDenied, with a sentence for the reader, while too
    much of what the user entered waits.
    """
    _alone(user)
    for mine in Company.objects.filter(memberships__user=user, place=place):
        if name_key(mine.name) == name_key(name):
            return mine
    _refuse_too_many(user)
    company = Company.objects.create(
        name=name,
        place=place,
        size=size,
        register_number=register_number,
        home_partner=home_partner_for(place),
    )
    Membership.objects.create(
        user=user, company=company, confirmed_on=timezone.localdate(), confirmed_by=user
    )
    happened(MemberEvent.COMPANY_FOUNDED, company, user)
    return company


@transaction.atomic
def join(user: User, company: Company) -> Membership:
    """`user` says that they belong to a verified company; a member of it or a coordinator has yet to confirm it.

    Raises PermissionDenied, with a sentence for the reader, for a company that is not verified, after a refusal, and while
    too much of what the user entered waits.
    """
    _alone(user)
    if mine := Membership.objects.filter(user=user, company=company).first():
        return mine
    if not Company.objects.verified().filter(pk=company.pk).exists():
        raise PermissionDenied(_("This company is not verified yet."))
    if was_declined(user, company):
        raise PermissionDenied(
            _("The company has not confirmed you. If that is a mistake, please write to: %(desk)s")
            % {"desk": company.home_partner.email or company.home_partner.label}
        )
    _refuse_too_many(user)
    membership = Membership.objects.create(user=user, company=company)
    happened(MemberEvent.MEMBERSHIP_ASKED, membership, user)
    return membership


def was_declined(user: User, company: Company) -> bool:
    """Whether the company, or its coordinator, has said that `user` does not belong to it."""
    entries = AuditEntry.objects.filter(action=MemberEvent.MEMBERSHIP_DECLINED)
    return entries.filter(details__company=company.pk, details__user=user.pk).exists()


def twins_of(name: str, register_number: str) -> list[Company]:
    """The verified companies that may be the one described: same name, up to its spelling, or same register number.

    Reads the names of all verified companies; a portal for a region has some thousands, and a company is entered once.
    """
    name, number = name_key(name), number_key(register_number)
    rows = Company.objects.verified().values_list("pk", "name", "register_number")
    keys = [
        pk
        for pk, known_name, known_number in rows
        if name_key(known_name) == name or (number and number_key(known_number) == number)
    ]
    return list(Company.objects.filter(pk__in=keys).select_related("place").order_by("name", "pk"))


def name_key(name: str) -> str:
    """What a company is called, without spelling and legal form: “Weber Zerspanung G.m.b.H.” is “weber zerspanung”."""
    words = re.findall(r"[^\W_]+", fold(name).replace(".", ""))
    return LEGAL_FORM.sub("", " ".join(words))


def number_key(number: str) -> str:
    """A register number without spaces and prefixes: IČO 27074358 and CZ27074358 are the same company."""
    return PREFIXES.sub("", re.sub(r"[\W_]+", "", fold(number)))


def _alone(user: User) -> None:
    """Lets nothing else be entered by `user` until the transaction ends: a double click is one after the other."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _refuse_too_many(user: User) -> None:
    mine = Membership.objects.filter(user=user)
    waiting = mine.filter(confirmed_on=None) | mine.filter(company__verified_on=None)
    if waiting.count() >= WAITING_AT_ONCE:
        raise PermissionDenied(
            _("Several of your companies are still waiting to be checked. Please wait for an answer first.")
        )
