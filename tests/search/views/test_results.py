"""The page of results as readers and robots meet it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from portal.topics.models import Region
from search.engines import engine
from search.models import IndexJob, SearchDocument
from tests.factories.pages import MentorPageFactory
from tests.factories.people import PersonFactory
from tests.queries import statements, writes
from tests.search.library import document, index

pytestmark = pytest.mark.django_db

GERMAN, CZECH = "/de/suche/", "/cs/hledani/"
HIT = re.compile(r'<article class="card">.*?</article>', re.DOTALL)


@pytest.fixture(autouse=True)
def _empty_index():
    engine().clear()


def get(client, path, expected=200, **query):
    response = client.get(path, query)
    assert response.status_code == expected
    return response.content.decode()


def hits(html: str) -> list[str]:
    """The cards as a reader reads them, in one line each."""
    return [unescape(" ".join(strip_tags(card).split())) for card in HIT.findall(html)]


def lathes(number: int) -> None:
    index(
        *[
            document(f"Drehen {n:03}", "Drehmaschine", topics=["opc-ua"], region="DED45")
            for n in range(number)
        ]
    )


# what a reader sees


def test_a_hit_shows_kind_date_title_passage_and_topics(client):
    index(
        document(
            "Fräsen <lernen>",
            "Am Anfang steht die Fräse & das Werkstück.",
            topics=["opc-ua"],
            published_on="2026-03-05",
        )
    )
    html = get(client, GERMAN, q="Fräse")
    assert hits(html) == [
        "Leitfaden · 5. März 2026 Fräsen <lernen> Am Anfang steht die Fräse & das Werkstück. OPC UA"
    ]
    assert "<mark>Fräsen</mark> &lt;lernen&gt;</a>" in html


def test_the_page_speaks_the_readers_language(client):
    index(document("Frézování", "Jak na to.", language="cs"), document("Fräsen", "Wie das geht."))
    german, czech = get(client, GERMAN, q="Fräsen"), get(client, CZECH, q="frézování")
    assert ("1 Treffer" in german, "1 výsledek" in czech) == (True, True)
    assert ("<h1>Suche</h1>" in german, "<h1>Hledání</h1>" in czech) == (True, True)


def test_a_text_in_the_other_language_says_so_and_carries_its_language(client):
    index(document("Nacenění zakázky", "Kolik to bude stát.", language="cs"))
    html = get(client, GERMAN, q="nacenění zakázky")
    assert hits(html)[0].startswith("Leitfaden · auf Tschechisch ")
    assert '<h3 class="name" lang="cs">' in html
    assert '<p lang="cs">Kolik to bude stát.</p>' in html


def test_an_object_in_both_languages_is_one_hit_that_names_the_other(client):
    index(
        document("OPC UA einführen", object_key="both"),
        document("Zavedení OPC UA", object_key="both", language="cs"),
    )
    german, czech = get(client, GERMAN, q="OPC UA"), get(client, CZECH, q="OPC UA")
    assert hits(german) == ["Leitfaden · auch: Čeština OPC UA einführen"]
    assert hits(czech) == ["Návod · také: Deutsch Zavedení OPC UA"]
    url = SearchDocument.objects.get(language="cs").url
    assert f'<a href="{url}" lang="cs" hreflang="cs">Čeština</a>' in german


def test_a_hit_in_the_other_language_leads_to_the_readers_own(client):
    index(
        document("Kalkulation", object_key="both"),
        document("Nacenění zakázky", object_key="both", language="cs"),
    )
    assert hits(get(client, GERMAN, q="nacenění zakázky")) == [
        "Leitfaden · auf Tschechisch · auch: Deutsch Nacenění zakázky"
    ]


def test_the_language_switch_keeps_what_was_asked(client):
    html = get(client, GERMAN, q="OPC UA", kind="guide")
    assert '<a href="/cs/hledani/?q=OPC+UA&amp;kind=guide" lang="cs"' in html


def test_without_a_word_the_page_offers_topics(client):
    html = get(client, CZECH)
    assert "Procházet podle témat" in html
    assert "Kybernetická bezpečnost" in strip_tags(html)
    assert HIT.findall(html) == []


def test_a_guide_says_for_whom_it_was_written(client):
    index(document("Drehen", "Drehmaschine", level="advanced"))
    assert hits(get(client, GERMAN, q="Drehmaschine")) == [
        "Leitfaden · Für Fortgeschrittene Drehen Drehmaschine"
    ]


def test_coming_events_stand_apart_and_past_ones_say_so(client):
    day = datetime(2026, 11, 2, 9, tzinfo=UTC)
    past = {"kind": "event", "starts_at": day, "ends_at": day + timedelta(hours=3)}
    coming = {"kind": "event", "starts_at": day + timedelta(days=60), "ends_at": day + timedelta(days=61)}
    index(
        document("Drehtag", "Drehmaschine", **past),
        document("Neuer Drehtag", "Drehmaschine", **coming),
        document("Drehen", "Drehmaschine"),
    )
    with time_machine.travel("2026-11-28"):
        html = get(client, GERMAN, q="Drehmaschine")
    leading, others = html.split("Weitere Treffer")
    assert "Neuer Drehtag" in leading[leading.index("Kommende Veranstaltungen") :]
    assert hits(others) == [
        "Leitfaden Drehen Drehmaschine",
        "Veranstaltung · 2. November 2026 · bereits vorbei Drehtag Drehmaschine",
    ]


# nothing found


def test_nothing_found_leads_on_to_guides_mentors_topics_and_the_other_language(client):
    html = get(client, GERMAN, q="xyzzyqwert")
    assert "Zu „xyzzyqwert“ wurde nichts gefunden." in unescape(html)
    for label in (
        "Alle Leitfäden",
        "Alle Mentor:innen und Expert:innen",
        "Alle Themen",
        "Nach Themen stöbern",
    ):
        assert label in html
    assert '<a href="/cs/hledani/?q=xyzzyqwert" hreflang="cs">Auf Tschechisch suchen</a>' in html
    assert 'aria-label="Arten von Ergebnissen"' not in html


@pytest.mark.parametrize("path", [GERMAN, CZECH])
def test_nothing_found_can_be_asked_with_the_same_words(client, path):
    html = get(client, path, q='Quark & "Käse"')
    url = unescape(re.search(r'<a class="button" href="([^"]+\?problem=[^"]*)"', html)[1])
    form = client.get(url).content.decode()
    assert unescape(re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", form, re.DOTALL)[1]) == 'Quark & "Käse"'


def test_a_topic_that_the_words_name_is_offered_and_who_carries_it(client):
    MentorPageFactory(person=PersonFactory(name="Petra Nováková", topics=["gdpr"]))
    html = get(client, GERMAN, q="DSGVO")
    assert re.search(r'<a class="chip hit" href="/de/wissen/themen/[\w-]+/">Datenschutz \(DSGVO\)</a>', html)
    assert "Petra Nováková" in html


def test_topics_near_the_words_are_offered(client):
    html = get(client, GERMAN, q="Cybersicherheitsxyz")
    assert "Verwandte Themen" in html
    assert ">Cybersicherheit</a>" in html


def test_filters_that_leave_nothing_say_how_many_each_keeps_out(client):
    index(
        document("Drehen A", "Drehmaschine", topics=["opc-ua"], region="DED45"),
        document("Drehen B", "Drehmaschine", topics=["gdpr"], region="DED45"),
        document("Drehen C", "Drehmaschine", topics=["gdpr"], region="DED45", kind="event"),
        document("Drehen D", "Drehmaschine"),
    )
    html = get(client, GERMAN, q="Drehmaschine", topic="opc-ua", kind="event", region="DED45")
    ways = re.findall(r'<li><a href="([^"]+)">([^<]*)</a> <span class="meta">(\d+)</span></li>', html)
    assert [(unescape(label), count) for _url, label, count in ways] == [
        ("ohne „OPC UA“", "1"),
        ("ohne „Veranstaltungen“", "1"),
        ("ganz ohne Filter", "4"),
    ]
    assert unescape(ways[0][0]) == "?q=Drehmaschine&kind=event&region=DED45"


def test_search_engines_are_asked_not_to_list_it(client):
    for html in (get(client, GERMAN), get(client, GERMAN, q="Fräsen")):
        assert '<meta name="robots" content="noindex">' in html


# narrowing


@pytest.fixture
def _mixed():
    index(
        document("Drehen A", "Drehmaschine", topics=["opc-ua"], region="DED45"),
        document("Drehen B", "Drehmaschine", topics=["gdpr"], region="CZ042"),
        document("Drehen C", "Drehmaschine", kind="event", topics=["gdpr"]),
    )


@pytest.mark.usefixtures("_mixed")
def test_tabs_count_the_kinds_and_say_which_is_open(client):
    html = get(client, GERMAN, q="Drehmaschine", kind="event")
    tabs = re.findall(
        r'<li><a href="(\?[^"]+)"( aria-current="page")?>(.*?) <span class="meta">(\d+)</span></a></li>', html
    )
    assert [(label, bool(current), count) for _url, current, label, count in tabs] == [
        ("Alles", False, "3"),
        ("Leitfäden", False, "2"),
        ("Veranstaltungen", True, "1"),
    ]
    assert [hit.split()[1:3] for hit in hits(html)] == [["Drehen", "C"]]


@pytest.mark.usefixtures("_mixed")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"topic": "gdpr"}, ["B", "C"]),
        ({"topic": ["gdpr", "opc-ua"]}, ["A", "B", "C"]),
        ({"region": "DED45"}, ["A"]),
        ({"language": "cs"}, []),
        ({"kind": "guide", "topic": "gdpr"}, ["B"]),
        (
            {"kind": "no-such-kind", "topic": "no-such-topic", "region": "XX999", "language": "xx"},
            ["A", "B", "C"],
        ),
    ],
)
def test_filters_narrow_and_unknown_ones_do_not(client, query, found):
    html = get(client, GERMAN, q="Drehmaschine", **query)
    assert sorted(re.findall(r"Drehen (\w)", " ".join(hits(html)))) == found


@pytest.mark.usefixtures("_mixed")
def test_a_facet_shows_names_counts_and_what_is_chosen(client):
    html = get(client, GERMAN, q="Drehmaschine", topic="gdpr", kind="guide")
    form = html[html.index('<details class="filters"') :]
    region = Region.objects.get(code="CZ042").names["de"]
    assert '<input type="hidden" name="q" value="Drehmaschine">' in form
    assert '<input type="hidden" name="kind" value="guide">' in form
    assert (
        '<input type="checkbox" name="topic" value="gdpr" checked><span>Datenschutz (DSGVO)</span> <span class="count">1</span>'
        in form
    )
    assert (
        '<input type="checkbox" name="topic" value="opc-ua"><span>OPC UA</span> <span class="count">1</span>'
        in form
    )
    assert (
        f'<input type="checkbox" name="region" value="CZ042"><span>{region}</span> <span class="count">1</span>'
        in form
    )


@pytest.mark.usefixtures("_mixed")
def test_every_filter_is_a_chip_that_can_be_taken_away(client):
    html = get(client, GERMAN, q="Drehmaschine", topic=["gdpr", "opc-ua"], kind="guide")
    chips = re.findall(
        r'<a class="chip hit" href="([^"]+)"><span[^>]*>Filter entfernen:</span>([^<]+)<', html
    )
    assert [(label, unescape(url)) for url, label in chips] == [
        ("Datenschutz (DSGVO)", "?q=Drehmaschine&kind=guide&topic=opc-ua"),
        ("OPC UA", "?q=Drehmaschine&kind=guide&topic=gdpr"),
    ]


@pytest.mark.usefixtures("_mixed")
def test_a_filter_that_nothing_fits_is_not_offered(client):
    html = get(client, GERMAN, q="Drehmaschine")
    assert ("<legend>Thema</legend>" in html, "<legend>Verfügbarkeit</legend>" in html) == (True, False)


def test_mentors_with_a_free_place_can_be_asked_for(client):
    for name, places in (("Anna Frei", 2), ("Bert Voll", 0)):
        person = PersonFactory(name=name, places=places)
        MentorPageFactory(person=person, slug=name[:4].lower())
        index(document(name, "Drehmaschine", kind="mentor", object_key=str(person.pk)))
    html = get(client, GERMAN, q="Drehmaschine")
    assert (
        '<input type="checkbox" name="free" value="yes"><span>Freier Platz</span> <span class="count">1</span>'
        in html
    )
    narrowed = get(client, GERMAN, q="Drehmaschine", free="yes")
    assert hits(narrowed) == ["Mentoring Anna Frei Drehmaschine"]


@pytest.mark.usefixtures("_mixed")
def test_filters_that_leave_nothing_can_be_taken_away(client):
    html = get(client, GERMAN, q="Drehmaschine", language="cs")
    assert "Zu „Drehmaschine“ wurde nichts gefunden." in unescape(html)
    assert '<a href="?q=Drehmaschine">Ohne Filter suchen</a>' in html


def test_pages_keep_the_query_and_the_filters(client):
    lathes(25)
    html = get(client, GERMAN, q="Drehmaschine", topic="opc-ua", page=2)
    assert (len(hits(html)), "?q=Drehmaschine&amp;topic=opc-ua&amp;page=3" in html) == (10, True)


# what it costs


def test_as_many_queries_for_three_hundred_hits_as_for_one_and_none_that_writes(client):
    counts = []
    for number in (1, 300):
        engine().clear()
        lathes(number)
        get(client, GERMAN, q="Drehmaschine")
        with CaptureQueriesContext(connection) as queries:
            html = get(client, GERMAN, q="Drehmaschine")
        counts.append(len(queries))
        assert len(hits(html)) == min(number, 10)
        assert writes(statements(queries)) == []
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize(
    "query", [{}, {"topic": "gdpr", "free": "yes", "language": "cs", "region": "DED45", "level": "beginner"}]
)
@pytest.mark.parametrize("text", ["xyzzyqwert", "DSGVO", "Drehmaschine Datenschutz"])
def test_nothing_found_costs_few_queries_and_none_twice_and_writes_nothing(client, text, query):
    mentor = MentorPageFactory(person=PersonFactory(topics=["gdpr"]))
    index(document("Drehen", "Drehmaschine", kind="mentor", object_key=str(mentor.person_id)))
    get(client, GERMAN, q=text, **query)
    with CaptureQueriesContext(connection) as queries:
        get(client, GERMAN, q=text, **query)
    asked = statements(queries)
    assert len(asked) <= 15
    assert len(asked) == len(set(asked))
    assert writes(asked) == []


def test_asking_leaves_no_trace(client):
    lathes(3)
    before = (SearchDocument.objects.count(), IndexJob.objects.count())
    get(client, GERMAN, q="Drehmaschine")
    assert ((SearchDocument.objects.count(), IndexJob.objects.count()), client.cookies) == (before, {})


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_only_answers_questions(client, method):
    assert getattr(client, method)(GERMAN).status_code == 405
