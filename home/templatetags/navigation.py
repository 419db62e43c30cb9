"""Where the reader can go from here: menus and the same page in the other language."""

from typing import TypedDict

from django import template
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

from home.domain.site import SECTIONS
from home.models import StandardPage
from portal.core.domain.publishing import key_of

register = template.Library()

LANGUAGE_NAMES = {"de": "Deutsch", "cs": "Čeština"}
#: the depth of pages directly below a home page, in treebeard's count
SECTION_DEPTH = 3


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
    items = [
        (page.title, page.get_url(request))
        for page in _sections(request)
        if page.show_in_menus and page.depth == SECTION_DEPTH
    ]
    return [{"title": title, "url": url, "current": request.path.startswith(url)} for title, url in items]


@register.simple_tag(takes_context=True)
def section_url(context: template.Context, name: str) -> str:
    """The address of a section (a key of `home.domain.site.SECTIONS`) in the language of the reader; "" if it is gone."""
    request, key = context["request"], key_of("section", name)
    return next((page.get_url(request) for page in _sections(request) if page.translation_key == key), "")


def _sections(request: HttpRequest) -> list[Page]:
    """Menu entries and sections in one query per request and language."""
    language = get_language()
    known = request.__dict__.setdefault("_portal_sections", {})
    if language not in known:
        keys = [key_of("section", name) for name in SECTIONS]
        wanted = Q(depth=SECTION_DEPTH, show_in_menus=True) | Q(translation_key__in=keys)
        known[language] = list(
            Page.objects.live().filter(wanted, locale__language_code=language).order_by("path")
        )
    return known[language]


@register.simple_tag(takes_context=True)
def footer_menu(context: template.Context) -> list[MenuItem]:
    """Legal and other notes that every page names."""
    request = context["request"]
    pages = StandardPage.objects.live().filter(in_footer=True, locale__language_code=get_language())
    items = [(page.title, page.get_url(request)) for page in pages]
    return [{"title": title, "url": url, "current": request.path == url} for title, url in items]


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
        pages = Page.objects.live().filter(translation_key=page.translation_key).select_related("locale")
        return {found.locale.language_code: found.get_url(request) for found in pages}
    if request is None:
        return {}
    return {code: _translated(request.path, code) for code, _name in settings.LANGUAGES}


def _translated(path: str, language: str) -> str:
    translated = translate_url(path, language)
    if translated == path and not path.startswith(f"/{language}/"):
        return f"/{language}/"
    return translated
