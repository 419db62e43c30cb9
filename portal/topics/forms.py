"""The picker of topics, in whichever language a person types, and the forms of the vocabulary."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.tags import TagField
from wagtail.admin.panels import InlinePanel
from wagtail.admin.widgets import AdminTagWidget

from portal.topics.domain.addresses import Addresses, addresses_of, remember_addresses
from portal.topics.domain.picker import topics_named
from portal.topics.models import Topic, TopicLabel, address_of, fold

LANGUAGES: list[tuple[str, Any]] = list(settings.LANGUAGES)


class TopicWidget(AdminTagWidget):
    """Shows topics by their labels in the reader's language, and proposes them from both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # An unknown word becomes a tag in the browser too, so that the form can say what is wrong with it;
        # otherwise the browser would lose it silently.
        super().__init__(*args, **{**kwargs, "free_tagging": True})

    def format_value(self, value: Any) -> str | None:
        if value is not None and not isinstance(value, str):
            topics = list(value)
            prefetch_related_objects(topics, "labels")
            value = ", ".join(topic.label for topic in topics)
        shown: str | None = super().format_value(value)
        return shown

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("topic_autocomplete")
        context["widget"]["help_text"] = ""
        return context


class TopicField(TagField):
    """Topics, typed as words in any language of the vocabulary; a word that is no topic is refused by name."""

    widget = TopicWidget

    def clean(self, value: str | None) -> list[str]:
        """The names of the topics. TagField.clean is left out: it drops unknown words without a word."""
        words = [word for part in (value or "").split(",") if (word := part.strip().strip('"').strip())]
        names, unknown = topics_named(words)
        if unknown:
            shown = ", ".join(_("“%(word)s”") % {"word": word} for word in unknown)
            raise ValidationError(self.unknown(len(unknown)) % {"words": shown}, code="unknown_topic")
        if self.required and not names:
            raise ValidationError(self.error_messages["required"], code="required")
        return names

    def unknown(self, number: int) -> str:
        """What is said of so many %(words)s that are no topics."""
        return ngettext(
            "%(words)s is not a topic. Choose one from the list that appears while you type.",
            "%(words)s are not topics. Choose from the list that appears while you type.",
            number,
        )


def topic_field_options(db_field: models.Field) -> dict[str, Any]:
    """How Wagtail's forms edit `db_field`: topics with the picker, other tags as ever."""
    if db_field.related_model is Topic:
        text = gettext_lazy("Type a word in German or Czech and choose from the list.")
        return {"form_class": TopicField, "tag_model": Topic, "help_text": text}
    return {"form_class": TagField, "tag_model": db_field.related_model}


def refuse_separators(form: forms.BaseForm, field: str, text: str) -> None:
    """Adds an error where `text` could not be typed into the picker."""
    if "," in text or '"' in text:
        form.add_error(field, _("Leave out commas and double quotes: they separate topics in the picker."))


def words_of_others(topic: Topic) -> set[str]:
    """The folded labels and names of all other topics."""
    labels = TopicLabel.objects.exclude(topic=topic.pk).values_list("folded", flat=True)
    names = Topic.objects.exclude(pk=topic.pk).values_list("name", flat=True)
    return {*labels, *map(fold, names)}


class LabelFormSet(BaseChildFormSet):
    """The labels of a topic, under the rules that the files of the vocabulary keep too."""

    def clean(self) -> None:
        """BaseChildFormSet.clean is left out: of a constraint it compares only the columns that the form shows."""
        taken = words_of_others(self.instance)
        seen: set[tuple[str, str]] = set()
        preferred: Counter[str] = Counter()
        for form in self._filled_forms():
            language, label = form.cleaned_data["language"], form.cleaned_data["label"]
            key = (language, fold(label))
            is_preferred = form.cleaned_data["kind"] == TopicLabel.Kind.PREFERRED
            refuse_separators(form, "label", label)
            if key[1] in taken:
                form.add_error("label", _("This label belongs to another topic already."))
            elif key in seen:
                form.add_error("label", _("This label stands here twice."))
            elif is_preferred and self._address_taken(language, address_of(label, language)):
                form.add_error("label", _("Another topic has the page address that this label gives."))
            seen.add(key)
            preferred[language] += is_preferred
        wrong = [str(name) for code, name in LANGUAGES if preferred[code] != 1]
        if wrong:
            text = _("Choose exactly one preferred label in: %(languages)s")
            raise ValidationError(text % {"languages": ", ".join(wrong)})

    def _filled_forms(self) -> Iterator[forms.BaseForm]:
        for form in self.forms:
            if form.is_valid() and form.cleaned_data.get("label") and form not in self.deleted_forms:
                yield form

    def _address_taken(self, language: str, slug: str) -> bool:
        others = TopicLabel.objects.exclude(topic=self.instance.pk).filter(kind=TopicLabel.Kind.PREFERRED)
        return others.filter(language=language, slug=slug).exists()


class LabelsPanel(InlinePanel):
    """The labels inside the form of their topic."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = LabelFormSet
        return options


class TopicForm(WagtailAdminModelForm):
    """A topic with its labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = Topic.objects.prefetch_related("labels").exclude(pk=self.instance.pk)
        self.fields["broader"].queryset = topics

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if fold(name) in words_of_others(self.instance):
            raise ValidationError(_("Another topic is called that already."))
        refuse_separators(self, "name", name)
        return name

    def clean_broader(self) -> Topic | None:
        broader: Topic | None = self.cleaned_data["broader"]
        above = broader
        while above is not None:
            if above.pk == self.instance.pk:
                raise ValidationError(_("That topic stands under this one."))
            above = above.broader
        return broader

    def save(self, commit: bool = True) -> Topic:
        with transaction.atomic():
            before = self._addresses()
            if commit:
                # Written anew: two labels that change places would meet in the constraint on the way.
                changed = [form.instance.pk for form in self.formsets["labels"].forms if form.has_changed()]
                TopicLabel.objects.filter(pk__in=[pk for pk in changed if pk]).delete()
            topic: Topic = super().save(commit=commit)
            if commit:
                remember_addresses(before, self._addresses())
        return topic

    def _addresses(self) -> Addresses:
        return addresses_of(Topic.objects.prefetch_related("labels").filter(pk=self.instance.pk))


class NamesForm(WagtailAdminModelForm):
    """A sector or a region, of which only the names are edited: one field per language instead of JSON."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in LANGUAGES:
            self.initial[f"name_{code}"] = self.instance.names.get(code, "")

    def save(self, commit: bool = True) -> models.Model:
        self.instance.names |= {code: self.cleaned_data[f"name_{code}"].strip() for code, _name in LANGUAGES}
        row: models.Model = super().save(commit=commit)
        return row


def names_form(base: type[NamesForm] = NamesForm) -> type[NamesForm]:
    """NamesForm with a field for each language of the portal."""
    fields = {f"name_{code}": forms.CharField(label=name, max_length=100) for code, name in LANGUAGES}
    return type("LanguageNamesForm", (base,), fields)
