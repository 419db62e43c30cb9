"""What a coordinator fills in at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from portal.members.models import Person


class ConfirmForm(forms.Form):
    """Nothing but the button."""


class RejectForm(forms.Form):
    """Why a request is not taken on."""

    words = forms.CharField(
        label=_("Why not? In words for the company"),
        help_text=_("Please write in the language of the company. It reads exactly this."),
        widget=AdminAutoHeightTextInput,
    )


class ProposeForm(forms.Form):
    """Whom to ask."""

    mentor = forms.ModelChoiceField(queryset=Person.objects.verified(), widget=forms.HiddenInput)
