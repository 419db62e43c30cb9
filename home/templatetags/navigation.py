"""Where the reader can go from here: menus and the same page in the other language."""

from typing import TypedDict

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

from portal.core.domain.sections import section_pages, section_urls

register = template.Library()

LANGUAGE_NAMES = {"de": "Deutsch", "cs": "Čeština"}


class MenuItem(TypedDict):
    title: str
    url: str
    current: bool


class LanguageLink(TypedDict):
    code: str
    name: str
    url: str
    current: bool
    #: whether the address is the same page in that language, not just its home page
    is_translation: bool


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> list[MenuItem]:
    """The sections of the portal in the language of the reader."""
    request = context["request"]
    pages = [page for page in section_pages(request, get_language()) if page.is_in_menu]
    return [
        {"title": page.title, "url": page.url, "current": request.path.startswith(page.url)} for page in pages
    ]


@register.simple_tag(takes_context=True)
def section_url(context: template.Context, name: str) -> str:
    """The address of a section (one of `sections.NAMES`) in the language of the reader; "" if it is gone."""
    return section_urls(context["request"], name).get(get_language(), "")


@register.simple_tag(takes_context=True)
def footer_menu(context: template.Context) -> list[MenuItem]:
    """Legal and other notes that every page names."""
    request = context["request"]
    pages = [page for page in section_pages(request, get_language()) if "in_footer" in page.marks]
    return [{"title": page.title, "url": page.url, "current": request.path == page.url} for page in pages]


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """This page in every language of the portal.

    A view may name the addresses itself in `alternates` ({language: url}); otherwise they are the translations of the
    page, or the translated address of a view.
    """
    alternates = _alternates(context)
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES[code],
            "url": alternates.get(code) or f"/{code}/",
            "current": code == get_language(),
            "is_translation": code in alternates,
        }
        for code, _name in settings.LANGUAGES
    ]


def _alternates(context: template.Context) -> dict[str, str]:
    if (named := context.get("alternates")) is not None:
        return named
    request, page = context.get("request"), context.get("page")
    if isinstance(page, Page) and page.pk:
        # the head, the header and the page itself ask
        known = request.__dict__.setdefault("_portal_alternates", {}) if request else {}
        if page.pk not in known:
            pages = Page.objects.live().filter(translation_key=page.translation_key).select_related("locale")
            known[page.pk] = {found.locale.language_code: found.get_url(request) for found in pages}
        return known[page.pk]
    if request is None:
        return {}
    return {code: _translated(request.path, code) for code, _name in settings.LANGUAGES}


def _translated(path: str, language: str) -> str:
    translated = translate_url(path, language)
    if translated == path and not path.startswith(f"/{language}/"):
        return f"/{language}/"
    return translated
