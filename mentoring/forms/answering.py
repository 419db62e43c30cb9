"""How a mentor declines."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.enums import DeclineReason


class DeclineForm(forms.Form):
    """A reason for the coordinator, and words for the company."""

    reason = forms.ChoiceField(
        label=_("Why does it not fit?"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        help_text=_("Only the coordinators read this. It helps them to ask you about what suits you."),
        error_messages={"required": _("Please choose a reason; one click is enough.")},
    )
    words = forms.CharField(
        label=_("A word to the company"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The company reads this as you write it, for example whom else it could ask."),
    )
