"""What happens to every request: health before anything else, and headers after everything else."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse

from portal.core.domain.health import database_answers

#: A load balancer waits three seconds; the answer has to travel too.
READY_WITHIN = 2.5


class Health:
    """Answers /livez and /readyz before sessions, hosts or redirects are looked at.

    /livez: the process runs. /readyz: it can work, which it cannot without its database (503).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/livez":
            return self.answer(ready=True)
        if request.path_info == "/readyz":
            return self.answer(ready=database_answers(READY_WITHIN))
        return self.get_response(request)

    def answer(self, *, ready: bool) -> HttpResponse:
        body = {"status": "ok"} if ready else {"status": "unavailable", "failed": "database"}
        return JsonResponse(body, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


class ReaderLanguage(LocaleMiddleware):
    """Leads from the bare address of the portal to the reader's language. Any other address without a language is wrong,
    and is said to be, instead of being tried again below a language."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and request.path_info != "/":
            return response
        return super().process_response(request, response)


class PageHeaders(CSPMiddleware):
    """Sends the strict policy to everybody, and the editor's to those who edit."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", settings.PORTAL_PERMISSIONS_POLICY)
        if for_staff(request):
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # What somebody reads who may be signed in is for nobody else: no cache on the way keeps it.
            response.headers.setdefault("Cache-Control", "private")
        if not response.cookies and "public" in response.headers.get("Cache-Control", ""):
            forget_the_cookie(response)
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and for_staff(request):
            parts.config = settings.PORTAL_STAFF_POLICY
        return parts


def for_staff(request: HttpRequest) -> bool:
    """Whether the page belongs to the editor: the administration, a preview, or a page with the userbar."""
    if getattr(request, "is_preview", False) or request.path_info.startswith(reverse("wagtailadmin_home")):
        return True
    if request.resolver_match is None or request.resolver_match.url_name != "wagtail_serve":
        return False
    # Without a session nobody is signed in, and asking would make the answer depend on the cookie.
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and hasattr(request, "user")
    return signed_in and getattr(request.user, "enters_administration", False)


def forget_the_cookie(response: HttpResponseBase) -> None:
    """Takes back that an answer for everybody depends on the cookie: it was looked at on the way, not by the view."""
    named = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    others = [name for name in named if name and name.lower() != "cookie"]
    if others:
        response.headers["Vary"] = ", ".join(others)
    else:
        response.headers.pop("Vary", None)
