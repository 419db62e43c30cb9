"""The address that the picker asks while an editor types."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/topic-autocomplete/"


def test_it_stands_before_wagtails_own_addresses() -> None:
    assert reverse("topic_autocomplete") == ADDRESS


def test_a_czech_editor_types_a_german_word_and_reads_both(czech_editor: Client) -> None:
    answer = czech_editor.get(ADDRESS, {"term": "künstliche intelligenz"})
    assert answer.json()[0] == {
        "value": "Umělá inteligence",
        "label": "Umělá inteligence (Künstliche Intelligenz)",
    }


@pytest.mark.parametrize(
    "query", ["", "?term=", "?term=%00", "?term=%FF%FE", "?term=%22a(b%25", f"?term={'a' * 5000}"]
)
def test_hostile_terms_get_an_empty_answer(czech_editor: Client, query: str) -> None:
    answer = czech_editor.get(ADDRESS + query)
    assert (answer.status_code, answer.json()) == (200, [])


def test_a_stranger_learns_nothing(client: Client) -> None:
    assert client.get(ADDRESS, {"term": "robot"}).status_code == 302


def test_it_answers_to_reading_alone(czech_editor: Client) -> None:
    assert czech_editor.post(ADDRESS, {"term": "robot"}).status_code == 405
