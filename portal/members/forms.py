"""Forms in which coordinators write down facts about people and companies, and administrators about partners."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.core.enums import SpokenLanguage
from portal.members.enums import LanguageLevel
from portal.members.models import Company, Organisation, Person, PersonLanguage
from portal.members.registry import write_facts
from portal.members.rules import partner_of
from portal.topics.forms import NamesForm, names_form

#: the fields of the form for people that stand for rows of PersonLanguage
LEVELS = {"works_in": LanguageLevel.WORKS_IN, "understands": LanguageLevel.UNDERSTANDS}


class OwnPartnerForm(WagtailAdminModelForm):
    """A new row belongs to the partner of the coordinator who writes it down, unless they say otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.for_user is not None:
            self.initial.setdefault("home_partner", partner_of(self.for_user))


def languages_field(label: Any) -> forms.MultipleChoiceField:
    """Checkboxes for the languages that people know."""
    return forms.MultipleChoiceField(
        choices=SpokenLanguage.choices, required=False, label=label, widget=forms.CheckboxSelectMultiple
    )


class MembershipForm(WagtailAdminModelForm):
    """Who belongs to a company; coordinators say so of the companies that their partner looks after."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None and not self.for_user.is_superuser:
            own = Company.objects.filter(home_partner=partner_of(self.for_user))
            self.fields["company"].queryset = own


class PersonForm(OwnPartnerForm):
    """A person, with the languages as two lists of checkboxes instead of rows."""

    works_in = languages_field(_("Works in"))
    understands = languages_field(_("Understands"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(self.instance.languages.all()) if self.instance.pk else []
        for field, level in LEVELS.items():
            self.initial[field] = [row.language for row in known if row.level == level]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not cleaned.get("works_in"):
            self.add_error("works_in", _("Choose at least one language."))
        return cleaned

    def save(self, commit: bool = True) -> Person:
        person: Person = self.instance
        if not commit or person.pk is None:
            return self._create(commit)
        write_facts(person, self.for_user, self._save)
        return person

    @transaction.atomic
    def _create(self, commit: bool) -> Person:
        person: Person = super().save(commit=commit)
        if commit:
            self._save_languages(person)
        return person

    def _save(self) -> None:
        self._create(commit=True)

    def _save_languages(self, person: Person) -> None:
        """A language that is ticked twice counts as one that the person works in."""
        levels = {
            language: level
            for field, level in reversed(LEVELS.items())
            for language in self.cleaned_data[field]
        }
        known = {row.language: row.level for row in person.languages.all()}
        if levels == known:
            return
        person.languages.all().delete()
        PersonLanguage.objects.bulk_create(
            PersonLanguage(person=person, language=language, level=level)
            for language, level in levels.items()
        )


class OrganisationForm(NamesForm):
    """A partner, with name and description in each language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.initial[f"description_{code}"] = self.instance.descriptions.get(code, "")

    def save(self, commit: bool = True) -> Organisation:
        self.instance.descriptions = {
            code: self.cleaned_data[f"description_{code}"].strip() for code, _name in settings.LANGUAGES
        }
        super().save(commit=commit)
        partner: Organisation = self.instance
        return partner


def organisation_form() -> type[OrganisationForm]:
    """OrganisationForm with its fields for each language of the portal."""
    fields = {
        f"description_{code}": forms.CharField(label=name, widget=forms.Textarea, required=False)
        for code, name in settings.LANGUAGES
    }
    return type("PartnerForm", (names_form(OrganisationForm),), fields)
