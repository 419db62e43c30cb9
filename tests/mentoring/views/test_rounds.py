"""Programme rounds in the admin: who sees them, what the pages say, and what their buttons do."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.domain import rounds
from mentoring.domain.round_work import propose_all, send_all
from mentoring.enums import Outcome, RoundState
from mentoring.models import Invitation, Round
from portal.members.models import Person
from tests.editorial import member_of
from tests.factories.mentoring import about, computed, mentor, round_of, sent
from tests.factories.people import CoordinatorFactory, OrganisationFactory, UserFactory
from tests.mentoring.desk import signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_second_factor")]

LIST = "/admin/mentoring_rounds/"


@pytest.fixture
def administrator(client):
    return signed_in(client, UserFactory(is_superuser=True, is_staff=True))


def url(row: Round, step: str = "") -> str:
    return f"{LIST}{row.key}/{step}"


def press(client, row: Round, action: str, version: int | None = None):
    """What a button of the round's page sends; the page that follows."""
    row.refresh_from_db()
    data = {"action": action, "version": row.version if version is None else version}
    return client.post(url(row, "change/"), data, follow=True)


def current(row: Round) -> Round:
    row.refresh_from_db()
    return row


# Who sees what


def test_the_first_page_says_what_a_round_is_for_and_the_menu_leads_there(client, ours):
    assert LIST in client.get("/admin/").content.decode()
    page = client.get(LIST)
    assert "Erst dann wird jemand angefragt." in words_of(page)
    assert f"{LIST}new/" in page.content.decode()


def test_a_round_of_another_partner_is_not_found(client, ours):
    theirs = CoordinatorFactory(organisation=OrganisationFactory(slug="icuk", short_name="ICUK")).user
    row = round_of(theirs, [], [mentor()])
    request = sent()
    assert row.name not in words_of(client.get(LIST))
    for step in ("", "members/", "confirm/", f"choose/{request.key}/"):
        assert client.get(url(row, step)).status_code == 404
    assert client.post(url(row, "change/"), {"action": "discard", "version": 1}).status_code == 404
    assert Round.objects.filter(pk=row.pk).exists()


def test_editors_have_no_rounds(client):
    signed_in(client, member_of("Editors"))
    assert client.get(LIST).status_code == 302


def test_administrators_see_all_rounds_and_choose_whose_a_new_one_is(client, administrator):
    desk = CoordinatorFactory().user
    request, person = sent(), mentor()
    assert "Bitte wählen" in words_of(client.post(f"{LIST}new/", {"name": "Neu"}))
    partner = desk.coordinator.organisation
    page = client.get(f"{LIST}new/", {"partner": partner.pk})
    assert request.company.name in words_of(page)
    data = {"name": "Neu", "requests": [request.pk], "mentors": [person.pk]}
    assert client.post(f"{LIST}new/?partner={partner.pk}", data).status_code == 302
    row = Round.objects.get()
    assert (row.partner, row.created_by) == (partner, administrator)
    assert row.name in words_of(client.get(LIST))


# Putting together


def test_everybody_who_could_take_part_is_ticked(client, ours):
    request, person, full = sent(), mentor("Petra Nováková"), mentor("Karel Ptáček", places=0)
    page = client.get(f"{LIST}new/").content.decode()
    for field, pk, is_ticked in (
        ("requests", request.pk, True),
        ("mentors", person.pk, True),
        ("mentors", full.pk, False),
    ):
        found = re.search(rf'<input type="checkbox" name="{field}" value="{pk}"[^>]*>', page)[0]
        assert ("checked" in found) == is_ticked


def test_the_lists_can_be_narrowed(client, ours):
    machines, security = about("predictive-maintenance"), about("nis2-directive")
    czech = OrganisationFactory(slug="icuk", short_name="ICUK")
    here, there = mentor("Petra"), mentor("Jana", topics=["bim"], home_partner=czech)

    def listed(**query):
        context = client.get(f"{LIST}new/", query).context
        return [row[0] for row in context["requests"]], [row[0] for row in context["mentors"]]

    assert listed() == ([machines, security], [there, here])
    topic = security.topics.get()
    assert listed(topic=topic.pk) == ([security], [there, here])
    assert listed(mentor_topic=topic.pk)[1] == [here]
    assert listed(mentor_partner=czech.pk)[1] == [there]
    assert listed(topic="0; DROP")[0] == [machines, security]


def test_a_round_is_put_together_with_places_kept_back(client, ours):
    request, person = sent(), mentor("Petra Nováková", places=3)
    data = {"name": "Winter", "requests": [request.pk], "mentors": [person.pk], f"reserved-{person.pk}": "2"}
    assert client.post(f"{LIST}new/", data).status_code == 302
    row = Round.objects.get()
    assert row.partner == ours.coordinator.organisation
    assert [each.request for each in row.asked.all()] == [request]
    assert row.helping.get().reserved == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Dieses Feld muss ausgefüllt werden."),
        ({"requests": []}, "Bitte wählen Sie mindestens eine Anfrage."),
        ({"mentors": []}, "Bitte wählen Sie mindestens eine Mentorin oder einen Mentor."),
        ({"requests": ["99999"]}, "99999"),
        ({"mentors": ["\x00", "9" * 40]}, "Nullzeichen sind nicht erlaubt."),
    ],
)
def test_what_is_missing_is_said_and_what_was_ticked_stays(client, ours, wrong, says):
    request, person = sent(), mentor()
    page = client.post(
        f"{LIST}new/", {"name": "Winter", "requests": [request.pk], "mentors": [person.pk], **wrong}
    )
    assert page.status_code == 200
    assert says in words_of(page)
    assert not Round.objects.exists()


def test_who_takes_part_can_be_changed(client, ours):
    request, later, person = sent(), sent(), mentor()
    row = round_of(ours, [request], [person])
    page = client.get(url(row, "members/"))
    assert later.company.name in words_of(page)
    data = {
        "name": row.name,
        "version": row.version,
        "requests": [request.pk, later.pk],
        "mentors": [person.pk],
    }
    client.post(url(row, "members/"), data)
    assert row.asked.count() == 2
    stale = client.post(url(row, "members/"), {**data, "requests": [later.pk]})
    assert stale.status_code == 409
    assert row.asked.count() == 2


# The proposal


def test_a_round_is_computed_by_the_worker_and_the_page_waits_for_it(client, ours):
    row = round_of(ours, [sent()], [mentor("Petra Nováková")])
    page = press(client, row, "compute")
    assert current(row).state == RoundState.COMPUTING
    assert page.headers["Refresh"] == "5"
    assert "wird gerade berechnet" in words_of(page)
    propose_all()
    page = client.get(url(row))
    assert "Refresh" not in page.headers
    said = words_of(page)
    for known in ("Petra Nováková", "Gemeinsame Themen: 1", "1 von 1", "Vorgeschlagen"):
        assert known in said
    assert '<rect class="part-topics"' in page.content.decode()


def test_pairs_are_locked_dropped_and_allowed_with_a_click(client, ours):
    row = computed(round_of(ours, [sent()], [mentor("Petra Nováková")]))
    pair = row.pairs.get()
    assert "Fixierung lösen" not in words_of(client.get(url(row)))
    assert "Fixierung lösen" in words_of(press(client, row, f"lock:{pair.pk}"))
    assert row.pairs.get().is_locked
    press(client, row, f"unlock:{pair.pk}")
    assert not row.pairs.get().is_locked
    page = press(client, row, f"drop:{pair.pk}")
    assert "Verworfene Paare" in words_of(page)
    press(client, row, f"allow:{pair.pk}")
    assert not row.pairs.exists()


def test_a_stale_page_gets_a_sentence_and_changes_nothing(client, ours):
    row = computed(round_of(ours, [sent()], [mentor()]))
    pair, shown = row.pairs.get(), row.version
    press(client, row, f"lock:{pair.pk}")
    page = press(client, row, f"drop:{pair.pk}", version=shown)
    assert "Inzwischen hat jemand anderes diese Runde geändert" in words_of(page)
    assert row.pairs.get().is_locked


@pytest.mark.parametrize(
    "action", ["", "vanish", "lock", "lock:0", "lock:999999", f"drop:{'9' * 18}", "drop:x", "compute:\x00"]
)
def test_what_no_button_sends_changes_nothing(client, ours, action):
    row = computed(round_of(ours, [sent()], [mentor()]))
    before = (row.version, row.pairs.get().is_locked)
    assert press(client, row, action).status_code == 200
    assert (current(row).version, row.pairs.get().is_locked) == before


def test_another_mentor_is_chosen_by_hand_from_an_explained_list(client, ours):
    request, strong, weak = sent(), mentor("Petra Nováková"), mentor("Jana Horká", topics=["bim"])
    row = computed(round_of(ours, [request], [strong, weak]))
    page = client.get(url(row, f"choose/{request.key}/"))
    assert [choice.mentor for choice in page.context["choices"]] == [strong, weak]
    data = {"version": row.version, "mentor": weak.pk}
    client.post(url(row, f"choose/{request.key}/"), data)
    pair = row.pairs.get()
    assert (pair.mentor, pair.is_locked) == (weak, True)
    assert client.post(url(row, f"choose/{request.key}/"), data).status_code == 409, "stale by now"


@pytest.mark.parametrize("chosen", ["", "x", "0", "9" * 30])
def test_a_mentor_whom_there_is_not_is_not_chosen(client, ours, chosen):
    request = sent()
    row = round_of(ours, [request], [mentor()])
    page = client.post(url(row, f"choose/{request.key}/"), {"version": row.version, "mentor": chosen})
    assert page.status_code == 409
    assert not row.pairs.exists()


def test_what_no_longer_holds_is_marked(client, ours):
    person = mentor("Petra Nováková")
    row = computed(round_of(ours, [sent()], [person]))
    Person.objects.filter(pk=person.pk).update(paused_until="2099-01-01")
    said = words_of(client.get(url(row)))
    assert "Hat inzwischen weniger Plätze als Paare: Petra Nováková" in said
    assert "Einige Paare" in said


def test_the_page_costs_the_same_with_one_pair_and_with_thirty(client, ours):
    person = mentor(places=40)
    row = computed(round_of(ours, [sent()], [person]))
    counts = []
    for more in (0, 29):
        requests = [*(each.request_id for each in row.asked.all()), *(sent().pk for _ in range(more))]
        row = rounds.rearrange(
            row, ours, row.version, name=row.name, requests=requests, mentors={person.pk: 0}
        )
        row = computed(row)
        client.get(url(row))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(row))
        counts.append(len(queries))
    assert row.pairs.count() == 30
    assert counts[0] == counts[1]


# Confirmation


def test_confirming_says_first_what_follows_and_then_leaves_it_to_the_worker(client, ours):
    row = computed(round_of(ours, [sent(), about("bim")], [mentor("Petra Nováková")]))
    said = words_of(client.get(url(row, "confirm/")))
    assert "1 Einladung" in said
    assert "Petra Nováková" in said
    assert "So lange bleibt ein Platz freigehalten." in said
    page = client.post(url(row, "confirm/"), {"version": row.version}, follow=True)
    assert current(row).state == RoundState.SENDING
    assert page.headers["Refresh"] == "5"
    assert not Invitation.objects.exists(), "a web request sends nothing"
    send_all()
    said = words_of(client.get(url(row)))
    assert "Verschickte Einladungen: 1" in said
    assert row.pairs.get().outcome == Outcome.INVITED
    for step in ("confirm/", "members/"):
        assert client.get(url(row, step)).status_code == 302, "a confirmed round changes no more"


def test_who_may_be_left_out_does_not_count_as_invited(client, ours):
    resting = mentor("Jens Weber", places=1)
    computed(row := round_of(ours, [sent(), sent()], [mentor("Petra Nováková", places=1), resting]))
    Person.objects.filter(pk=resting.pk).update(paused_until="2099-01-01")
    said = words_of(client.get(url(row, "confirm/")))
    assert "1 Einladung geht hinaus" in said
    assert "Bei 1 weiteren Paar ist fraglich" in said
    invited, doubtful = said.split("Wer eingeladen wird")[1].split("Wo die Einladung fraglich ist")
    assert "Petra Nováková" in invited
    assert "Jens Weber" not in invited
    assert "Hat inzwischen weniger Plätze als Paare: Jens Weber" in doubtful


def test_two_coordinators_confirm_a_round_once(client, ours):
    row = computed(round_of(ours, [sent()], [mentor()]))
    data = {"version": row.version}
    assert client.post(url(row, "confirm/"), data).status_code == 302
    assert client.post(url(row, "confirm/"), data).status_code == 409


def test_a_refusal_stands_with_its_pair(client, ours):
    person = mentor("Petra Nováková")
    row = computed(round_of(ours, [sent()], [person]))
    rounds.confirm(row, ours, row.version)
    Person.objects.filter(pk=person.pk).update(paused_until="2099-01-01")
    send_all()
    said = words_of(client.get(url(row)))
    assert "Nicht eingeladen" in said
    assert "Petra Nováková" in said.split("Nicht eingeladen")[1]


def test_a_round_is_discarded_with_a_click(client, ours):
    row = round_of(ours, [sent()], [mentor()])
    page = press(client, row, "discard")
    assert page.redirect_chain[-1][0] == LIST
    assert not Round.objects.exists()


@pytest.mark.parametrize(("language", "heading"), [("de", "Vermittlungsrunden"), ("cs", "Kola párování")])
def test_the_pages_speak_the_language_of_the_coordinator(client, language, heading):
    desk = signed_in(client, CoordinatorFactory(user__language=language).user)
    row = computed(round_of(desk, [sent(), about("bim")], [mentor()]))
    assert heading in words_of(client.get(LIST))
    reason = {"de": "Gemeinsame Themen: 1", "cs": "Společná témata: 1"}[language]
    assert reason in words_of(client.get(url(row)))
