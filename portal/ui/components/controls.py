"""What readers type into and choose from."""

from dataclasses import dataclass, field
from typing import Any, Self

import yaml
from django import forms
from django.forms.boundfield import BoundField

from portal.ui.components.base import SAMPLES, Component, component


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

    @classmethod
    def samples(cls, language: str) -> list[Self]:
        return [cls(bound) for bound in sample_form(language, "field").visible_fields()]


@component("form_errors")
@dataclass
class FormErrors(Component):
    """What has to be mended, with a link to each field; nothing while all is well."""

    form: forms.BaseForm

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        if not self.form.is_bound:
            return {}
        fields = [
            {
                "label": bound.label,
                # a group of choices has no id of its own that can be focused: its first choice has
                "id": f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label,
                "text": " ".join(map(str, bound.errors)),
            }
            for bound in self.form.visible_fields()
            if bound.errors
        ]
        others = [error for bound in self.form.hidden_fields() for error in bound.errors]
        return {"general": [*self.form.non_field_errors(), *others], "fields": fields}

    @classmethod
    def samples(cls, language: str) -> list[Self]:
        return [cls(sample_form(language, "field"))]


def sample_form(language: str, prefix: str) -> forms.Form:
    """A form as it comes back with errors: every kind of field, some with a hint."""
    words = yaml.safe_load((SAMPLES / "field.yaml").read_text(encoding="utf-8"))[language]
    choices = list(enumerate(words["choices"]))

    def field(kind: type[forms.Field], key: str, **options: Any) -> forms.Field:
        return kind(label=words[key], help_text=words.get(f"{key}_hint", ""), **options)

    class SampleForm(forms.Form):
        name = field(forms.CharField, "name", max_length=80)
        email = field(forms.EmailField, "email")
        problem = field(forms.CharField, "problem", widget=forms.Textarea(attrs={"rows": 4}), required=False)
        size = field(forms.ChoiceField, "size", choices=choices, required=False)
        languages = field(
            forms.MultipleChoiceField, "languages", choices=choices, widget=forms.CheckboxSelectMultiple
        )
        place = field(forms.ChoiceField, "place", choices=choices, widget=forms.RadioSelect, required=False)
        photo = field(forms.FileField, "photo", required=False)
        agreed = field(forms.BooleanField, "agreed")

    return SampleForm({f"{prefix}-email": "petra", f"{prefix}-place": "1"}, prefix=prefix)
