"""`{% ui "name" attribute=value %}` renders a component of the design system."""

import re
from typing import Any

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.html import format_html
from django.utils.safestring import SafeString
from laces.templatetags.laces import component as laces_component
from wagtail.blocks import StreamValue

from portal.core.blocks import sections
from portal.ui.components import registry

register = template.Library()
register.tag("component", laces_component)


class ComponentNode(Node):
    """A component with the attributes that the template gives it."""

    child_nodelists: tuple[str, ...] = ()
    nodelist = NodeList()

    def __init__(self, name: FilterExpression, attributes: dict[str, FilterExpression]) -> None:
        self.name = name
        self.attributes = attributes

    def render(self, context: Context) -> SafeString:
        name = self.name.resolve(context)
        component = registry.get(name)
        if component is None:
            raise TemplateSyntaxError(f"No component {name!r}; there are: {', '.join(sorted(registry))}.")
        unknown = set(self.attributes) - set(component.declared())
        if unknown:
            raise TemplateSyntaxError(
                f"Component {name!r} has no attribute {', '.join(sorted(unknown))};"
                f" declared are: {', '.join(component.declared())}."
            )
        try:
            instance = component(**{key: value.resolve(context) for key, value in self.attributes.items()})
        except TypeError as error:
            raise TemplateSyntaxError(f"Component {name!r}: {error}.") from error
        return instance.render_html(context)


@register.tag("ui")
def ui(parser: Parser, token: Token) -> ComponentNode:
    """Renders a component; an unknown component or attribute is an error of the template that says what there is."""
    _tag, *bits = token.split_contents()
    if not bits:
        raise TemplateSyntaxError("{% ui %} needs the name of a component.")
    name = parser.compile_filter(bits.pop(0))
    attributes: dict[str, Any] = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"{{% ui %}} takes attribute=value pairs only, not {' '.join(bits)!r}.")
    return ComponentNode(name, attributes)


@register.simple_block_tag
def heading(content: SafeString, level: int | str, **attributes: str) -> SafeString:
    """A heading of a level that the caller knows; attributes without a value are left out."""
    given = flatatt({name: value for name, value in attributes.items() if value})
    return format_html("<h{0}{1}>{2}</h{0}>", int(level), given, content)


@register.simple_tag
def demo() -> bool:
    """Whether this installation shows invented content."""
    return settings.PORTAL_DEMO


@register.inclusion_tag("ui/parts/head_links.html", takes_context=True)
def head_links(context: Context, languages: list[dict[str, Any]]) -> dict[str, Any]:
    """Canonical address, language alternates and what social networks show; `languages` from `{% language_links %}`."""
    request = context.get("request")
    if request is None:
        return {}
    number = request.GET.get("page", "")
    # pages of a list are pages of their own; filters are views of the same page
    query = f"?page={int(number)}" if re.fullmatch("[0-9]{1,5}", number) and int(number) > 1 else ""
    here = request.build_absolute_uri(request.path + query)
    alternates = [
        {"code": language["code"], "url": request.build_absolute_uri(language["url"])}
        for language in languages
        if language["is_translation"]
    ]
    return {
        "canonical": here,
        "alternates": alternates if len(alternates) > 1 else [],
        "page": context.get("page"),
    }


@register.simple_tag
def body_sections(body: StreamValue) -> list[dict[str, str]]:
    """The sections of a page's body for `{% ui "contents" %}`; their ids are those of the rendered headings."""
    return sections(body)
