"""The form in which a user enters a company; forms in which coordinators and administrators write down facts."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.widgets import BaseChooser

from portal.accounts.models import User
from portal.core.enums import SizeClass, SpokenLanguage
from portal.members.domain.companies import found, join, twins_of
from portal.members.domain.places import find_places, places_like
from portal.members.enums import LanguageLevel
from portal.members.models import Company, Organisation, Person, PersonLanguage
from portal.members.registry import write_facts
from portal.members.rules import partner_of
from portal.topics.forms import NamesForm, names_form
from portal.topics.models import Place

#: the fields of the form for people that stand for rows of PersonLanguage
LEVELS = {"works_in": LanguageLevel.WORKS_IN, "understands": LanguageLevel.UNDERSTANDS}


AT_LEAST_ONE = _("Choose at least one language.")


class PlaceWidget(BaseChooser):
    """The place that was chosen, and the button that leads to all of them."""

    def get_instance(self, value: Any) -> Place | None:
        """The place, or its key. What is no key at all is left to the field, which refuses it in words."""
        if value is None or isinstance(value, Place):
            return value
        try:
            return Place.objects.select_related("region").filter(pk=value).first()
        except ValueError:
            return None

    def get_display_title(self, instance: Place) -> str:
        return instance.label_with_region


class PlaceSearchForm(BaseFilterForm):
    """The search above the places that one chooses from."""

    q = forms.CharField(
        label=_("Name of the place"),
        required=False,
        help_text=_("In German or in Czech, also without diacritics."),
    )

    def filter(self, objects: QuerySet[Place]) -> QuerySet[Place] | list[Place]:
        """What was searched for, or all of `objects`."""
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return places_like(self.search_query) if self.is_searching else objects


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
        if not cleaned.get("works_in") and "works_in" not in self.errors:
            self.add_error("works_in", AT_LEAST_ONE)
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


#: the answer to “Is this your company?” that says no
ANOTHER = "another"


class CompanyForm(forms.Form):
    """A company in half a minute. Questions come in where the place, or the name, leaves a doubt."""

    name = forms.CharField(
        label=_("Name of the company"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Please enter the name of the company.")},
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=100,
        help_text=_("Where the company works, in German or in Czech."),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"required": _("Please enter the place.")},
    )
    size = forms.ChoiceField(
        label=_("How many people work there?"),
        choices=SizeClass.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose how many people work there.")},
    )
    register_number = forms.CharField(
        label=_("Register number"),
        max_length=40,
        required=False,
        help_text=_("HRB, HRA, VAT ID or IČO; many firms have none."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.places = find_places(self._typed("place"))
            self.twins = twins_of(self._typed("name"), self._typed("register_number"))
            self._ask_which_place()
            self._ask_which_company()
            self.order_fields(["name", "company", "place", "which_place"])

    def save(self, user: User) -> Company:
        """The company, new or joined. Raises PermissionDenied with a sentence for the reader."""
        known = {str(twin.pk): twin for twin in self.twins}
        if twin := known.get(self.cleaned_data.get("company", ANOTHER)):
            return join(user, twin).company
        facts = {key: self.cleaned_data[key] for key in ("name", "place", "size", "register_number")}
        return found(user, **facts)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = {str(place.pk): place for place in self.places.places}.get(cleaned.get("which_place", ""))
        if "place" in cleaned and not self.places.places:
            unknown = _("We do not know this place. Please check the spelling, or enter the next larger one.")
            self.add_error("place", unknown)
        cleaned["place"] = self.places.one or chosen
        return cleaned

    def _typed(self, name: str) -> str:
        """What was typed, as long as it may be: nothing longer is compared with anything."""
        limit = self.fields[name].max_length  # type: ignore[attr-defined] # a CharField
        return str(self.data.get(name, ""))[:limit].strip()

    def _ask_which_place(self) -> None:
        if self.places.places and not self.places.one:
            places = [(str(place.pk), place.label_with_region) for place in self.places.places]
            self.fields["which_place"] = _question(
                _("Which place do you mean?"), places, _("Please choose the place, or correct it above.")
            )

    def _ask_which_company(self) -> None:
        if self.twins:
            yes = _("Yes, I belong to: %(company)s (%(place)s)")
            companies = [
                (str(twin.pk), yes % {"company": twin.name, "place": twin.place.label}) for twin in self.twins
            ]
            self.fields["company"] = _question(
                _("Is this your company?"),
                [*companies, (ANOTHER, _("No, it is another one"))],
                _("A company like this one is here already. Please say whether it is yours."),
                _(
                    "If so, a colleague or a coordinator confirms you, and sees your name and email address for it."
                ),
            )


def _question(label: Any, choices: list[tuple[str, Any]], required: Any, hint: Any = "") -> forms.ChoiceField:
    """Radio buttons that want an answer."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        help_text=hint,
        error_messages={"required": required, "invalid_choice": required},
    )
