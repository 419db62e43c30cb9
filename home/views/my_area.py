"""My area: what is open, with whom, and what happens next."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from mentoring.domain.queries import (
    closed_requests,
    current_invitations,
    current_requests,
    own_profile,
    waiting_for,
)
from mentoring.enums import RequestState
from portal.accounts.domain.second_factor import is_staff
from portal.accounts.models import User

#: how many of the requests that came to nothing stand on a page
SHOWN = 20


@never_cache
@login_required
def my_area(request: HttpRequest) -> HttpResponse:
    """Everybody's start page after signing in."""
    user = cast(User, request.user)
    current = current_requests(user)
    person = own_profile(user)
    invitations = current_invitations(user) if person else []
    context = {
        "drafts": [need for need in current if need.is_draft],
        "open": [need for need in current if need.is_open],
        "agreed": [need for need in current if need.state == RequestState.AGREED],
        **_closed(user, request.GET.get("page", "")),
        "person": person,
        "to_answer": [invitation for invitation in invitations if invitation.is_open],
        "mentorings": [invitation for invitation in invitations if not invitation.is_open],
        "waiting": waiting_for(user),
        "is_staff": is_staff(user),
    }
    return render(request, "home/my_area.html", context)


def _closed(user: User, page: str) -> dict[str, Any]:
    """A page of what came to nothing, and the number of the next one if there is one: in one query, for nothing is counted."""
    number = int(page) if page.isdecimal() and len(page) < 4 else 1
    rows = list(closed_requests(user)[(max(number, 1) - 1) * SHOWN :][: SHOWN + 1])
    return {"closed": rows[:SHOWN], "older": number + 1 if len(rows) > SHOWN else None, "closed_page": number}
