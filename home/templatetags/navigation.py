"""Menus and language links; the layout asks for them."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> list[dict[str, Any]]:
    """The entries of the main navigation: {"title", "url", "current"}."""
    return []


@register.simple_tag(takes_context=True)
def footer_menu(context: Context) -> list[dict[str, Any]]:
    """The entries at the end of every page: {"title", "url", "current"}."""
    return []


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict[str, Any]]:
    """The page in every language: {"code", "name", "url", "current"}; url is empty where it does not exist."""
    names = {"de": "Deutsch", "cs": "Čeština"}
    return [
        {"code": code, "name": names.get(code, code), "url": "", "current": code == get_language()}
        for code, _name in settings.LANGUAGES
    ]
