"""Model fields that several apps use."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager


class PageTopicsManager(ClusterTaggableManager):
    """ClusterTaggableManager whose through points at the base Page, usable from a concrete page type.

    taggit joins from the declaring model's own table; the through's key is wagtailcore_page.id, so the path must first
    climb to Page.
    """

    def get_path_info(self, filtered_relation: Any = None) -> list:
        path = super().get_path_info(filtered_relation)
        return [*self.model._meta.get_path_to_parent(path[0].from_opts.model), *path]

    def get_reverse_path_info(self, filtered_relation: Any = None) -> list:
        path = super().get_reverse_path_info(filtered_relation)
        return [*path, *self.model._meta.get_path_from_parent(path[-1].to_opts.model)]


class ChoiceListField(models.JSONField):
    """Several values of a closed list, stored as a JSON list in the order of the choices.

    Portable where PostgreSQL's ArrayField is not; forms show checkboxes.
    """

    def __init__(self, *args: Any, of: type[models.TextChoices], **kwargs: Any) -> None:
        self.of = of
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        unknown = [item for item in value if item not in self.of.values]
        if unknown:
            raise ValidationError(
                _("Unknown value: %(value)s"), params={"value": ", ".join(map(str, unknown))}
            )

    def clean(self, value: Any, model_instance: models.Model | None) -> list[str]:
        value = super().clean(value, model_instance)
        return [choice for choice in self.of.values if choice in value]

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.TypedMultipleChoiceField(
            choices=self.of.choices,
            coerce=str,
            required=not self.blank,
            label=kwargs.get("label") or self.verbose_name,
            help_text=kwargs.get("help_text") or self.help_text,
            initial=self.default,
            widget=forms.CheckboxSelectMultiple,
        )

    def labels(self, value: list[str]) -> list[str | Promise]:
        """The display names of `value`, in the order of the choices."""
        return [choice.label for choice in self.of if choice.value in value]
