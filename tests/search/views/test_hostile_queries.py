"""Whatever a person or a robot types gets a page of results, on every engine, in less than a second."""

import string
import time
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.engines import engine
from tests.search.library import document, index

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("every_engine")]

GERMAN, CZECH = "/de/suche/", "/cs/hledani/"
#: A slow answer is asked for again: once it was the machine, three times it is the search.
TRIES = 3

OPERATORS = st.text(alphabet="\"'\\()[]{}*?:^~|&!+-<>=/%_;,.#@$`", min_size=1, max_size=60)
WORDS = st.sampled_from(
    ["der die das und", "a i k o s u v z", "AND OR NOT NEAR(a b, 3)", "title:*", "Maschine", "stroj"]
)
RIGHT_TO_LEFT = st.text(alphabet="אבגדهوزحطيكلمنسعفصقرشتثخذضظغ \u200f\u202e", min_size=1, max_size=60)
EMOJI = st.text(alphabet="🚜👩‍🔧🇨🇿🏭\u200d\ufe0f🏽", min_size=1, max_size=40)
SURROGATES = st.text(alphabet=st.characters(categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=40)
ONE_LETTER = st.text(min_size=1, max_size=1)
LONG = st.builds(lambda part, times: part * times, st.text(min_size=1, max_size=20), st.integers(500, 2_000))
ANYTHING = st.lists(
    st.one_of(OPERATORS, WORDS, RIGHT_TO_LEFT, EMOJI, SURROGATES, ONE_LETTER, LONG, st.text()),
    min_size=1,
    max_size=4,
).map(" ".join)


@pytest.fixture(autouse=True)
def _shelf(every_engine):
    engine().clear()
    index(
        *[
            document(f"Maschine {n}", "Was an der Maschine und den Sensoren zu tun ist.", topics=["opc-ua"])
            for n in range(40)
        ],
        document("Stroje a čidla", "Co dělat se strojem.", language="cs"),
        document(string.punctuation, "🚜 مرحبا שלום AND OR NOT"),
    )


def answer(client, path: str, **parameters: str) -> tuple[int, float]:
    """Status and seconds. Written as a robot writes it: a browser would refuse half of a surrogate pair."""
    pairs = [f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in parameters.items()]
    started = time.perf_counter()
    response = client.get(f"{path}?{'&'.join(pairs)}")
    return response.status_code, time.perf_counter() - started


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=ANYTHING)
@example(text="\x00")
@example(text="\ud800")
@example(text='a"b (x) AND*')
@example(text="Maschine " * 1_200)
@example(text="x" * 10_000)
def test_every_text_gets_a_page_in_less_than_a_second(client, text):
    for path in (GERMAN, CZECH):
        seconds = []
        while not seconds or (min(seconds) >= 1 and len(seconds) < TRIES):
            status, took = answer(client, path, q=text)
            assert status == 200
            seconds.append(took)
        assert min(seconds) < 1


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(["page", "kind", "topic", "language", "region"]),
    value=st.one_of(ANYTHING, st.sampled_from(["-1", "0", str(2**63), "9" * 400, "1e9", "٣"])),
)
def test_every_choice_gets_a_page(client, name, value):
    assert answer(client, GERMAN, q="Maschine", **{name: value})[0] == 200
