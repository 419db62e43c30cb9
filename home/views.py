"""Pages by their address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Serves the page at `path` below the home page of the reader's language.

    Wagtail would ask for the language, for its home page, and for each level below it; the address is enough.
    """
    # where Page.route_for_request keeps what it has found
    request._wagtail_route_for_request = _route(request, path)  # type: ignore[attr-defined]
    return serve(request, path)


def _route(request: HttpRequest, path: str) -> RouteResult | None:
    components = [component for component in path.split("/") if component]
    # the home page of a language stands at its code
    home = f"/{get_language()}/"
    addresses = [home + "".join(f"{part}/" for part in components[:depth]) for depth in range(len(components) + 1)]
    deepest = Page.objects.filter(url_path__in=addresses).order_by("-depth").first()
    if deepest is None:
        return None
    try:
        return deepest.specific.route(request, components[addresses.index(deepest.url_path) :])
    except Http404:
        return None
