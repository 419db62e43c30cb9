"""What the search box gets while somebody types, and what the page of results makes of a slip."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.topics.models import Topic
from search.domain.correction import collect_words
from search.engines import engine
from tests.factories.people import UserFactory
from tests.queries import statements, writes
from tests.search.library import document, forget_topics, index

pytestmark = pytest.mark.django_db

GERMAN, CZECH = "/de/suche/", "/cs/hledani/"


@pytest.fixture(autouse=True)
def _empty():
    engine().clear()
    forget_topics()


def answer(client, path: str, text: str) -> dict:
    response = client.get(f"{path}suggestions", {"q": text})
    assert response.status_code == 200
    return response.json()


def test_suggestions_are_grouped_and_lead_somewhere(client):
    topic = Topic.objects.create(slug="milling", name="milling")
    topic.labels.model.objects.create(topic=topic, language="de", label="Fräsen & Drehen")
    index(document("Fräsen lernen"), document("Frezy", language="cs", locale="de"))
    titles = answer(client, GERMAN, "fr")
    url = titles["groups"][1]["options"][0].pop("url")
    assert re.fullmatch(r"/de/\d+/", url)
    del titles["groups"][1]["options"][1]["url"]
    assert titles == {
        "status": "3 Vorschläge",
        "groups": [
            {
                "label": "Themen",
                "options": [{"text": "Fräsen & Drehen", "url": "/de/suche/?q=Fr%C3%A4sen+%26+Drehen"}],
            },
            {"label": "Leitfäden", "options": [{"text": "Fräsen lernen"}, {"text": "Frezy", "lang": "cs"}]},
        ],
    }


def test_sentences_are_in_the_language_of_the_address(client):
    index(*[document(f"Test {n}", language="cs") for n in range(2)])
    assert answer(client, CZECH, "test")["status"] == "2 návrhy"
    assert answer(client, CZECH, "nic") == {"status": "Žádné návrhy", "groups": []}


def test_the_answer_may_be_kept_for_a_minute_and_is_not_listed(client):
    response = client.get(f"{GERMAN}suggestions", {"q": "test"})
    assert set(response.headers["Cache-Control"].split(", ")) == {"max-age=60", "public"}
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_the_answer_is_kept_for_everybody_whoever_asked_first(client, settings):
    settings.PORTAL_DEMO = False  # where staff without a second factor are looked for in every request
    signed_out = client.get(f"{GERMAN}suggestions", {"q": "test"})
    client.force_login(UserFactory())
    signed_in = client.get(f"{GERMAN}suggestions", {"q": "test"})
    assert signed_in.content == signed_out.content
    assert [response.get("Vary") for response in (signed_out, signed_in)] == [None, None]
    assert "Cookie" in client.get(GERMAN)["Vary"], "other pages say who reads them"


def test_it_costs_at_most_three_queries_and_writes_nothing(client):
    index(*[document(f"Test {n}") for n in range(30)])
    with CaptureQueriesContext(connection) as queries:
        answer(client, GERMAN, "test")
    assert len(queries) <= 3
    assert writes(statements(queries)) == []


@pytest.mark.parametrize("text", ["\x00", "%", "_", "'\"", "a" * 10_000, "🦄", "ف", "(", "und"])
def test_whatever_is_typed_gets_an_answer(client, text):
    answer(client, GERMAN, text)


def test_half_a_surrogate_gets_an_answer(client):
    assert client.get(f"{GERMAN}suggestions?q=%ED%A0%80ab").status_code == 200


def test_a_slip_is_named_above_the_results_and_the_filters_stay(client):
    index(document("Fräsmaschine"))
    collect_words()
    html = client.get(GERMAN, {"q": "Fräsmachine", "kind": "guide", "page": "2"}).content.decode()
    assert 'Meinten Sie: <a href="?q=Fr%C3%A4smaschine&amp;kind=guide">Fräsmaschine</a>' in html
    html = client.get(CZECH, {"q": "Fräsmachine"}).content.decode()
    assert "Hledáte možná: <a" in html


def test_without_a_slip_nothing_is_said(client):
    index(document("Fräsmaschine"))
    collect_words()
    assert "Meinten Sie" not in client.get(GERMAN, {"q": "Fräsmaschine"}).content.decode()


def test_the_box_knows_where_to_ask_and_brings_its_script(client):
    html = client.get(GERMAN).content.decode()
    assert 'data-suggestions="/de/suche/suggestions" data-suggestions-label="Vorschläge"' in html
    assert len(re.findall(r"<script", html)) == 1
