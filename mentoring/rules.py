"""Who may do what with requests and invitations, and in which words the portal says no."""

from functools import reduce
from operator import and_, or_
from typing import Any

import rules
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.members.rules import is_coordinator_of_home_partner, partner_of


@rules.predicate
def is_active(user: Any) -> bool:
    """Whether the account is in use."""
    return bool(user.is_active)


@rules.predicate
def is_asker(user: Any, request: Any) -> bool:
    """Whether the user wrote the request."""
    return request.asker_id is not None and request.asker_id == user.pk


@rules.predicate
def belongs_to_company(user: Any, request: Any) -> bool:
    """Whether the user is a confirmed member of the company that asks."""
    if request.company_id is None or user.pk is None:
        return False
    return user.memberships.filter(company=request.company_id, confirmed_on__isnull=False).exists()


@rules.predicate
def looks_after_company(user: Any, request: Any) -> bool:
    """Whether the user coordinates for the home partner of the company that asks."""
    return request.company is not None and is_coordinator_of_home_partner.test(user, request.company)


@rules.predicate
def works_for_partner_of_round(user: Any, round_: Any) -> bool:
    """Whether the user coordinates for the partner whose round it is."""
    return partner_of(user) is not None and partner_of(user) == round_.partner_id


@rules.predicate
def is_invited_mentor(user: Any, invitation: Any) -> bool:
    """Whether the invitation went to the user's own profile."""
    return user.pk is not None and invitation.mentor.user_id == user.pk


#: permission -> what must hold, each with what is said otherwise
PERMISSIONS: dict[str, list[tuple[rules.predicates.Predicate, str | Promise]]] = {
    "mentoring.submit_request": [
        (is_active, _("This account is switched off at present.")),
        (is_asker, _("Only whoever wrote a request can send it.")),
    ],
    "mentoring.act_for_company": [
        (is_active, _("This account is switched off at present.")),
        (
            reduce(or_, [is_asker, belongs_to_company, looks_after_company]),
            _("Only the company that asked can do this."),
        ),
    ],
    "mentoring.coordinate_request": [
        (is_active, _("This account is switched off at present.")),
        (looks_after_company, _("Only the coordinators of the company's home partner can do this.")),
    ],
    "mentoring.coordinate_round": [
        (is_active, _("This account is switched off at present.")),
        (
            works_for_partner_of_round,
            _("Only the coordinators of the partner whose round it is can do this."),
        ),
    ],
    "mentoring.answer_invitation": [
        (is_active, _("This account is switched off at present.")),
        (is_invited_mentor, _("This request was sent to somebody else.")),
    ],
}

for permission, conditions in PERMISSIONS.items():
    rules.add_perm(permission, reduce(and_, [predicate for predicate, _reason in conditions]))


def why_not(permission: str, user: Any, obj: Any) -> str | Promise | None:
    """What keeps `user` from `permission` on `obj`, as a sentence; None if nothing does."""
    if user.has_perm(permission, obj):
        return None
    return next(reason for predicate, reason in PERMISSIONS[permission] if not predicate.test(user, obj))
