"""The vocabulary in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.topics.models import Region, Sector, Topic, TopicAddress, TopicLabel
from tests.factories.pages import GuidePageFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def robotics() -> Topic:
    return Topic.objects.get(slug="robotics")


def form_of(topic: Topic, **changes: str) -> dict[str, str]:
    """What the browser would send for `topic`; labels are `labels-0-label` and so on, German before Czech."""
    rows = in_order(topic)
    data = {
        "name": topic.name,
        "broader": str(topic.broader_id or ""),
        "labels-TOTAL_FORMS": str(len(rows)),
        "labels-INITIAL_FORMS": str(len(rows)),
        "labels-MIN_NUM_FORMS": "2",
        "labels-MAX_NUM_FORMS": "1000",
    }
    for index, row in enumerate(rows):
        data |= {
            f"labels-{index}-id": str(row.pk),
            f"labels-{index}-language": row.language,
            f"labels-{index}-kind": row.kind,
            f"labels-{index}-label": row.label,
            f"labels-{index}-DELETE": "",
        }
    return {**data, **changes}


def in_order(topic: Topic) -> list[TopicLabel]:
    """The labels in the order of the form."""
    return list(topic.labels.order_by("language", "-kind", "label"))


def save(admin: Client, topic: Topic, **changes: str):
    return admin.post(reverse("topic:edit", args=[topic.pk]), form_of(topic, **changes))


def said(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("topic", "Künstliche Intelligenz"),
        ("sector", "Verarbeitendes Gewerbe"),
        ("region", "Landkreis Bautzen"),
    ],
)
def test_each_list_shows_names_in_the_language_of_the_administrator(
    admin: Client, name: str, shown: str
) -> None:
    answer = admin.get(reverse(f"{name}:index"))
    assert (answer.status_code, shown in said(answer)) == (200, True)


def test_the_list_of_topics_takes_as_many_queries_for_one_as_for_all(
    admin: Client, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(20):
        admin.get(reverse("topic:index"))


def place_of(topic: Topic, language: str, kind: str) -> int:
    """The number of the first such label in the form."""
    return next(i for i, row in enumerate(in_order(topic)) if (row.language, row.kind) == (language, kind))


def test_a_label_is_changed_and_the_old_address_redirects_from_then_on(admin: Client) -> None:
    topic = robotics()
    before = {row.label for row in in_order(topic)}
    number = place_of(topic, "cs", "preferred")
    answer = save(admin, topic, **{f"labels-{number}-label": "Roboti a robotika"})
    after = {row.label for row in in_order(topic)}
    assert (answer.status_code, after ^ before) == (302, {"Robotika", "Roboti a robotika"})
    assert list(TopicAddress.objects.values_list("topic", "language", "slug")) == [
        (topic.pk, "cs", "robotika")
    ]


def test_preferred_and_alternative_label_change_places(admin: Client) -> None:
    topic = robotics()
    before = in_order(topic)
    first, other = (place_of(topic, "de", kind) for kind in ("preferred", "alternative"))
    answer = save(
        admin, topic, **{f"labels-{first}-kind": "alternative", f"labels-{other}-kind": "preferred"}
    )
    assert (answer.status_code, robotics().label_in("de")) == (302, before[other].label)
    assert {row.label for row in in_order(topic)} == {row.label for row in before}


def test_a_new_topic_is_made_with_its_labels_and_its_slug_from_the_english_name(admin: Client) -> None:
    rows = [
        ("de", "preferred", "Laserschweißen"),
        ("cs", "preferred", "Svařování laserem"),
        ("de", "alternative", "Laserfügen"),
    ]
    data = {"name": "Laser welding", "broader": "", "labels-TOTAL_FORMS": "3", "labels-INITIAL_FORMS": "0"}
    for number, (language, kind, label) in enumerate(rows):
        data |= {
            f"labels-{number}-{field}": value
            for field, value in zip(("language", "kind", "label"), (language, kind, label), strict=True)
        }
    answer = admin.post(reverse("topic:add"), data)
    topic = Topic.objects.get(slug="laser-welding")
    assert (answer.status_code, topic.label_in("cs"), topic.address_in("de")) == (
        302,
        "Svařování laserem",
        "laserschweissen",
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"labels-0-label": "Sensorik"}, "Diese Bezeichnung gehört schon zu einem anderen Thema."),
        ({"labels-0-label": "SENZORIKA"}, "Diese Bezeichnung gehört schon zu einem anderen Thema."),
        ({"labels-0-label": "Käse, Wurst"}, "Bitte ohne Kommas und gerade Anführungszeichen"),
        ({"labels-0-label": "OPC-UA"}, "Ein anderes Thema hat schon die Seitenadresse"),
        (
            {"labels-0-kind": "alternative"},
            "Bitte legen Sie genau eine Bezeichnung als bevorzugt fest: Tschechisch",
        ),
        ({"name": "Sensors"}, "Ein anderes Thema heißt schon so."),
    ],
)
def test_what_would_confuse_the_picker_is_refused_in_a_sentence(
    admin: Client, changes: dict[str, str], sentence: str
) -> None:
    before = list(TopicLabel.objects.order_by("pk").values_list())
    answer = save(admin, robotics(), **changes)
    assert (answer.status_code, sentence in said(answer)) == (200, True)
    assert list(TopicLabel.objects.order_by("pk").values_list()) == before


def test_the_same_label_twice_is_refused(admin: Client) -> None:
    topic = robotics()
    rows = in_order(topic)
    answer = save(admin, topic, **{"labels-1-label": rows[0].label})
    assert "Diese Bezeichnung steht hier zweimal." in said(answer)


def test_a_topic_cannot_stand_under_its_own_narrower_topic(admin: Client) -> None:
    logistics = Topic.objects.get(slug="logistics")
    answer = save(admin, logistics, broader=str(Topic.objects.get(slug="rfid").pk))
    assert "Dieses Thema ist dem Thema untergeordnet, das Sie gerade bearbeiten." in said(answer)


def test_a_topic_in_use_is_not_deleted_and_one_that_nothing_carries_is(admin: Client) -> None:
    GuidePageFactory(topics=["robotics"])
    refused = admin.post(reverse("topic:delete", args=[robotics().pk]), follow=True)
    admin.post(reverse("topic:delete", args=[Topic.objects.get(slug="cad").pk]))
    assert "Dieses Thema ist in Gebrauch und kann nicht gelöscht werden." in said(refused)
    kept = Topic.objects.filter(slug__in=["robotics", "cad"]).values_list("slug", flat=True)
    assert list(kept) == ["robotics"]


@pytest.mark.parametrize(("name", "model", "code"), [("sector", Sector, "C"), ("region", Region, "DED2C")])
def test_names_of_a_classification_are_corrected_and_its_rows_stay(
    admin: Client, name: str, model: type, code: str
) -> None:
    row = model.objects.get(code=code)
    admin.post(reverse(f"{name}:edit", args=[row.pk]), {"name_de": " Neu ", "name_cs": "Nové"})
    assert model.objects.get(code=code).names == {"de": "Neu", "cs": "Nové"}
    count = model.objects.count()
    admin.post(reverse(f"{name}:delete", args=[row.pk]))
    admin.post(reverse(f"{name}:add"), {"name_de": "X", "name_cs": "X"})
    assert model.objects.count() == count


def test_an_empty_name_is_refused(admin: Client) -> None:
    row = Sector.objects.get(code="C")
    answer = admin.post(reverse("sector:edit", args=[row.pk]), {"name_de": "", "name_cs": "Nové"})
    assert (answer.status_code, Sector.objects.get(code="C").names) == (200, row.names)


def test_somebody_without_rights_sees_nothing_of_it(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse("topic:index")).status_code == 403
