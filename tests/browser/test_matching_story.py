"""A need with explained mentors: why they fit, how soon they answer, what is missing, and who else there would be.

PORTAL_SCREENSHOTS names a folder that keeps what the pages look like.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from mentoring.models import AnsweringHabit, MentoringRequest
from portal.accounts.models import User
from portal.members.enums import Meeting
from portal.members.models import Person
from search.domain.indexing import rebuild
from tests.factories.mentoring import draft, mentor
from tests.factories.pages import EventPageFactory, GuidePageFactory, MentorPageFactory
from tests.factories.people import CoordinatorFactory, MembershipFactory, place

TOPICS = ["machine-data-acquisition", "opc-ua"]


class Words(NamedTuple):
    """What the pages say in one language."""

    habit: str
    why: list[str]
    lacks: str
    less: str
    reading: str
    fitting: str


SAID = {
    "de": Words(
        habit="antwortet meist innerhalb von 2 Tagen",
        why=["Gemeinsame Themen: 2", "Spricht Deutsch"],
        lacks="Kein Deutsch; eine Verdolmetschung kann helfen",
        less="Mit Englisch: 3 weitere Personen",
        reading="Vielleicht hilft das schon",
        fitting="gemeinsamer Sprache und passendem Treffpunkt: 1",
    ),
    "cs": Words(
        habit="obvykle odpovídá do 2 dnů",
        why=["Společná témata: 2", "Mluví česky"],
        lacks="Nemluví česky, lze zajistit tlumočení",
        less="Navíc angličtina: 3 další",
        reading="Možná pomůže už tohle",
        fitting="můžete se sejít podle svého přání: 1",
    ),
}


@pytest.fixture(params=["de", "cs"])
def language(request) -> str:
    return request.param


@pytest.fixture
def need(language: str) -> MentoringRequest:
    """A need in `language`, one mentor who fits it, and three who only speak English."""
    own = somebody("Ing. Věra Domluvná", "Liberec" if language == "de" else "Zwickau", language)
    AnsweringHabit.objects.create(mentor=own, days=2)
    for name in ("Adam Anglický", "Emma English", "Olga Odjinud"):
        somebody(name, "Dresden", "en")
    for tree in ("de", "cs"):
        GuidePageFactory(language=tree, slug="maschinen", title=f"OPC UA ({tree})", topics=TOPICS)
        EventPageFactory(
            language=tree, slug="praxis", title=f"Workshop OPC UA ({tree})", topics=TOPICS, online=True
        )
    rebuild()
    membership = MembershipFactory()
    found = draft(membership.user, topics=TOPICS)
    MentoringRequest.objects.filter(pk=found.pk).update(
        language=language, languages=[language], meeting=Meeting.ONLINE
    )
    found.refresh_from_db()
    return found


def somebody(name: str, town: str, *languages: str) -> Person:
    person = mentor(name, topics=TOPICS, place=place(town), online=True)
    MentorPageFactory(person=person, language="cs", slug=f"mentor-{person.pk}")
    person.languages.all().delete()
    for code in languages:
        person.languages.create(language=code)
    return person


def sign_in(page: Page, user: User, live_server) -> None:
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])


def address(language: str, need: MentoringRequest, step: str) -> str:
    with override(language):
        return reverse("mentoring:draft", kwargs={"key": need.key, "step": step})


def keep(page: Page, name: str) -> None:
    """What the page looks like, in both widths."""
    if folder := os.environ.get("PORTAL_SCREENSHOTS"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_a_need_with_explained_mentors(
    page: Page, live_server, language: str, need: MentoringRequest, accessible: Callable[[], None]
):
    said = SAID[language]
    sign_in(page, need.asker, live_server)

    page.goto(address(language, need, "need"))
    tip = page.locator(".callout.tip")
    expect(tip).to_contain_text(said.reading)
    expect(tip.get_by_role("link")).to_have_count(2)
    expect(tip).to_contain_text(said.why[0])
    accessible()
    keep(page, f"need-{language}")

    page.goto(address(language, need, "mentors"))
    first, second = page.locator("article.person").nth(0), page.locator("article.person").nth(1)
    expect(first).to_contain_text("Věra Domluvná")
    for line in (*said.why, said.habit):
        expect(first).to_contain_text(line)
    expect(second).to_contain_text(said.lacks)
    expect(page.get_by_role("main")).to_contain_text(said.fitting)
    accessible()
    keep(page, f"mentors-{language}")

    page.get_by_role("button", name=said.less).click()
    expect(page.get_by_role("button", name=said.less)).to_have_count(0)
    need.refresh_from_db()
    assert need.languages == [language, "en"]


def test_a_coordinator_tries_weights_and_sees_who_moves(page: Page, live_server, settings):
    settings.PORTAL_DEMO = True
    from tests.factories.mentoring import sent

    mentor("Hier Nahebei", place=place("Zwickau"), places=3)
    mentor("Drüben Jenseits", place=place("Liberec"), places=1)
    request = sent()
    type(request.company).objects.filter(pk=request.company_id).update(place=place("Zwickau"))
    sign_in(page, CoordinatorFactory(organisation=request.company.home_partner).user, live_server)

    page.goto(reverse("matching_weights"))
    page.locator("#id_border").fill("0")
    page.locator("main button.button").first.click()
    rows = page.locator("table.listing tbody tr")
    expect(rows.nth(0)).to_contain_text("Hier Nahebei")
    expect(rows.nth(1)).to_contain_text("Drüben Jenseits")
    expect(page.locator("main")).to_contain_text("10 → 0")
    keep(page, "weights")
