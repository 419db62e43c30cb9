"""Forms say what they want, what is wrong, and where."""

import pytest
from django import forms
from django.utils import translation


class NeedForm(forms.Form):
    problem = forms.CharField(
        label="Was möchten Sie lösen?", help_text="Zwei bis fünf Sätze.", widget=forms.Textarea
    )
    languages = forms.MultipleChoiceField(
        label="In welcher Sprache?",
        choices=[("de", "Deutsch"), ("cs", "Tschechisch")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="Ich bin einverstanden")
    company = forms.CharField(label="Unternehmen", required=False)
    draft = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Heute schon zehn Anfragen.")


def fresh() -> str:
    return str(NeedForm())


def refused() -> str:
    with translation.override("de"):
        return str(NeedForm({"company": "Müller & Söhne"}))


class TestAFreshForm:
    def test_ties_label_and_hint_to_the_field(self):
        form = fresh()
        assert '<label for="id_problem">Was möchten Sie lösen?</label>' in form
        assert '<div class="hint" id="id_problem_helptext">Zwei bis fünf Sätze.</div>' in form
        assert 'aria-describedby="id_problem_helptext"' in form

    def test_complains_of_nothing(self):
        assert "alert" not in fresh()
        assert "aria-invalid" not in fresh()

    def test_groups_choices_under_their_question(self):
        form = fresh()
        assert "<legend>In welcher Sprache?</legend>" in form
        assert form.count("<fieldset") == 1

    def test_says_what_may_be_left_out(self):
        with translation.override("de"):
            assert 'Unternehmen <span class="optional">(freiwillig)</span></label>' in str(NeedForm())

    def test_draws_hidden_fields_without_a_label(self):
        assert fresh().count('name="draft"') == 1
        assert "Draft" not in fresh()


class TestARefusedForm:
    def test_keeps_what_was_typed(self):
        assert 'value="Müller &amp; Söhne"' in refused()

    def test_begins_with_a_summary_that_leads_to_each_field(self):
        form = refused()
        assert form.strip().startswith('<div class="callout bad" role="alert">')
        assert "<li>Heute schon zehn Anfragen.</li>" in form
        assert '<a href="#id_problem">' in form
        assert '<a href="#id_agreed">' in form

    def test_leads_to_the_first_choice_of_a_group(self):
        form = refused()
        assert '<a href="#id_languages_0">' in form
        assert 'id="id_languages_0"' in form

    @pytest.mark.parametrize("name", ["problem", "languages", "agreed"])
    def test_says_at_the_field_what_is_wrong(self, name):
        assert (
            f'<p class="error-text" id="id_{name}_error">Dieses Feld muss ausgefüllt werden.</p>' in refused()
        )

    def test_ties_the_error_to_the_field(self):
        assert 'aria-invalid="true" aria-describedby="id_problem_helptext id_problem_error"' in refused()
        assert '<fieldset class="field choices error" aria-describedby="id_languages_error">' in refused()
