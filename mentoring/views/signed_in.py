"""Pages of members, whose session may have ended while they wrote."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: the fields in which one writes whole sentences: of a draft, and of all forms
OF_A_DRAFT = ("problem", "goal", "tried")
TEXTS = (*OF_A_DRAFT, "words")

View = Callable[..., HttpResponse]


def members_only(view: View) -> View:
    """`login_required` that shows the words of a form once more: the way by the page to sign in would lose them."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if words := typed(request):
            context: dict[str, Any] = {"alternates": {}, "typed": words.values()}
            return render(request, "mentoring/signed_out.html", context, status=403)
        return redirect_to_login(request.get_full_path())

    return answer


def typed(request: HttpRequest) -> dict[str, str]:
    """The texts of a form that was sent, by the names of their fields."""
    found = {name: request.POST.get(name, "").strip() for name in TEXTS}
    return {name: text for name, text in found.items() if text}
