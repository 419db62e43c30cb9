"""Who enters the administration: nobody without a role there, and nobody without a second factor."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.domain.second_factor import needs_second_factor

#: What staff may still do without a second factor: set one up, prove who they are, sign out.
OPEN = ("mfa_", "account_")


class AdministrationForStaff:
    """Tells members that the administration is not for them. Wagtail would ask them to sign in, which they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuses the administration to whoever is signed in and has no role there."""
        if (
            not request.path_info.startswith(reverse("wagtailadmin_home"))
            or not request.user.is_authenticated
        ):
            return None
        if not request.user.enters_administration:
            raise PermissionDenied(_("The administration is for those who look after the portal."))
        return None


class RequireSecondFactor:
    """Sends staff without a second factor to the page where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answers in place of the view where the second factor is missing."""
        match = request.resolver_match
        if (match and (match.url_name or "").startswith(OPEN)) or not needs_second_factor(request.user):
            return None
        messages.info(request, _("Your role needs a second factor. Please set it up before you go on."))
        return redirect("mfa_activate_totp")
