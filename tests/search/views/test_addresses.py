"""Whatever stands in the address of the results gets a page."""

import re

import pytest

from search.engines import engine
from tests.search.library import document, index

pytestmark = pytest.mark.django_db

GERMAN, CZECH = "/de/suche/", "/cs/hledani/"
LATHES = [document(f"Drehen {n}", "Drehmaschine", topics=["opc-ua"], region="DED45") for n in range(3)]


@pytest.fixture(autouse=True)
def _empty_index():
    engine().clear()


def get(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", [GERMAN, CZECH])
@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=Dreh%00maschine",
        "q=%27",
        "q=%22",
        "q=a%22b+(x)+AND*",
        "q=%27;DROP+TABLE+search_searchdocument;--",
        "q=%25%27+OR+1%3D1",
        "q=%ED%A0%80",
        "q=%ff%fe",
        "q=%F0%9F%9A%9C",
        "q=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7",
        "q=" + "a" * 10_000,
        "q=" + "Drehmaschine+" * 1_000,
        "q=Drehmaschine&page=1000000000",
        "q=Drehmaschine&page=-1",
        "q=Drehmaschine&page=0",
        "q=Drehmaschine&page=9223372036854775808",
        "q=Drehmaschine&page=" + "9" * 5_000,
        "q=Drehmaschine&page=%00",
        "q=Drehmaschine&page=1.5",
        "q=Drehmaschine&page=%D9%A3",
        "q=Drehmaschine&kind=%00&topic=%00&language=%00&region=%00",
        "q=Drehmaschine&kind=%27&topic=%22&language=%25&region=%ED%A0%80",
        "q=Drehmaschine&topic=" + "&topic=x" * 900,
        "q=Drehmaschine&q=Fr%C3%A4se",
        "q[]=x",
        "q",
        "=&&&",
    ],
)
def test_hostile_addresses_get_a_page(client, path, query):
    index(*LATHES)
    response = client.get(f"{path}?{query}")
    assert (response.status_code, "</html>" in response.content.decode()) == (200, True)


def test_a_long_text_is_cut_and_the_page_says_so(client):
    index(LATHES[0])
    html = get(client, GERMAN, q="Drehmaschine " + "x" * 10_000)
    assert "Ihr Text war lang: Wir haben nach den ersten 200 Zeichen gesucht." in html
    assert len(re.search(r'type="search" name="q" value="([^"]*)"', html)[1]) == 200


def test_a_text_of_usual_length_is_not_said_to_be_cut(client):
    assert "Ihr Text war lang" not in get(client, GERMAN, q="x" * 200)


def test_what_was_typed_is_never_markup(client):
    html = get(client, GERMAN, q='"><script>alert(1)</script>')
    assert "<script>alert" not in html
