"""The last look at a request, and sending it."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.domain import asking
from mentoring.domain.gate import TransitionNotAllowed
from mentoring.domain.requests import submit
from mentoring.forms.asking import SendForm
from mentoring.models import MentoringRequest
from mentoring.views.asking_page import address, reader_of, show
from portal.accounts.models import User

#: what a step lacks, as the last page says it
GAPS = {
    "topic": gettext_lazy("Please describe what you would like to solve, and choose at least one topic."),
    "need": gettext_lazy("Please name a goal, and at least one language that you can work in."),
}


def send(request: HttpRequest, draft: MentoringRequest) -> HttpResponse:
    """Shows all that was written, and what is left to do; a POST sends it."""
    user = reader_of(request).user
    companies = asking.companies_of(user) if user else []
    topics = list(draft.topics.prefetch_related("labels"))
    gap = asking.first_gap(draft, topics)
    onwards = urlencode({"next": address(draft, "send")})
    if request.method == "POST":
        if gap:
            messages.error(request, GAPS[gap])
            return redirect(address(draft, gap))
        if user is None:
            return redirect(f"{reverse('account_signup')}?{onwards}")
        if not companies:
            return redirect(f"{reverse('members:company')}?{onwards}")
    form = SendForm(request.POST if request.method == "POST" else None, companies=companies)
    if form.is_bound and form.is_valid() and _sent(request, draft, form):
        messages.success(request, _("Your request is sent. You will hear from us by mail."))
        return redirect("mentoring:request", key=draft.key)
    return show(request, draft, "send", _context(draft, topics, form, gap, onwards, companies))


def _sent(request: HttpRequest, draft: MentoringRequest, form: SendForm) -> bool:
    """Whether the request could be sent; if not, the form says why. Raises TransitionNotAllowed if it was sent before."""
    try:
        submit(draft, cast(User, request.user), form.cleaned_data["company"])
    except (TransitionNotAllowed, PermissionDenied) as refusal:
        draft.refresh_from_db()
        if not draft.is_draft:
            raise TransitionNotAllowed(str(refusal)) from refusal
        form.add_error(None, str(refusal))
        return False
    return True


def _context(
    draft: MentoringRequest, topics: list[Any], form: SendForm, gap: str, onwards: str, companies: list[Any]
) -> dict[str, Any]:
    return {
        "form": form,
        "topics": topics,
        "named": asking.named_mentors(draft),
        "excluded": list(draft.excluded.all()),
        "languages": draft._meta.get_field("languages").labels(draft.languages),
        "gap": address(draft, gap) if gap else "",
        "gap_text": GAPS.get(gap, ""),
        "companies": companies,
        "one_company": companies[0] if len(companies) == 1 else None,
        "urls": {step: address(draft, step) for step in ("topic", "need", "mentors")},
        "signup_url": f"{reverse('account_signup')}?{onwards}",
        "login_url": f"{reverse('account_login')}?{onwards}",
        "company_url": f"{reverse('members:company')}?{onwards}",
    }
