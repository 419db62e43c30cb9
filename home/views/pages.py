"""Pages by their address."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from home.domain.around import pages_around
from portal.core.addresses import address_of
from portal.core.models import language_of_locale


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Serves the page at `path` below the home page of the reader's language.

    Wagtail would ask for the language, for its home page, for each level below it, for what stands above the page and
    whether any of that is restricted, and for the page in the other language: one query tells all of it.
    """
    # where Page.route_for_request keeps what it has found
    request._wagtail_route_for_request = _route(request, path)  # type: ignore[attr-defined]
    return serve(request, path)


def _route(request: HttpRequest, path: str) -> RouteResult | None:
    components = [component for component in path.split("/") if component]
    # the home page of a language stands at its code
    home = f"/{get_language()}/"
    addresses = [
        home + "".join(f"{part}/" for part in components[:depth]) for depth in range(len(components) + 1)
    ]
    known = pages_around(["/", *addresses])
    on_the_way = {row.url_path: row for row in known if row.url_path in ["/", *addresses]}
    deepest = next((on_the_way[address] for address in reversed(addresses) if address in on_the_way), None)
    if deepest is None:
        return None
    kind: Any = ContentType.objects.get_for_id(deepest.content_type_id).model_class() or Page
    rest = components[addresses.index(deepest.url_path) :]
    if rest and kind.route is Page.route:
        # only a child could answer, and there is none
        return None
    found = kind._default_manager.get(pk=deepest.pk)
    found.is_known_public = not any(row.is_restricted for row in on_the_way.values())
    request.__dict__.setdefault("_portal_alternates", {})[found.pk] = {
        language_of_locale(row.locale_id): address_of(row.url_path) or ""
        for row in known
        if row.live and row.translation_key == deepest.translation_key
    }
    try:
        return found.route(request, rest)
    except Http404:
        return None
