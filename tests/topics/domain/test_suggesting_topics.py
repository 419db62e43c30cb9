"""Which topics a text is about."""

import pytest

from portal.topics.domain.suggest import suggest_topics
from portal.topics.models import Topic, TopicLabel

pytestmark = pytest.mark.django_db


def suggested(text: str, language: str, limit: int = 5) -> list[str]:
    return [topic.slug for topic in suggest_topics(text, language, limit)]


@pytest.mark.parametrize(
    ("text", "language", "topics"),
    [
        ("Wir brauchen Sensoren an alten Anlagen.", "de", ["sensors"]),
        ("Potřebujeme poradit se zálohováním dat a s hesly.", "cs", ["backup", "password-management"]),
        (
            "Unsere Angebote sollen künftig mit Künstlicher Intelligenz entstehen.",
            "de",
            ["artificial-intelligence"],
        ),
        ("Hledáme někoho, kdo zná elektronickou fakturaci.", "cs", ["e-invoicing"]),
        ("E-Rechnungen kommen an, aber niemand bucht sie.", "de", ["e-invoicing"]),
        ("NIS2 – co nás čeká", "cs", ["nis2-directive"]),
    ],
)
def test_a_label_is_found_in_every_inflection(text: str, language: str, topics: list[str]) -> None:
    assert suggested(text, language) == topics


def test_an_abbreviation_counts_only_in_capitals() -> None:
    assert (suggested("Die SPS steht.", "de"), suggested("Die sps steht.", "de")) == (["plc"], [])


def test_a_longer_label_hides_the_shorter_one_within_it() -> None:
    assert suggested("Der Digitale Produktpass", "de") == ["digital-product-passport"]


def test_the_title_says_most() -> None:
    body = "Roboter heben schwere Teile. Ein Roboter kostet Geld."
    assert suggested(f"Phishing erkennen\n{body}", "de") == ["phishing", "robotics"]
    assert suggested(f"Aus dem Betrieb\n{body} Phishing gab es auch.", "de")[0] == "robotics"


def test_a_mention_in_passing_in_a_long_text_is_not_a_topic() -> None:
    long_text = (
        "Titel\n"
        + "Hier geht es um etwas anderes. " * 300
        + "Roboter. Roboter. Roboter. Roboter. Roboter. Messtechnik."
    )
    assert suggested(long_text, "de") == ["robotics"]


def test_a_narrow_topic_goes_before_the_top_topic_that_it_stands_under() -> None:
    assert suggested("Vertrieb und CRM", "de") == ["crm", "marketing-and-sales"]


def test_no_more_topics_come_than_were_asked_for() -> None:
    text = "Roboter, Sensoren, Phishing, Backup, CRM, ERP"
    assert (len(suggested(text, "de", limit=2)), suggested(text, "de", limit=0)) == (2, [])


@pytest.mark.parametrize("text", ["", "\n", "und oder aber", "\x00 \ud800 %_", "a" * 100_000])
def test_a_text_without_a_label_has_no_topics(text: str) -> None:
    assert suggested(text, "de") == []


def test_only_labels_of_the_language_of_the_text_count() -> None:
    assert (suggested("Čidla", "cs"), suggested("Čidla", "de")) == (["sensors"], [])


def test_a_new_label_is_known_at_once() -> None:
    before = suggested("Messfühler im Ofen", "de")
    TopicLabel.objects.create(
        topic=Topic.objects.get(slug="sensors"),
        language="de",
        label="Messfühler",
        kind=TopicLabel.Kind.ALTERNATIVE,
    )
    assert (before, suggested("Messfühler im Ofen", "de")) == ([], ["sensors"])


def test_two_queries_for_the_index_and_its_topics_and_one_for_labels(django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        topics = suggest_topics("Roboter und Sensoren", "de")
        assert [topic.label_in("cs") for topic in topics] == ["Senzorika", "Robotika"]
