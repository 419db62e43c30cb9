"""Pages by their address."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from portal.core.models import language_of_locale

RESTRICTIONS = PageViewRestriction.objects.filter(Q(page=OuterRef("pk")) | Q(page=OuterRef("alias_of")))


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
    here = Page.objects.filter(url_path__in=["/", *addresses])
    rows = Page.objects.filter(Q(pk__in=here) | Q(translation_key__in=here.values("translation_key")))
    known = list(rows.annotate(is_restricted=Exists(RESTRICTIONS)))
    on_the_way = {row.url_path: row for row in known if row.url_path in ["/", *addresses]}
    deepest = next((on_the_way[address] for address in reversed(addresses) if address in on_the_way), None)
    if deepest is None:
        return None
    found = deepest.specific
    found.is_known_public = not any(row.is_restricted for row in on_the_way.values())
    request.__dict__.setdefault("_portal_alternates", {})[found.pk] = {
        language_of_locale(row.locale_id): row.get_url(request)
        for row in known
        if row.live and row.translation_key == found.translation_key
    }
    try:
        return found.route(request, components[addresses.index(deepest.url_path) :])
    except Http404:
        return None
