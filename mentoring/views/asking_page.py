"""What every page of the request form shows beside its fields."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matching.domain.pages import page_reasons
from mentoring.domain import asking
from mentoring.domain.asking import SESSION, Reader
from mentoring.domain.outlook import outlook
from mentoring.domain.places import free_of
from mentoring.domain.reading import reading_for
from mentoring.models import MentoringRequest
from portal.core.templatetags import portal_dates
from portal.members.models import Membership, Person

#: how many drafts a browser knows
KEPT = 20
#: from a step to the one before it
BACK = {"need": "topic", "mentors": "need", "send": "mentors"}
NUMBERS = {"topic": 1, "need": 2, "mentors": 3, "send": 4}


def reader_of(request: HttpRequest) -> Reader:
    """Who is asking."""
    user = request.user if request.user.is_authenticated else None
    return Reader(user, request.session.get(SESSION, []))


def remember(request: HttpRequest, key: str) -> None:
    """Lets this browser find the draft `key` again, as long as nobody signs in."""
    keys = [known for known in request.session.get(SESSION, []) if known != key]
    request.session[SESSION] = [*keys, key][-KEPT:]


def address(draft: MentoringRequest, step: str) -> str:
    """Where a step of a draft stands, in the language of the reader."""
    return reverse("mentoring:draft", kwargs={"key": draft.key, "step": step})


def show(
    request: HttpRequest,
    draft: MentoringRequest | None,
    step: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """The page of a step. `draft` is None before there is one."""
    language = get_language() or ""
    if (named := context.get("named")) is None:
        named = asking.named_mentors(draft) if draft else []
    if (memberships := context.get("memberships")) is None:
        memberships = asking.memberships_of(reader_of(request).user)
    if (free := context.get("free")) is None:
        free = free_of(named)
    within_reach = [mentor for mentor in named if mentor.pk in free]
    shown: dict[str, Any] = {
        "draft": draft,
        "step": step,
        "number": NUMBERS[step],
        "steps": [_("Your topic"), _("Your need"), _("Whom we ask")],
        "free": free,
        "timeline": timeline(within_reach, memberships, language, country_of(draft)),
    }
    if draft:
        shown["back"] = address(draft, BACK[step]) if step in BACK else ""
        shown["kept_until"] = timezone.localdate(draft.deadline) if draft.deadline else None
        if step == "need":
            shown["reading"] = [
                {"page": found, "why": list(page_reasons(found))} for found in reading_for(draft, language)
            ]
    template = f"mentoring/asking/{step if draft else 'begin'}.html"
    return render(request, template, {**shown, **context}, status=status)


def country_of(draft: MentoringRequest | None) -> str:
    """On which side of the border the company of a draft is, if that is known."""
    return draft.company.country if draft and draft.company else ""


def timeline(
    named: list[Person], memberships: list[Membership], language: str, country: str
) -> list[dict[str, Any]]:
    """What happens when, as `{% ui "timeline" %}` takes it."""
    seen = outlook(named, memberships, language, country)
    items: list[dict[str, Any]] = [{"when": _("Today"), "text": _("You send the request."), "now": True}]
    if seen.checked:
        text = (
            _("A coordinator near you looks at it first, if your company is new here.")
            if seen.first
            else _("A coordinator near you reads it and proposes a mentor.")
        )
        items.append({"when": _by(seen.checked), "text": text})
    items.append({"when": _by(seen.answered), "text": _answer(seen.first, seen.second)})
    items.append({"when": _by(seen.first_meeting), "text": _("You agree on the first meeting.")})
    return items


def _by(due: date) -> str:
    return _("by %(date)s") % {"date": portal_dates.day(due)}


def _answer(first: Person | None, second: Person | None) -> str:
    if first is None:
        return _("The mentor answers; otherwise we ask somebody else.")
    if second is None:
        return _("%(first)s answers; otherwise we look for somebody else with you.") % {"first": first}
    return _("%(first)s answers; otherwise we ask %(second)s.") % {"first": first, "second": second}
