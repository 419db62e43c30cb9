"""The form in which a company asks for mentoring: three short steps, signed in or not. The last look is in sending.py."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mentoring.domain import asking
from mentoring.domain.asking import DraftGoneError
from mentoring.domain.gate import TransitionNotAllowed
from mentoring.forms.asking import LONGEST, BeginForm, MentorsForm, NeedForm, TopicForm, new_token, number
from mentoring.models import MentoringRequest
from mentoring.views.asking_page import address, reader_of, remember, show
from mentoring.views.candidates import Candidates
from mentoring.views.picker import Picker
from mentoring.views.sending import send
from mentoring.views.signed_in import OF_A_DRAFT, typed

#: of drafts that one address may begin without signing in
BEGUN = {"begin_request": "30/h/ip"}
NEXT = {"topic": "need", "need": "mentors", "mentors": "send"}


@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """The first page; a POST begins a draft, and nothing else does."""
    is_sent = request.method == "POST"
    data = request.POST if is_sent else request.GET
    origin = {name: data.get(name, "")[:20] for name in ("mentor", "page")}
    form = BeginForm(
        request.POST if is_sent else None,
        # who comes from a search without result brings the words along
        initial={"token": new_token(), "problem": data.get("problem", "")[:LONGEST], **origin},
        is_lenient=_action(request) == "save",
    )
    status = 200
    try:
        if is_sent and form.is_valid():
            if _may_begin(request, form.cleaned_data["token"]):
                return _start(request, form.cleaned_data)
            status = 429
            form.add_error(
                None, _("Too many drafts were begun here. Please try again in an hour, or sign in.")
            )
    except DraftGoneError:
        return gone(request)
    except TransitionNotAllowed:
        return _was_sent(request, form.cleaned_data["token"])
    mentor = asking.mentor_asked_for(number(origin["mentor"]))
    return show(request, None, "topic", {"form": form, "named": [mentor] if mentor else []}, status)


@never_cache
def draft(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """A step of a draft; a POST saves it and leads on."""
    try:
        found = asking.find(key, reader_of(request))
        if found.is_draft:
            return STEPS[step](request, found)
    except DraftGoneError:
        return gone(request)
    except TransitionNotAllowed:
        pass
    return _was_sent(request, key)


def topic(request: HttpRequest, found: MentoringRequest) -> HttpResponse:
    """Step 1: the problem and its topics."""
    picker = Picker(found, get_language() or "", request)
    form = TopicForm(
        request.POST if request.method == "POST" else None,
        initial={"problem": found.problem, "topics": picker.chosen},
        choices=picker.choices,
        is_lenient=_action(request) != "next",
    )
    if form.is_bound and form.is_valid():
        asking.write(found, problem=form.cleaned_data["problem"], topics=form.cleaned_data["topics"])
        return _onwards(request, found, "topic")
    return show(request, found, "topic", {"form": form, **picker.shown(form["topics"])})


def need(request: HttpRequest, found: MentoringRequest) -> HttpResponse:
    """Step 2: what is wanted."""
    fields = list(NeedForm.base_fields)
    initial = {name: getattr(found, name) for name in fields}
    form = NeedForm(
        request.POST if request.method == "POST" else None,
        initial={**initial, "languages": found.languages or [found.language]},
        is_lenient=_action(request) != "next",
    )
    if form.is_bound and form.is_valid():
        asking.write(found, **{name: form.cleaned_data[name] for name in fields})
        return _onwards(request, found, "need")
    return show(request, found, "need", {"form": form})


def mentors(request: HttpRequest, found: MentoringRequest) -> HttpResponse:
    """Step 3: whom to ask, and whom not."""
    candidates = Candidates(found, get_language() or "", request)
    fields = list(MentorsForm.base_fields)
    form = MentorsForm(
        request.POST if request.method == "POST" else None,
        initial={**{name: getattr(found, name) for name in fields}, **candidates.wishes},
        people=candidates.people,
    )
    if form.is_bound and candidates.lost:
        form.add_error(
            None, _("Somebody whom you chose is no longer here. Please look at your choice again.")
        )
    if form.is_bound and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in fields}
        asking.wish(found, form.ranked, form.excluded, **facts)
        action, _space, less = _action(request).partition(" ")
        if action == "less":
            asking.ask_for_less(found, less)
            return redirect(address(found, "mentors"))
        return _onwards(request, found, "mentors")
    context = {
        "form": form,
        "cards": candidates.cards(form),
        "named": candidates.named,
        "fitting": candidates.fitting,
        "free": candidates.free,
        "memberships": candidates.memberships,
    }
    return show(request, found, "mentors", context)


STEPS: dict[str, Callable[[HttpRequest, MentoringRequest], HttpResponse]] = {
    "topic": topic,
    "need": need,
    "mentors": mentors,
    "send": send,
}


def gone(request: HttpRequest) -> HttpResponse:
    """Says that a draft is not here, and what may have become of it; what was typed into it can be taken along."""
    words = typed(request)
    context: dict[str, Any] = {"alternates": {}, "problem": words.get("problem"), "typed": words.values()}
    return render(request, "mentoring/asking/gone.html", context, status=404)


def _action(request: HttpRequest) -> str:
    """Which button was pressed."""
    return request.POST.get("action", "next")


def _may_begin(request: HttpRequest, key: UUID) -> bool:
    """Whether this address may begin one more draft; a form that is sent again begins none."""
    if request.user.is_authenticated or MentoringRequest.objects.filter(key=key).exists():
        return True
    return bool(consume(request, app="mentoring", action="begin_request", config=BEGUN))


def _start(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    language = get_language() or ""
    asking.start(
        asked["token"], reader_of(request), language, asked["problem"], asked["page"], asked["mentor"]
    )
    remember(request, str(asked["token"]))
    found = asking.find(asked["token"], reader_of(request))
    if _action(request) == "save":
        return _onwards(request, found, "topic")
    return redirect(address(found, "topic"))


def _onwards(request: HttpRequest, found: MentoringRequest, step: str) -> HttpResponse:
    """Where the button leads that was pressed."""
    action = _action(request)
    if action == "search":
        term = request.POST.get("q", "").replace("\x00", "")[:100]
        return redirect(f"{address(found, step)}?{urlencode({'q': term})}#topics")
    if action == "refresh":
        return redirect(address(found, step))
    if action == "save":
        day = {"date": formats.date_format(timezone.localdate(found.deadline))}
        text = (
            _("Saved. Your draft is kept until %(date)s.")
            if request.user.is_authenticated
            else _("Saved in this browser until %(date)s. Sign in to find it everywhere.")
        )
        messages.success(request, text % day)
        return redirect(address(found, step))
    return redirect(address(found, NEXT[step]))


def _was_sent(request: HttpRequest, key: UUID) -> HttpResponse:
    """Leads to what a draft has become. Words that came too late for it are shown, for they stand nowhere else."""
    kept = MentoringRequest.objects.values(*OF_A_DRAFT).get(key=key)
    if late := [text for name, text in typed(request).items() if text != kept.get(name, "").strip()]:
        late_page: dict[str, Any] = {"alternates": {}, "key": key, "typed": late}
        return render(request, "mentoring/asking/late.html", late_page, status=409)
    if request.method == "POST":
        messages.info(request, _("This request was sent already."))
    return redirect("mentoring:request", key=key)
