"""What mentors say of themselves that takes effect at once."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.members.domain.companies import twins_of
from portal.members.forms import AT_LEAST_ONE, PersonForm
from portal.members.models import Company, Person, is_paused
from portal.members.registry import write_facts
from portal.topics.forms import TopicField
from search.domain.indexing import touch

#: how many companies somebody can help at the same time
MOST_PLACES = 20


class TopicWords(forms.Textarea):
    """Topics as words with commas between them; needs no script."""

    def __init__(self, *args: Any, free_tagging: bool = True, tag_model: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def format_value(self, value: Any) -> str | None:
        if value is not None and not isinstance(value, str):
            value = ", ".join(sorted(topic.label for topic in value))
        return super().format_value(value)


class WrittenTopics(TopicField):
    """Topics that are written, where no list appears."""

    def unknown(self, number: int) -> str:
        return gettext("We do not know as a topic: %(words)s. Please write topics as the portal calls them.")


class OwnFactsForm(PersonForm):
    """The facts of one's own profile."""

    topics = WrittenTopics(
        label=_("Topics"),
        help_text=_("What you can help with, in German or Czech, with commas between."),
        widget=TopicWords(attrs={"rows": 3}),
    )
    also_excluded = forms.CharField(
        label=_("Take no requests from another company"),
        required=False,
        max_length=200,
        help_text=_(
            "The name of the company, for example of a competitor. The company does not learn of it."
        ),
    )

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = [
            *("places", "paused_until", "topics", "formats", "online", "on_site_radius"),
            *("company_sizes", "excluded_companies", "phone"),
        ]
        labels: ClassVar[dict[str, Any]] = {
            "places": _("How many companies at the same time?"),
            "formats": _("Formats"),
            "company_sizes": _("Company sizes"),
        }
        help_texts: ClassVar[dict[str, Any]] = {"places": ""}
        widgets: ClassVar[dict[str, Any]] = {
            "places": forms.NumberInput(attrs={"min": 0, "max": MOST_PLACES}),
            "paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "on_site_radius": forms.NumberInput(attrs={"min": 0, "max": 500}),
            "excluded_companies": forms.CheckboxSelectMultiple,
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        excluded = self.instance.excluded_companies.order_by("name")
        self.fields["excluded_companies"].queryset = excluded
        self.fields["works_in"].required = True
        self.fields["works_in"].error_messages["required"] = AT_LEAST_ONE
        self.fields["works_in"].label, self.fields["understands"].label = (
            _("You work in"),
            _("You understand"),
        )
        if not excluded:
            del self.fields["excluded_companies"]
        self.order_fields(
            [
                *("places", "paused_until", "topics", "works_in", "understands", "formats"),
                *("online", "on_site_radius", "company_sizes", "phone", "excluded_companies"),
            ]
        )

    def clean_places(self) -> int:
        """Nobody helps more companies at once than the form offers."""
        places: int = self.cleaned_data["places"]
        if places > MOST_PLACES:
            raise ValidationError(_("At most %(n)s places."), params={"n": MOST_PLACES})
        return places

    def clean_paused_until(self) -> date | None:
        """A new pause has not ended yet: who slips in the year would otherwise go on being asked."""
        until: date | None = self.cleaned_data["paused_until"]
        if until and "paused_until" in self.changed_data and not is_paused(until, timezone.localdate()):
            raise ValidationError(_("Please choose a day that is still to come."))
        return until

    def clean_also_excluded(self) -> list[Company]:
        """The companies of that name, up to its spelling; several can have the same."""
        name = self.cleaned_data["also_excluded"].strip()
        found = twins_of(name, "") if name else []
        if name and not found:
            raise ValidationError(
                _("We know no company of this name. Please write it as it stands in the portal.")
            )
        return found

    def write(self) -> int:
        """Saves, with effect at once; returns how many open requests were passed on to others because of it."""
        return write_facts(self.instance, self.for_user, self._save)

    def _save(self) -> None:
        # below the mentor's lock: what coordinators say of the person stays as they have last said it
        others = [field.name for field in Person._meta.concrete_fields if field.name not in self._meta.fields]
        self.instance.refresh_from_db(fields=others)
        self.instance.last_confirmed_on = timezone.localdate()
        super()._save()
        self.instance.excluded_companies.add(*self.cleaned_data["also_excluded"])
        touch(self.instance)
