"""Whoever may enter the administration sets up a second factor first."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.accounts.domain.second_factor import needs_second_factor

#: What staff may still do without a second factor: set one up, prove who they are, sign out.
OPEN = ("mfa_", "account_")


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
