"""A sent request, as the company reads it: how it stands, and what the company can do."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from matching.domain.cards import bar, fitting_lines, person_card, reasons, topic_chips
from matching.domain.people import Question
from mentoring.domain import requests
from mentoring.domain.contacts import mentor_contact
from mentoring.domain.drafts import can_be_copied, copy
from mentoring.domain.gate import TransitionNotAllowed
from mentoring.domain.needs import asking_less, need_of
from mentoring.domain.progress import asked, next_step, timeline
from mentoring.domain.queries import with_mentors
from mentoring.enums import RequestState
from mentoring.models import MentoringRequest
from mentoring.views.signed_in import members_only
from portal.accounts.models import User
from portal.members.models import Person
from portal.topics.domain.shown import shown_topics

#: how many mentors a company chooses from, and how many are looked at, for some have no free place
CHOICE = 6
LOOKED_AT = 18

Act = Callable[[MentoringRequest, User], HttpResponse | None]


@never_cache
@members_only
def request_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """How a request stands."""
    found = _found(request, key)
    if found.is_draft:
        return redirect("mentoring:draft", key=key, step="topic")
    return _page(request, found)


@never_cache
@members_only
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Takes a request back."""

    def act(found: MentoringRequest, user: User) -> None:
        requests.withdraw(found, user)
        messages.success(request, _("Your request is withdrawn. Whoever had been asked knows of it."))

    return _act(request, key, act)


@never_cache
@members_only
def name_another(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks the mentor whom the company has chosen from the list."""

    def act(found: MentoringRequest, user: User) -> None:
        number = request.POST.get("mentor", "")
        mentor = get_object_or_404(Person.objects.verified(), pk=number if number.isdecimal() else None)
        requests.name_another(found, user, mentor)
        messages.success(request, _("Asked: %(name)s") % {"name": mentor.full_name})

    return _act(request, key, act)


@never_cache
@members_only
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Deletes a draft."""

    def act(found: MentoringRequest, user: User) -> HttpResponse:
        requests.discard(found)
        messages.success(request, _("The draft is deleted."))
        return redirect("my_area")

    return _act(request, key, act)


@never_cache
@members_only
def copy_request(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begins a new draft with the words of a request."""

    def act(found: MentoringRequest, user: User) -> HttpResponse:
        draft = copy(found, user)
        messages.success(request, _("Copied as a new draft. Nothing has been sent yet."))
        return redirect("mentoring:draft", key=draft.key, step="topic")

    return _act(request, key, act)


def _act(request: HttpRequest, key: UUID, act: Act) -> HttpResponse:
    """Does what was posted; a refusal is said on the page. Who comes by a link, after signing in, is shown the page."""
    found = _found(request, key)
    if request.method == "POST":
        try:
            answer = act(found, cast(User, request.user))
        except (TransitionNotAllowed, PermissionDenied) as refusal:
            return _page(request, _found(request, key), str(refusal.args[0]))
        if answer:
            return answer
    return redirect("mentoring:request", key=key)


def _found(request: HttpRequest, key: UUID) -> MentoringRequest:
    """The request, if the reader may see it; else there is none."""
    rows = MentoringRequest.objects.visible_to(request.user)
    return get_object_or_404(with_mentors(rows), key=key)


def _page(request: HttpRequest, found: MentoringRequest, refusal: str = "") -> HttpResponse:
    user = cast(User, request.user)
    is_choosing = found.state == RequestState.MATCHING
    context: dict[str, Any] = {
        "need": found,
        "languages": found._meta.get_field("languages").labels(found.languages),
        "refusal": refusal,
        "next_step": next_step(found),
        "timeline": timeline(found),
        "asked": asked(found),
        "contact": mentor_contact(found),
        "can_act": user.has_perm("mentoring.act_for_company", found),
        "can_be_copied": can_be_copied(found),
        **(_choice(found, request.GET.get("less", "")) if is_choosing else {"topics": shown_topics(found)}),
    }
    return render(request, "mentoring/requests/request.html", context, status=409 if refusal else 200)


def _choice(found: MentoringRequest, less: str) -> dict[str, Any]:
    """{"choice": mentors with a free place who fit, the best first, each as {"pk", "card"}; "fitting": how many do, "topics"}

    `less` is what the reader tries out asking less of.
    """
    language = get_language() or ""
    need, is_less = asking_less(need_of(found), less)
    question = Question(need, language)
    choice = [
        {
            "pk": helper.profile.person.pk,
            "card": person_card(
                helper.profile,
                language,
                languages=helper.languages,
                chips=topic_chips(helper.topics, question.vocabulary, "", helper.hits),
                why=reasons(helper),
                bar=bar(helper),
            ),
        }
        for helper in question.best(LOOKED_AT)
        if helper.profile.free_places
    ][:CHOICE]
    return {
        "choice": choice,
        "fitting": fitting_lines(question.fitting()),
        "asks_for_less": is_less,
        "topics": question.vocabulary.sorted(need.topics),
    }
