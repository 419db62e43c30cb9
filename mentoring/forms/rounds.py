"""What a coordinator fills in for a programme's round."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mentoring.models import MentoringRequest, Round
from portal.members.models import Organisation, Person
from portal.topics.models import Topic, fold

#: how fields for places that are kept back begin
RESERVED = "reserved-"


class NarrowForm(forms.Form):
    """Who of all those who could is listed."""

    partner = forms.ModelChoiceField(
        label=_("Partner whose round it is"), queryset=Organisation.objects.all(), required=False
    )
    topic = forms.TypedChoiceField(
        label=_("Topic of the requests"), required=False, coerce=int, empty_value=None
    )
    mentor_topic = forms.TypedChoiceField(
        label=_("Topic of the mentors"), required=False, coerce=int, empty_value=None
    )
    mentor_partner = forms.ModelChoiceField(
        label=_("Partner of the mentors"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args: Any, chooses_partner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, carriers in (("topic", "request_items"), ("mentor_topic", "person_items")):
            topics = Topic.objects.filter(**{f"{carriers}__isnull": False}).distinct()
            labels = [(topic.pk, topic.label) for topic in topics.prefetch_related("labels")]
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *sorted(labels, key=lambda choice: fold(choice[1]))]
        if not chooses_partner:
            del self.fields["partner"]


class RoundForm(forms.ModelForm):
    """The name of a round, and who takes part; all who are listed, unless the coordinator takes some out."""

    class Meta:
        model = Round
        fields = ["name"]
        labels = {"name": _("Name of the round")}
        help_texts = {"name": _("For example “Mentoring, spring 2027”. Only coordinators see it.")}

    def __init__(
        self, *args: Any, requests: QuerySet[MentoringRequest], mentors: QuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        several = forms.CheckboxSelectMultiple
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        self.fields["requests"] = forms.ModelMultipleChoiceField(
            requests,
            label=_("Requests"),
            widget=several,
            error_messages={"required": _("Please choose at least one request.")},
        )
        self.fields["mentors"] = forms.ModelMultipleChoiceField(
            mentors,
            label=_("Mentors"),
            widget=several,
            error_messages={"required": _("Please choose at least one mentor.")},
        )
        for person in mentors:
            self.fields[f"{RESERVED}{person.pk}"] = forms.IntegerField(
                label=_("Places kept back: %(name)s") % {"name": person.full_name},
                min_value=0,
                max_value=99,
                required=False,
            )

    @property
    def kept_back(self) -> dict[int, int]:
        """How many places of each chosen mentor (key) are kept back."""
        return {
            person.pk: self.cleaned_data.get(f"{RESERVED}{person.pk}") or 0
            for person in self.cleaned_data["mentors"]
        }


class ChangeForm(forms.Form):
    """A button of the page of a round: what it does, and to which pair."""

    ACTIONS = ("compute", "stop", "lock", "unlock", "drop", "allow", "discard")

    action = forms.RegexField(r"^[a-z]+(:\d{1,18})?$")
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def clean_action(self) -> tuple[str, int]:
        """(what, key of the pair or 0)"""
        name, _colon, pair = self.cleaned_data["action"].partition(":")
        if name not in self.ACTIONS:
            raise forms.ValidationError(_("This is not possible here yet."))
        return name, int(pair or 0)


class VersionForm(forms.Form):
    """Nothing but the button, and which round was shown beside it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class ChooseForm(VersionForm):
    """Whom to bring together with a request."""

    mentor = forms.ModelChoiceField(queryset=Person.objects.verified())
