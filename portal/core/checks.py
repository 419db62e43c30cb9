"""What must hold before the portal serves anybody; Django asks at every start."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from wagtail.models import get_page_models

from portal.core.models import BasePage


@register
def the_demo_stays_at_home(**_asked: Any) -> list[CheckMessage]:
    """The demo has known passwords and no second factor."""
    if settings.PORTAL_DEMO and not settings.DEBUG:
        return [Error("PORTAL_DEMO is on outside DEBUG.", hint="Its passwords are public.", id="core.E001")]
    return []


@register
def every_page_type_is_ours_and_can_be_drawn(**_asked: Any) -> list[CheckMessage]:
    """Each page type stands on BasePage, has a template, and says what it is if it says of what kind."""
    return [problem for page_type in get_page_models() for problem in problems_of_page_type(page_type)]


def problems_of_page_type(page_type: type) -> list[CheckMessage]:
    """What is missing of `page_type`; nothing for Wagtail's own base."""
    if not issubclass(page_type, BasePage):
        is_base = page_type.__module__.startswith("wagtail.")
        return (
            [] if is_base else [Error("A page type must stand on BasePage.", obj=page_type, id="core.E002")]
        )
    problems: list[CheckMessage] = []
    try:
        get_template(page_type.template)
    except (TemplateDoesNotExist, TemplateSyntaxError) as error:
        problems.append(checks.Warning(f"No template to draw it: {error}", obj=page_type, id="core.W003"))
    if bool(page_type.kind) != bool(page_type.kind_label):
        problems.append(Error("kind and kind_label belong together.", obj=page_type, id="core.E004"))
    return problems
