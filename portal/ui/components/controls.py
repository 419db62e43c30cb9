"""What readers type into and choose from."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from portal.ui.components.base import Component, component


@component("search_box")
@dataclass
class SearchBox(Component):
    """A GET form with one field."""

    action: str
    value: str = ""
    placeholder: str = ""
    #: what the field is for, for readers who do not see it
    label: str = ""
    name: str = "q"
    #: other parameters to keep, {"name", "value"}
    keep: list[dict[str, str]] = field(default_factory=list)


@component("filter_group")
@dataclass
class FilterGroup(Component):
    """Checkboxes that narrow a list; {"value", "label", "count", "checked"}, count may lack.

    `kind` is "checkbox" or "radio". Stands inside a GET form with a submit button.
    """

    legend: str
    name: str
    options: list[dict[str, Any]] = field(default_factory=list)
    kind: str = "checkbox"


@component("field")
@dataclass
class Field(Component):
    """A field of a form with label, hint and error."""

    bound: BoundField

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"field": self.bound}


@component("form_errors")
@dataclass
class FormErrors(Component):
    """What has to be mended, with a link to each field; nothing while all is well."""

    form: forms.BaseForm
