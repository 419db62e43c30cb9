"""The steps of the request form. An error keeps what was typed; a draft may be saved half-filled."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from mentoring.domain.asking import MOST_TOPICS
from mentoring.models.requests import RANKS
from portal.core.enums import SpokenLanguage
from portal.members.enums import Meeting, MentoringFormat
from portal.members.models import Company, Person

#: the longest text, in characters: two pages
LONGEST = 4000
SALT = "mentoring.begin"
#: seconds for which a form that was opened begins one and the same draft
FORM_LASTS = 24 * 60 * 60
#: what a select says instead of a rank
NEVER = "never"
#: what a card's select is called, before the key of the person
WISH = "wish_"


def long_text(label: Any, hint: Any = "", rows: int = 5, missing: Any = "") -> forms.CharField:
    """A text of some sentences; one that has to be there says so when it is `missing`."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        error_messages={"required": missing},
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def problem_field() -> forms.CharField:
    """The first question."""
    hint = _("Two to five sentences. What happens today, and what should be different?")
    missing = _("Please describe in a sentence or two what you would like to solve.")
    return long_text(_("What would you like to solve?"), hint, missing=missing)


class StepForm(forms.Form):
    """One step of a draft; `is_lenient` while the draft is only saved."""

    def __init__(self, *args: Any, is_lenient: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values() if is_lenient else ():
            field.required = False


class BeginForm(StepForm):
    """The first page, before there is a draft: what is it about?

    `token` holds the key of the draft to be, signed: who sends the form again has the same draft, and who only knows the
    key from an address cannot pretend to have held the form.
    """

    problem = problem_field()
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    mentor = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    page = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean_token(self) -> UUID:
        """The key; a new one for a form that was kept open for days."""
        try:
            return UUID(signing.loads(self.cleaned_data["token"], salt=SALT, max_age=FORM_LASTS))
        except signing.BadSignature:
            return uuid4()

    def clean_mentor(self) -> int:
        return number(self.cleaned_data["mentor"])

    def clean_page(self) -> int:
        return number(self.cleaned_data["page"])


def new_token() -> str:
    """A token for a form that is opened now."""
    return signing.dumps(str(uuid4()), salt=SALT)


def number(text: str | None) -> int:
    """The key that an address names; 0, which no row has, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


class TopicForm(StepForm):
    """Step 1: the problem, and the topics it is about, of `choices` [(slug, label)]."""

    problem = problem_field()
    topics = forms.MultipleChoiceField(
        label=_("Which topics is it about?"),
        help_text=_("Up to eight. They decide whom we propose to you."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Please choose at least one topic."),
            "invalid_choice": _("We do not know this topic. Please choose from the list."),
        },
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = choices  # type: ignore[attr-defined] # a MultipleChoiceField

    def clean_topics(self) -> list[str]:
        topics: list[str] = self.cleaned_data["topics"]
        if len(topics) > MOST_TOPICS:
            raise forms.ValidationError(_("Please choose up to eight topics."))
        return topics


class NeedForm(StepForm):
    """Step 2: what is wanted, and how the two can work together."""

    goal = long_text(
        _("How will you know in three months that it has worked?"),
        _("One goal is enough, even a small one."),
        rows=2,
        missing=_("Please name a goal, even a small one."),
    )
    tried = long_text(_("What have you tried so far?"), rows=2)
    languages = forms.MultipleChoiceField(
        label=_("In which languages can you work?"),
        choices=SpokenLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one language.")},
    )
    interpreting = forms.BooleanField(label=_("An interpreter is fine with us"), required=False)
    format = forms.ChoiceField(
        label=_("How much time do you need?"),
        choices=[("", _("We do not know yet")), *MentoringFormat.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    meeting = forms.ChoiceField(
        label=_("Where would you like to meet?"), choices=Meeting.choices, widget=forms.RadioSelect
    )

    def clean_meeting(self) -> str:
        return self.cleaned_data["meeting"] or Meeting.EITHER


class MentorsForm(StepForm):
    """Step 3: whom to ask. One select for each of `people` (person by key)."""

    across_the_border = forms.BooleanField(
        label=_("Prefer mentors from the other side of the border"), required=False
    )
    shows_company = forms.BooleanField(
        label=_("Mentors may see the name of our company before they accept"),
        help_text=_(
            "Otherwise they read only your topics, your words, the size of your company and its region."
        ),
        required=False,
    )
    contact_name = forms.CharField(
        label=_("Contact person"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("The mentor sees it only after accepting."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, people: dict[int, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for key, person in people.items():
            self.fields[f"{WISH}{key}"] = forms.ChoiceField(
                label=_("Your wish: %(name)s") % {"name": person.full_name},
                choices=WISHES,
                required=False,
            )

    @property
    def ranked(self) -> list[int]:
        """Keys of people, the first choice first."""
        chosen = [(rank, key) for key, rank in self._wishes().items() if rank.isdigit()]
        return [key for _rank, key in sorted(chosen)]

    @property
    def excluded(self) -> list[int]:
        """Keys of people who shall not be asked."""
        return [key for key, rank in self._wishes().items() if rank == NEVER]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wishes = self._wishes()
        taken: set[str] = set()
        for key, rank in wishes.items():
            if rank in taken and rank.isdigit():
                twice = _("Somebody else has this rank already. Please give each rank once.")
                self.add_error(f"{WISH}{key}", twice)
            taken.add(rank)
        ranks = sorted(int(rank) for rank in taken if rank.isdigit())
        if ranks != list(range(1, len(ranks) + 1)):
            first = next(n for n in range(1, RANKS + 1) if n not in ranks)
            gap = _("Please begin with your first choice and leave no rank out. Missing: %(rank)s")
            self.add_error(None, gap % {"rank": RANK_NAMES[first]})
        return cleaned

    def _wishes(self) -> dict[int, str]:
        return {
            key: self.cleaned_data[f"{WISH}{key}"]
            for key in self.people
            if self.cleaned_data.get(f"{WISH}{key}")
        }


RANK_NAMES = {1: _("1st choice"), 2: _("2nd choice"), 3: _("3rd choice")}
WISHES = [
    ("", _("No preference")),
    *((str(rank), name) for rank, name in RANK_NAMES.items()),
    (NEVER, _("Please do not ask")),
]


def wishes_of(ranked: Iterable[int], excluded: Iterable[int]) -> dict[str, str]:
    """The wishes that stand in a draft, as the form shows them."""
    ranks = {f"{WISH}{key}": str(rank) for rank, key in enumerate(ranked, start=1)}
    return ranks | {f"{WISH}{key}": NEVER for key in excluded}


def people_named(data: Any, limit: int = 20) -> list[int]:
    """The keys of people for whom `data` of the form holds a wish, so that whoever was shown keeps it."""
    named = (
        number(name.removeprefix(WISH)) for name, value in data.items() if name.startswith(WISH) and value
    )
    return [key for key in named if key][:limit]


class SendForm(forms.Form):
    """The last page: for which company?"""

    company = forms.ChoiceField(
        label=_("For which company do you ask?"),
        error_messages={
            "required": _("Please choose the company."),
            "invalid_choice": _("Please choose the company."),
        },
    )

    def __init__(self, *args: Any, companies: Collection[Company], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = {str(company.pk): company for company in companies}
        field: Any = self.fields["company"]
        field.choices = [(key, company.name) for key, company in self.companies.items()]
        if len(self.companies) == 1:
            field.widget, field.required = forms.HiddenInput(), False

    def clean_company(self) -> Company:
        chosen = self.cleaned_data["company"] or next(iter(self.companies))
        return self.companies[chosen]
