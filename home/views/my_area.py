"""My area: what is open, with whom, and what happens next."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
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
from portal.accounts.models import User

CLOSED_PER_PAGE = 10


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
        "closed": Paginator(closed_requests(user), CLOSED_PER_PAGE).get_page(request.GET.get("page")),
        "person": person,
        "to_answer": [invitation for invitation in invitations if invitation.is_open],
        "mentorings": [invitation for invitation in invitations if not invitation.is_open],
        "waiting": waiting_for(user),
    }
    return render(request, "home/my_area.html", context)
