"""`manage.py load_vocabulary`: the tables become what the files say, and the operator reads what changed."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test.utils import CaptureQueriesContext

from portal.topics.models import Place, Region, Sector, Topic, TopicAddress, TopicLabel
from tests.factories.pages import GuidePageFactory
from tests.factories.people import CompanyFactory, PersonFactory, place

pytestmark = pytest.mark.django_db

Edit = Callable[[str, str, str], Path]

CHATBOTS = "chatbots,Chatbots,artificial-intelligence,Chatbots im Kundenservice,"
CAD_LINE = "cad,CAD,product-development,Konstruktion mit CAD,Konstruování v CAD,CAD|CAM|Computergestützte Konstruktion,CAD|CAM|Počítačem podporované navrhování,hand-written\n"
NOTHING_NEW = [
    "topics: 0 created, 0 changed, 0 removed, 126 unchanged",
    "sectors: 0 created, 0 changed, 0 removed, 19 unchanged",
    "regions: 0 created, 0 changed, 0 removed, 27 unchanged",
    "places: 0 created, 0 changed, 0 removed, 882 unchanged",
]


def load(files: dict[str, Path], **options: int) -> list[str]:
    output = StringIO()
    call_command("load_vocabulary", stdout=output, **files, **options)
    return output.getvalue().splitlines()


def everything() -> list[tuple]:
    """All rows of the vocabulary, keys included."""
    models = (Topic, TopicLabel, TopicAddress, Sector, Region, Place)
    return [row for model in models for row in model.objects.order_by("pk").values_list()]


def test_a_second_load_changes_nothing_and_says_so(files: dict[str, Path]) -> None:
    before = everything()
    assert (load(files), everything()) == (NOTHING_NEW, before)


def test_the_shipped_files_are_loaded_when_no_other_is_named() -> None:
    assert load({}) == NOTHING_NEW


def test_an_empty_database_gets_everything_and_only_counts_are_reported(files: dict[str, Path]) -> None:
    for model in (Topic, Sector, Place, Region):
        model.objects.all().delete()
    assert load(files) == [
        "topics: 126 created, 0 changed, 0 removed, 0 unchanged",
        "sectors: 19 created, 0 changed, 0 removed, 0 unchanged",
        "regions: 27 created, 0 changed, 0 removed, 0 unchanged",
        "places: 882 created, 0 changed, 0 removed, 0 unchanged",
    ]
    aussig = place("Ústí nad Labem")
    assert (aussig.names, aussig.other_names, aussig.folded) == (
        {"de": "Ústí nad Labem", "cs": "Ústí nad Labem"},
        ["Aussig"],
        "usti nad labem aussig",
    )


def test_loading_takes_few_queries(
    files: dict[str, Path], django_assert_max_num_queries: CaptureQueriesContext
) -> None:
    with django_assert_max_num_queries(16):
        load(files)


def test_what_changed_is_written_and_named(files: dict[str, Path], edit: Edit) -> None:
    edit("topics", CHATBOTS, "chatbots,Chat robots,business-software,Chatbots für alle,")
    edit("sectors", "F,Baugewerbe,", "F,Bau,")
    edit("places", "Dresden,,Drážďany,", "Dresden,,Drážďany nad Labem,")

    report = load(files)

    assert report == [
        "topics: 0 created, 1 changed, 0 removed, 125 unchanged",
        "  changed: chatbots",
        "sectors: 0 created, 1 changed, 0 removed, 18 unchanged",
        "  changed: F",
        "regions: 0 created, 0 changed, 0 removed, 27 unchanged",
        "places: 0 created, 1 changed, 0 removed, 881 unchanged",
        "  changed: Dresden",
    ]
    topic = Topic.objects.get(slug="chatbots")
    assert (topic.name, topic.broader.slug, topic.label_in("de")) == (
        "Chat robots",
        "business-software",
        "Chatbots für alle",
    )
    assert Sector.objects.get(code="F").names["de"] == "Bau"
    assert place("Dresden").folded == "dresden drazdany nad labem"


def test_a_new_topic_is_created_and_one_that_left_the_file_is_removed(
    files: dict[str, Path], edit: Edit
) -> None:
    edit(
        "topics",
        CAD_LINE,
        "3d-scan,3D scan,product-development,3D-Scan,3D sken,Laserscan,Laserové skenování,hand-written\n",
    )
    assert load(files)[:3] == [
        "topics: 1 created, 0 changed, 1 removed, 125 unchanged",
        "  created: 3d-scan",
        "  removed: cad",
    ]
    assert list(Topic.objects.filter(slug__in=["cad", "3d-scan"]).values_list("slug", flat=True)) == [
        "3d-scan"
    ]


def test_topics_may_exchange_names_and_labels(files: dict[str, Path], edit: Edit) -> None:
    edit(
        "topics",
        "sensors,Sensors,internet-of-things,Sensorik,",
        "sensors,Retrofit,internet-of-things,Nachrüstung von Bestandsmaschinen,",
    )
    edit(
        "topics",
        "retrofit,Retrofit,industry-4-0,Nachrüstung von Bestandsmaschinen,",
        "retrofit,Sensors,industry-4-0,Sensorik,",
    )
    edit("topics", "Modernizace stávajících strojů,Retrofit|", "Modernizace stávajících strojů,")
    edit("topics", "Retrofit|Dovybavení strojů senzory", "Dovybavení strojů senzory")

    load(files)

    names = dict(Topic.objects.filter(slug__in=["sensors", "retrofit"]).values_list("slug", "name"))
    assert names == {"sensors": "Retrofit", "retrofit": "Sensors"}
    assert Topic.objects.get(slug="retrofit").label_in("de") == "Sensorik"


def test_a_renamed_topic_leaves_its_address_behind_until_it_takes_it_back(
    files: dict[str, Path], edit: Edit
) -> None:
    edit("topics", CHATBOTS, CHATBOTS.replace("Chatbots im Kundenservice", "Dialogsysteme"))
    load(files)
    former = list(TopicAddress.objects.values_list("topic__slug", "language", "slug"))

    edit("topics", "Dialogsysteme", "Chatbots im Kundenservice")
    load(files)
    after_return = list(TopicAddress.objects.values_list("topic__slug", "language", "slug"))

    assert former == [("chatbots", "de", "chatbots-im-kundenservice")]
    assert after_return == [("chatbots", "de", "dialogsysteme")]


def test_a_topic_in_use_is_not_removed_and_nothing_else_is_loaded(files: dict[str, Path], edit: Edit) -> None:
    GuidePageFactory(topics=["cad"])
    PersonFactory(topics=["cad"])
    before = everything()
    edit("topics", CAD_LINE, "")
    edit("sectors", "F,Baugewerbe,", "F,Bau,")

    with pytest.raises(CommandError) as refusal:
        load(files)

    first, last = str(refusal.value).splitlines()
    assert first == "topics: “cad” is not in the file, but in use: page topics: 1, person topics: 1"
    assert (last, everything()) == ("Nothing was loaded.", before)


def test_a_place_in_use_is_not_removed(files: dict[str, Path], edit: Edit) -> None:
    CompanyFactory(place=place("Gröditz"))
    edit("places", "Gröditz,,,,DE,DED2E,51.4136,13.4472,6900\n", "")
    with pytest.raises(
        CommandError, match=r"^places: “Gröditz” is not in the file, but in use: companies: 1"
    ):
        load(files)


def test_a_region_leaves_together_with_its_places(files: dict[str, Path]) -> None:
    for table in ("regions", "places"):
        lines = files[table].read_text(encoding="utf-8").splitlines(keepends=True)
        files[table].write_text("".join(line for line in lines if "DED41" not in line), encoding="utf-8")
    report = load(files)
    assert (report[3], report[5]) == ("  removed: DED41", "  removed: Chemnitz")


def test_a_broken_file_is_refused_with_every_problem_and_nothing_is_loaded(
    files: dict[str, Path], edit: Edit
) -> None:
    before = everything()
    edit("topics", CHATBOTS, "chatbots,Chatbots,robots,Dialogsysteme,")
    edit("sectors", "F,Baugewerbe,", "F,,")

    with pytest.raises(CommandError) as refusal:
        load(files)

    assert str(refusal.value).splitlines() == [
        "topics.csv, line 8, column broader: there is no topic “robots”",
        "sectors.csv, line 7, column de: is empty",
        "Nothing was loaded.",
    ]
    assert everything() == before


def test_it_can_be_told_to_be_quiet(files: dict[str, Path]) -> None:
    assert load(files, verbosity=0) == []
