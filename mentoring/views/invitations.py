"""A company asks a mentor: read, and answer with two clicks; signed in, or with the link of a mail."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from mentoring.domain import invitations
from mentoring.domain.contacts import asker_contact
from mentoring.domain.gate import PASSED_BY, TransitionNotAllowed, why_closed
from mentoring.domain.needs import company_line
from mentoring.domain.progress import days_left
from mentoring.domain.queries import with_need
from mentoring.enums import DeclineReason, InvitationState
from mentoring.forms.answering import DeclineForm
from mentoring.models import Invitation
from mentoring.views.signed_in import members_only
from portal.accounts.models import User
from portal.members.domain.languages import languages_line
from portal.members.enums import LanguageLevel
from portal.topics.domain.shown import shown_topics

LINK_OVER: Promise = _("This link was valid until the deadline. Please sign in to answer.")
DONE: dict[str, Promise] = {
    "accept": _("You have accepted. Now you can reach each other."),
    "decline": _("You have declined. The company is told, and asks somebody else."),
    "see": _("The company knows now that you have seen the request."),
}


@never_cache
@members_only
def invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """The invited mentor reads and answers; after accepting, how to reach the company."""
    found = get_object_or_404(with_need(Invitation.objects.visible_to(request.user)), key=key)
    return _answered(request, found, cast(User, request.user))


@never_cache
@sensitive_variables("token")
def invitation_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the link answers this one invitation for the mentor, until its deadline; contact data is not shown."""
    if (key := invitations.key_from(token)) is None:
        raise Http404
    found = get_object_or_404(with_need(Invitation.objects.all()), key=key)
    response = _answered(request, found, found.mentor.user, is_by_mail=True)
    # The address is the key. "no-referrer" would take away the origin, too, by which a POST is known as our own.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answered(
    request: HttpRequest, found: Invitation, by: User | None, *, is_by_mail: bool = False
) -> HttpResponse:
    answer = request.POST.get("answer", "") if request.method == "POST" else ""
    form = DeclineForm(request.POST if answer == "decline" else None)
    if not answer or (answer == "decline" and not form.is_valid()):
        return _page(request, found, form, is_by_mail=is_by_mail)
    try:
        if by is None:
            raise PermissionDenied(PASSED_BY)
        if is_by_mail and is_over(found):
            raise TransitionNotAllowed(LINK_OVER)
        _do(found, by, answer, form)
    except (TransitionNotAllowed, PermissionDenied) as refusal:
        found = with_need(Invitation.objects.all()).get(pk=found.pk)
        return _page(request, found, form, is_by_mail=is_by_mail, refusal=str(refusal.args[0]))
    messages.success(request, str(DONE[answer]))
    return redirect(request.path)


def _do(found: Invitation, by: User, answer: str, form: DeclineForm) -> None:
    match answer:
        case "accept":
            invitations.accept(found, by)
        case "see":
            invitations.see(found, by)
        case "decline":
            reason = DeclineReason(form.cleaned_data["reason"])
            invitations.decline(found, by, reason, form.cleaned_data["words"])
        case _:
            raise Http404


def is_over(found: Invitation) -> bool:
    """Whether the deadline of an invitation has passed."""
    return found.deadline < timezone.now()


def _page(
    request: HttpRequest, found: Invitation, form: DeclineForm, *, is_by_mail: bool, refusal: str = ""
) -> HttpResponse:
    need, mentor = found.request, found.mentor
    is_accepted = found.state == InvitationState.ACCEPTED
    can_answer = found.is_open and not (is_by_mail and is_over(found))
    known = {topic.pk for topic in shown_topics(mentor)}
    topics = shown_topics(need)
    context: dict[str, Any] = {
        "invitation": found,
        "need": need,
        "need_lang": "" if need.language == get_language() else need.language,
        "company": company_line(need),
        "topics": [{"label": topic.label, "style": "hit" if topic.pk in known else ""} for topic in topics],
        "shared": len([topic for topic in topics if topic.pk in known]),
        "languages": languages_line((code, LanguageLevel.WORKS_IN) for code in need.languages),
        "is_by_mail": is_by_mail,
        "can_answer": can_answer,
        # what came to nothing is no longer shown, nor is anything to a link that has been used
        "shows_need": can_answer or (is_accepted and not is_by_mail),
        "days_left": days_left(found),
        "closed": LINK_OVER if found.is_open and not can_answer else why_closed(found),
        "contact": None if is_by_mail else asker_contact(found),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "mentoring/invitations/invitation.html", context, status=409 if refusal else 200)
