"""What must hold for notifications."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from portal.notifications.registry import Kind, kinds


@register("portal", "kinds")
def every_kind_has_its_texts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each registered kind has a subject and a message."""
    return [problem for kind in kinds.values() for problem in missing_texts(kind)]


def missing_texts(kind: Kind) -> Iterator[CheckMessage]:
    """The templates that `kind` lacks."""
    for name in kind.templates:
        try:
            get_template(name)
        except TemplateDoesNotExist:
            yield Error(f"The text {name} is missing.", obj=kind.name, id="notifications.E001")
