"""Error pages, and the style guide."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.csrf import requires_csrf_token

from portal.core.blocks import BodyBlock
from portal.ui.components import registry

LANGUAGE_NAMES = {"de": "Deutsch", "cs": "Čeština"}
#: how many words are worth showing again
A_TEXT = 3


def language_of(request: HttpRequest) -> str:
    """The language that the address names, or else the one that the browser asks for; needs no middleware."""
    return translation.get_language_from_path(request.path_info) or translation.get_language_from_request(
        request
    )


def _error(request: HttpRequest, template: str, status: HTTPStatus, **context: Any) -> HttpResponse:
    with translation.override(language_of(request)):
        return render(request, template, {"alternates": {}, **context}, status=status)


def _offline_error(request: HttpRequest, template: str, status: HTTPStatus) -> HttpResponse:
    """An error page that needs neither the database nor a session nor a valid host."""
    with translation.override(language_of(request)):
        current = translation.get_language()
        languages = [
            {"code": code, "name": LANGUAGE_NAMES[code], "url": f"/{code}/", "current": code == current}
            for code, _name in settings.LANGUAGES
        ]
        return HttpResponse(
            render_to_string(template, {"offline": True, "page_languages": languages}), status=status
        )


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, "404.html", HTTPStatus.NOT_FOUND)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says why, if whoever refused said it: `PermissionDenied(_("..."))`."""
    return _error(request, "403.html", HTTPStatus.FORBIDDEN, reason=str(exception))


@requires_csrf_token
def csrf_failure(request: HttpRequest, **_reason: str) -> HttpResponse:
    return _error(request, "403_csrf.html", HTTPStatus.FORBIDDEN, typed=_typed(request))


def _typed(request: HttpRequest) -> list[str]:
    """The texts of a form that was refused, which no browser brings back of a page that it may not keep.

    No password, which could be a sentence; and nothing that a page of somebody else has sent.
    """
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return []
    texts = [str(text) for name, text in request.POST.items() if "password" not in name]
    return [text for text in texts if len(text.split()) >= A_TEXT]


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _offline_error(request, "400.html", HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    return _offline_error(request, "500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component and every building block, drawn from its samples in the language of the address."""
    language = translation.get_language()
    components = [
        {
            "key": key,
            "description": (component.__doc__ or "").strip(),
            "attributes": component.declared(),
            "samples": component.samples(language),
        }
        for key, component in sorted(registry.items())
    ]
    blocks = [
        {"key": key, "label": block.label, "html": block.render(block.get_preview_value())}
        for key, block in BodyBlock().child_blocks.items()
    ]
    context: dict[str, Any] = {"language": language, "components": components, "blocks": blocks}
    return render(request, "ui/styleguide.html", context)
