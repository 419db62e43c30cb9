"""My company: enter one, see how it stands, confirm colleagues."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.accounts.models import User
from portal.members.domain.mine import companies_of
from portal.members.domain.verification import confirm, decline
from portal.members.forms import CompanyForm
from portal.members.models import Membership


@never_cache
@login_required
def company(request: HttpRequest) -> HttpResponse:
    """Shows the user's companies; a POST enters another one, and leads on to where the user came from."""
    user = cast(User, request.user)
    form = CompanyForm(request.POST if request.method == "POST" else None)
    onwards = _onwards(request)
    if form.is_valid():
        try:
            entered = form.save(user)
        except PermissionDenied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered: %(company)s") % {"company": entered})
            return HttpResponseRedirect(onwards or reverse("members:company"))
    return render(
        request, "members/company.html", {"form": form, "next": onwards, "mine": companies_of(user)}
    )


@login_required
@require_POST
def confirm_member(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague or a coordinator says that a user belongs to the company."""
    return _decide(request, pk, confirm, _("The membership is confirmed."))


@login_required
@require_POST
def decline_member(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague or a coordinator says that a user does not belong to the company."""
    return _decide(request, pk, decline, _("The membership is declined."))


def _decide(
    request: HttpRequest, pk: int, decide: Callable[[Membership, User], None], done: Any
) -> HttpResponse:
    user = cast(User, request.user)
    membership = get_object_or_404(Membership.objects.select_related("company"), pk=pk)
    if not user.has_perm("members.verify_membership", membership):
        raise Http404
    try:
        decide(membership, user)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(_onwards(request) or reverse("members:company"))


def _onwards(request: HttpRequest) -> str:
    """Where the reader wants to go on to, if that is a page of the portal."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours and url.startswith("/") else ""
