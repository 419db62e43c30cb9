"""Searches without result, as coordinators read them in the admin."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse

from search.models import EmptySearch
from search.views.reports import safe_cell
from tests.factories.people import CoordinatorFactory, UserFactory

pytestmark = pytest.mark.django_db

URL = "/admin/reports/empty-searches/"


@pytest.fixture
def coordinator(client, settings):
    settings.PORTAL_DEMO = True  # without the second factor
    client.force_login(CoordinatorFactory().user)
    return client


@pytest.fixture(autouse=True)
def _asked():
    for days in range(2):
        row = {"day": date(2026, 11, 23) - timedelta(days=days), "language": "cs"}
        EmptySearch.objects.create(words="pujcovna bagru", topic="gdpr", region="CZ042", number=2, **row)
    EmptySearch.objects.create(day=date(2026, 11, 23), language="de", words="petra zuhause", number=9)


def test_what_was_asked_often_stands_with_its_topic_region_and_language(coordinator):
    html = coordinator.get(URL).content.decode()
    for words in ("pujcovna bagru", "Datenschutz (DSGVO)", "Tschechisch", "Ústí"):
        assert words in html
    assert "petra zuhause" not in html


def test_the_menu_leads_there(coordinator):
    assert reverse("empty_searches") == URL
    assert URL in coordinator.get("/admin/").content.decode()


def test_others_are_turned_away(client):
    client.force_login(UserFactory())
    assert client.get(URL).status_code == 403


def test_both_spreadsheets_hold_the_same_and_nothing_rare(coordinator):
    text = b"".join(coordinator.get(URL, {"export": "csv"}).streaming_content).decode()
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(coordinator.get(URL, {"export": "xlsx"}).streaming_content))
    )
    rows = [[str(cell) for cell in row] for row in csv.reader(io.StringIO(text))]
    cells = [
        ["" if cell is None else str(cell)[:10] for cell in row]
        for row in book.active.iter_rows(values_only=True)
    ]
    assert [row[0] for row in rows[1:]] == ["pujcovna bagru"]
    assert [[cell[:10] for cell in row] for row in rows][1] == cells[1]


@pytest.mark.parametrize("value", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_becomes_a_formula(value):
    assert safe_cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["", "bagger", "a=b", "4_0"])
def test_other_cells_stay_as_they_are(value):
    assert safe_cell(value) == value


def test_a_report_costs_few_queries(coordinator, django_assert_max_num_queries):
    coordinator.get(URL)
    with django_assert_max_num_queries(20):
        coordinator.get(URL)
