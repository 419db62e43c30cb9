"""What coordinators vouch for: a company or a person is real, a user belongs to a company."""

from datetime import date
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.members.domain.steps import happened
from portal.members.enums import MemberEvent
from portal.members.models import Company, Membership, Person
from portal.members.registry import vouched_for, write_facts

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def verify(row: Company | Person, by: User, on: date | None = None) -> None:
    """From now on `row` may show in public. Raises PermissionDenied if `by` may not vouch for it.

    Verifying again changes nothing: who first did so, and when, stays.
    """
    row = _locked(row, by)
    if row.verified_on is None:
        row.verified_on, row.verified_by = on or timezone.localdate(), by
        row.save(update_fields=["verified_on", "verified_by"])
        log(row, "members.verify", user=by)
        if isinstance(row, Company):
            happened(MemberEvent.COMPANY_VERIFIED, row, by)
            vouched_for(row, by)
        else:
            happened(MemberEvent.PERSON_VERIFIED, row, by)


def withdraw(row: Company | Person, by: User) -> None:
    """`row` no longer shows in public. Raises PermissionDenied if `by` may not say so."""

    def write() -> None:
        current = _locked(row, by)
        if current.verified_on is not None:
            current.verified_on = current.verified_by = None
            current.save(update_fields=["verified_on", "verified_by"])
            log(current, "members.withdraw", user=by)

    if isinstance(row, Person):
        write_facts(row, by, write)
    else:
        with transaction.atomic():
            write()


@transaction.atomic
def confirm(membership: Membership, by: User, on: date | None = None) -> None:
    """The user belongs to the company. Raises PermissionDenied if `by` may not vouch for it.

    What the user sent and what waited for this goes on, if the company is verified.
    """
    membership = _locked_with_company(membership, by)
    if membership.confirmed_on is None:
        membership.confirmed_on, membership.confirmed_by = on or timezone.localdate(), by
        membership.save(update_fields=["confirmed_on", "confirmed_by"])
        log(membership, "members.confirm", user=by)
        happened(MemberEvent.MEMBERSHIP_CONFIRMED, membership, by)
        vouched_for(membership.company, by)


@transaction.atomic
def decline(membership: Membership, by: User) -> None:
    """The user does not belong to the company: the row goes, the audit log keeps what happened.

    What the user has sent in the company's name stays with its coordinators. Raises PermissionDenied if `by` may not say
    so, or once somebody has confirmed the membership.
    """
    membership = _locked_with_company(membership, by)
    if membership.confirmed_on is not None:
        raise PermissionDenied(_("This membership has been confirmed meanwhile."))
    happened(MemberEvent.MEMBERSHIP_DECLINED, membership, by)
    membership.delete()


def _locked_with_company(membership: Membership, by: User) -> Membership:
    """`_locked`, after the company: so nothing is sent in its name meanwhile, and it is not verified."""
    Company.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.company_id)
    return _locked(membership, by)


def _locked(row: Row, by: User) -> Row:
    """The row as it is now, held until the transaction ends, if `by` may vouch for it."""
    current = type(row)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    if not by.has_perm(f"members.verify_{row._meta.model_name}", current):
        raise PermissionDenied
    return current
