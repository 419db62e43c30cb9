"""The picker inside the forms of the admin."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import Form
from django.utils.translation import override
from wagtail.admin.forms.tags import TagField
from wagtail.admin.panels import get_edit_handler
from wagtail.images import get_image_model

from home.models import HomePage
from knowledge.models import GuidePage
from portal.members.models import Person
from portal.topics.forms import TopicField, topic_field_options
from tests.factories.people import known_topics

pytestmark = pytest.mark.django_db


def test_words_of_both_languages_become_topics() -> None:
    assert TopicField().clean('"Umělá inteligence", Sensorik') == ["Artificial intelligence", "Sensors"]


def test_a_single_label_of_several_words_needs_no_quotes() -> None:
    assert TopicField().clean("Künstliche Intelligenz") == ["Artificial intelligence"]


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        (
            "de",
            "„Käse“ ist kein Thema. Wählen Sie eines aus der Liste, die beim Tippen erscheint.",
            "„Käse“, „Wurst“ sind keine Themen. Wählen Sie aus der Liste, die beim Tippen erscheint.",
        ),
        (
            "cs",
            "„Käse“ není téma. Vyberte ze seznamu, který se zobrazí při psaní.",
            "Tato slova nejsou témata: „Käse“, „Wurst“. Vyberte ze seznamu, který se zobrazí při psaní.",
        ),
    ],
)
def test_unknown_words_are_refused_by_name_in_the_language_of_the_editor(
    language: str, one: str, two: str
) -> None:
    said = []
    for value in ("Käse", "Käse, Sensorik, Wurst"):
        with override(language), pytest.raises(ValidationError) as refusal:
            TopicField().clean(value)
        said.append(refusal.value.message)
    assert said == [one, two]


def test_nothing_typed_is_refused_only_where_topics_are_required() -> None:
    assert TopicField(required=False).clean(" , ") == []
    with pytest.raises(ValidationError) as refusal:
        TopicField(required=True).clean("")
    assert refusal.value.code == "required"


def test_topics_are_shown_by_their_labels_in_the_language_of_the_editor() -> None:
    topics = known_topics(["gdpr", "robotics"])
    with override("cs"):
        shown = TopicField().widget.format_value(topics)
    assert (shown, TopicField().clean(shown)) == (
        "Ochrana osobních údajů (GDPR), Robotika",
        ["GDPR", "Robotics"],
    )


def editor_form(topics: str) -> Form:
    """The form of the home page's editor: the smallest that holds topics."""
    page = HomePage.objects.get(locale__language_code="de")
    form_class = get_edit_handler(HomePage).get_form_class()
    return form_class(
        {
            "title": "Start",
            "slug": "de",
            "topics": topics,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        },
        instance=page,
    )


def test_the_page_editor_uses_the_picker_and_keeps_what_was_typed() -> None:
    form = editor_form("Sensorik, Käse")
    with override("de"):
        errors, html = form.errors["topics"], str(form["topics"])
    kept, asks = 'value="Sensorik, Käse"' in html, "/topic-autocomplete/" in html
    assert (len(errors), kept, asks) == (1, True, True)


def test_the_browser_lets_an_unknown_word_through_so_that_the_form_can_name_it() -> None:
    assert "&quot;autocompleteOnly&quot;: false" in str(editor_form("")["topics"])


def test_the_page_editor_understands_words_of_both_languages() -> None:
    form = editor_form("Sensorik, Robotika")
    form.full_clean()
    assert form.cleaned_data["topics"] == ["Robotics", "Sensors"]


@pytest.mark.parametrize("model", [GuidePage, Person])
def test_every_field_that_holds_topics_gets_the_picker(model: type) -> None:
    assert topic_field_options(model._meta.get_field("topics"))["form_class"] is TopicField


def test_tags_of_pictures_stay_ordinary_tags() -> None:
    options = topic_field_options(get_image_model()._meta.get_field("tags"))
    assert options == {
        "form_class": TagField,
        "tag_model": get_image_model()._meta.get_field("tags").related_model,
    }
