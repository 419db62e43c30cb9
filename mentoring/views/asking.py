"""The form in which a company asks for mentoring."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse


def begin(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def draft(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    return HttpResponse()
