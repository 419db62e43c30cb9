"""Events as iCalendar: the right hour in the right zone, and one name for both languages."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from tests.factories.pages import EventPageFactory
from tests.factories.people import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_november")]

BERLIN = timezone.get_default_timezone()


@pytest.fixture
def _november(time_machine) -> None:
    time_machine.move_to("2026-11-23")


def workshop(**facts: object):
    return EventPageFactory(
        **{
            "title": "Sensoren; Kabel, Netze",
            "summary": "Zwei Zeilen,\nmit Komma; und Strichpunkt.",
            "starts_at": dt.datetime(2027, 1, 14, 13, tzinfo=BERLIN),
            "ends_at": dt.datetime(2027, 1, 14, 17, tzinfo=BERLIN),
            "place": place("Zwickau"),
            "venue": "Lessingstraße 4",
            "topics": ["sensors"],
            **facts,
        }
    )


def events(client: Client, path: str) -> list[Event]:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_an_event_can_be_put_into_one_s_own_calendar(client: Client) -> None:
    page = workshop()

    [event] = events(client, f"/de/calendar/{page.translation_key}.ics")

    assert event.start == dt.datetime(2027, 1, 14, 13, tzinfo=BERLIN)
    assert event.end == dt.datetime(2027, 1, 14, 17, tzinfo=BERLIN)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["SUMMARY"] == "Sensoren; Kabel, Netze"
    assert event["SUMMARY"].params["LANGUAGE"] == "de"
    assert event["LOCATION"] == "Lessingstraße 4, Zwickau"
    assert event["URL"] == f"http://testserver{page.get_url_parts()[2]}"
    assert event["DESCRIPTION"].startswith(
        "Zwei Zeilen,\nmit Komma; und Strichpunkt.\n\nhttp://testserver/de/"
    )
    assert [str(category) for category in event["CATEGORIES"].cats] == ["Sensorik"]


def test_the_calendar_brings_the_rules_of_its_time_zone(client: Client) -> None:
    page = workshop()

    calendar = Calendar.from_ical(client.get(f"/de/calendar/{page.translation_key}.ics").content)

    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_an_event_keeps_its_name_in_both_languages_and_when_its_title_changes(client: Client) -> None:
    german = workshop()
    workshop(language="cs", translation_of=german, title="Snímače")
    path = f"calendar/{german.translation_key}.ics"
    [before], [czech] = events(client, f"/de/{path}"), events(client, f"/cs/{path}")

    german.title = "Ganz anders"
    german.save()
    [after] = events(client, f"/de/{path}")

    assert before["UID"] == after["UID"] == czech["UID"]
    assert czech["SUMMARY"] == "Snímače"


def test_the_calendar_of_all_holds_what_is_to_come_in_its_language(client: Client) -> None:
    now = timezone.now()
    workshop(title="Später")
    EventPageFactory(title="Bald", starts_at=now + dt.timedelta(days=3))
    EventPageFactory(title="Vorbei", starts_at=now - dt.timedelta(days=3))
    EventPageFactory(title="Entwurf", live=False)
    EventPageFactory(title="Česky", language="cs")

    assert [event["SUMMARY"] for event in events(client, "/de/calendar/events.ics")] == ["Bald", "Später"]
    assert [event["SUMMARY"] for event in events(client, "/cs/calendar/events.ics")] == ["Česky"]


def test_an_empty_calendar_is_still_a_calendar(client: Client) -> None:
    assert events(client, "/de/calendar/events.ics") == []


def test_an_event_that_is_not_published_or_not_in_that_language_is_not_found(client: Client) -> None:
    draft, german = workshop(live=False, title="Entwurf"), workshop()

    assert client.get(f"/de/calendar/{draft.translation_key}.ics").status_code == 404
    assert client.get(f"/cs/calendar/{german.translation_key}.ics").status_code == 404
    assert client.get("/de/calendar/00000000-0000-0000-0000-000000000000.ics").status_code == 404
    assert client.post(f"/de/calendar/{german.translation_key}.ics").status_code == 405
