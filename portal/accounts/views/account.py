"""My account: who I am here, how I sign in, what I agreed to."""

from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.domain.second_factor import is_staff
from portal.accounts.forms import ProfileForm
from portal.accounts.models import User


@never_cache
@login_required
def my_account(request: HttpRequest) -> HttpResponse:
    """Shows the account; a POST changes name and language."""
    user = cast(User, request.user)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your changes are saved."))
        return redirect("my_account")
    if form.errors:
        # What was refused must not greet the reader in the header.
        user.refresh_from_db()
    context = {
        "form": form,
        "consents": user.consents.all(),
        "has_second_factor": is_mfa_enabled(user),
        "is_staff": is_staff(user),
    }
    return render(request, "accounts/my_account.html", context)
