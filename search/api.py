"""What the search box asks while somebody types. Nothing is written, and nobody is asked who they are."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search.domain.suggestions import Suggestion, suggest
from search.registry import kinds

#: Seconds that browsers and caches on the way may keep an answer.
KEPT = 60


@require_safe
@cache_control(public=True, max_age=KEPT)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Suggestions for ?q=: {"status": a sentence, "groups": [{"label", "options": [{"text", "url", "lang"}]}]}.

    `lang` lacks where the words are in the reader's language.
    """
    language = get_language() or settings.LANGUAGE_CODE
    found = suggest(request.GET.get("q", ""), language)
    groups = [
        {"label": _label(kind), "options": [_option(each, language) for each in options]}
        for kind, options in groupby(found, key=lambda each: each.kind)
    ]
    status = ngettext("%(n)s suggestion", "%(n)s suggestions", len(found)) % {"n": len(found)}
    response = JsonResponse({"status": status if found else _("No suggestions"), "groups": groups})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _label(kind: str) -> str:
    return capfirst(str(kinds()[kind]._meta.verbose_name_plural)) if kind else _("Topics")


def _option(found: Suggestion, language: str) -> dict[str, Any]:
    query = QueryDict(mutable=True)
    query["q"] = found.text
    option = {"text": found.text, "url": found.url or f"{reverse('search:results')}?{query.urlencode()}"}
    return option if found.language == language else {**option, "lang": found.language}
