"""The mentor's own facts: what takes effect at once, and what follows from it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from mentoring.forms.own_facts import OwnFactsForm
from mentoring.models import Invitation
from mentoring.views.signed_in import members_only
from portal.accounts.models import User
from portal.members.models import Person
from portal.members.registry import write_facts
from search.domain.indexing import touch


@never_cache
@members_only
def my_profile(request: HttpRequest) -> HttpResponse:
    """Shows and changes the facts; `confirm` says that all of them still hold."""
    user = cast(User, request.user)
    person = get_object_or_404(Person.objects.select_related("place"), user=user)
    if "confirm" in request.POST:
        _confirm(person, user)
        messages.success(request, _("Thank you. Your details count as confirmed today."))
        return redirect("mentoring:my_profile")
    form = OwnFactsForm(request.POST or None, instance=person, for_user=user)
    if form.is_valid():
        passed_on = form.write()
        messages.success(request, _("Your changes are saved and hold from now on."))
        if passed_on:
            messages.info(request, _passed_on(passed_on))
        return redirect("mentoring:my_profile")
    waiting = Invitation.objects.filter(mentor__user=user).open().count()
    context = {"form": form, "person": person, "waiting": waiting}
    return render(request, "mentoring/profile_facts/facts.html", context)


def _confirm(person: Person, by: User) -> None:
    def write() -> None:
        person.last_confirmed_on = timezone.localdate()
        person.save(update_fields=["last_confirmed_on"])
        touch(person)

    write_facts(person, by, write)


def _passed_on(count: int) -> str:
    return ngettext(
        "%(count)s open request was passed on, because it no longer fitted.",
        "%(count)s open requests were passed on, because they no longer fitted.",
        count,
    ) % {"count": count}
