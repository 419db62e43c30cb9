"""The demo: a portal that opens with a life of its own, in two languages."""

import re
from collections import Counter

import pytest
import yaml
from wagtail.models import Page

from home.domain.demo.articles import load_articles
from home.domain.demo.files import FILES, LANGUAGES, articles, read_yaml, rows
from home.domain.demo.people import load_companies, load_organisations, load_people, load_users, person_of
from home.domain.demo.requests import load_requests
from home.domain.demo.rounds import load_rounds
from home.models import StandardPage
from knowledge.models import CaseStudyPage, EventPage, GuidePage, NewsPage
from matching.models import CompanyPage
from mentoring.domain.desk import waiting_for
from mentoring.domain.round_work import propose_all
from mentoring.enums import OPEN_INVITATIONS, RequestState
from mentoring.models import ExpertPage, Invitation, MentoringRequest, MentorPage, Round
from portal.accounts.models import User
from portal.core.domain.markdown import body_from_markdown
from portal.core.domain.publishing import key_of
from portal.core.models import AuditEntry
from portal.members.models import Coordinator, Organisation, Person
from portal.notifications.models import Mail
from portal.topics.models import Topic

UNWIRED = ("needs_info", "waitlisted", "expired", "referred")
#: the states that the workflow can reach so far
WIRED = [state for state in RequestState if state not in UNWIRED]
FOLDERS = ["guides", "case_studies", "news", "events", "pages"]


def load_everything() -> list[str]:
    people = [load_organisations, load_companies, load_people]
    steps = [*people, load_articles, load_users, load_requests, load_rounds]
    return [name for step in steps for name in step()]


def test_the_demo_opens_with_what_the_project_promises_and_a_second_run_adds_nothing(demo: None) -> None:
    live = {
        page_class: page_class.objects.live()
        for page_class in (GuidePage, CaseStudyPage, NewsPage, EventPage)
    }
    per_language = {
        page_class.__name__: Counter(page.language for page in pages) for page_class, pages in live.items()
    }
    least = {"GuidePage": 12, "CaseStudyPage": 6, "NewsPage": 8, "EventPage": 6}
    assert {
        name: min(counts.values()) >= least[name] for name, counts in per_language.items()
    } == dict.fromkeys(least, True)
    assert {name: len(set(counts.values())) for name, counts in per_language.items()} == dict.fromkeys(
        least, 1
    )
    assert Organisation.objects.count() == 5
    assert Organisation.objects.get(is_lead=True).place.name == "Ústí nad Labem"
    assert Counter(person.country for person in Person.objects.select_related("place")).keys() == {"DE", "CZ"}
    assert Person.objects.verified().count() >= 30
    assert CompanyPage.objects.live().filter(locale__language_code="cs").count() >= 20
    assert StandardPage.objects.live().filter(locale__language_code="de", in_footer=True).count() >= 3
    assert User.objects.filter(is_superuser=True).count() == 1
    assert_requests_are_as_they_say()
    assert_everybody_finds_something_to_do()
    assert_rounds_have_everybody_in_them()
    mails = Mail.objects.count()
    assert load_everything() == []
    assert Mail.objects.count() == mails >= 20


def assert_rounds_have_everybody_in_them() -> None:
    """Every request of a round's file takes part, and the worker finds somebody for most of them."""
    told = {row["name"]: len(row["requests"]) for row in read_yaml(FILES / "rounds.yaml")}
    propose_all()
    assert {row.name: row.asked.count() for row in Round.objects.all()} == told
    assert all(row.pairs.count() >= 2 for row in Round.objects.all())


def assert_requests_are_as_they_say() -> None:
    """Each need of the file is in its state, and got there by steps that stand in the audit log."""
    told = {key_of("request", row["key"]): row["state"] for row in read_yaml(FILES / "requests.yaml")}
    requests = MentoringRequest.objects.select_related("company__place").prefetch_related(
        "invitations__mentor__place"
    )
    assert {request.key: request.state for request in requests} == told
    assert set(told.values()) == set(WIRED)
    steps = set(AuditEntry.objects.values_list("subject", flat=True))
    assert {f"request:{request.key}" for request in requests if not request.is_draft} <= steps
    asked = [(invitation.mentor, request) for request in requests for invitation in request.invitations.all()]
    across = [mentor for mentor, request in asked if mentor.country != request.company.country]
    assert len(across) > len(asked) / 2


def assert_everybody_finds_something_to_do() -> None:
    """The sign-ins that a newcomer tries first do not look at empty pages."""
    waiting = waiting_for(User.objects.get(email="koordination.zwickau@net4digi.example"))
    assert (waiting.requests, waiting.companies, waiting.memberships) == (4, 1, 1)
    for member in ("mitglied", "clen"):
        assert MentoringRequest.objects.filter(asker__email=f"{member}@net4digi.example").open().exists()
    mine = Invitation.objects.filter(mentor__user__email="mentorin@net4digi.example")
    assert {invitation.state in OPEN_INVITATIONS for invitation in mine} == {True, False}
    mentors = Person.objects.filter(pk__in=MentorPage.objects.values("person"))
    assert not mentors.filter(user=None).exists()
    assert Coordinator.objects.values("organisation").distinct().count() == Organisation.objects.count()
    assert len(set(User.objects.values_list("password", flat=True))) == 1, "hashed once for all"


def test_a_profile_without_a_translation_shows_the_words_of_its_author_in_both_languages(demo: None) -> None:
    pages = MentorPage.objects.filter(person=person_of("gerd-wuenschmann"))
    assert {page.language: page.words_language for page in pages} == {"de": "de", "cs": "de"}
    assert len({page.about for page in pages}) == 1
    pages = ExpertPage.objects.exclude(person__in=MentorPage.objects.values("person"))
    assert {page.language for page in pages} == {"de", "cs"}


@pytest.mark.django_db
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_article_has_words_in_both_languages_and_topics_of_the_vocabulary(folder: str) -> None:
    known = set(Topic.objects.values_list("slug", flat=True))
    for key, facts, words in articles(folder):
        assert set(words) == set(LANGUAGES), key
        assert set(facts.get("topics", [])) <= known, key
        assert facts.get("topics") or folder == "pages", key
        for language, own in words.items():
            assert re.fullmatch(r"[a-z0-9-]+", own["slug"]), (key, language)
            assert 20 <= len(own["summary"]) <= 300, (key, language)
            assert body_from_markdown(own["text"]), (key, language)


@pytest.mark.parametrize("folder", ["guides", "case_studies", "news", "events"])
def test_both_languages_of_an_article_are_built_alike(folder: str) -> None:
    for key, _facts, words in articles(folder):
        shapes = {
            code: [block["type"] for block in body_from_markdown(own["text"])] for code, own in words.items()
        }
        assert shapes["de"] == shapes["cs"], key


def test_no_text_of_the_demo_is_a_placeholder() -> None:
    for path in FILES.rglob("*.*"):
        text = path.read_text(encoding="utf-8").lower()
        assert not re.search(r"\b(lorem ipsum|todo|tbd|xxx)\b", text), path.name


def test_every_profile_file_can_be_read_by_a_person_and_a_machine() -> None:
    for name in ("people", "companies"):
        for row in rows(name):
            assert row["key"] in {path.stem for path in (FILES / name).glob("*.yaml")}
            assert set(row["words"]) <= set(LANGUAGES)
            assert yaml.safe_dump(row, allow_unicode=True)


def test_pages_of_the_demo_keep_their_topics_when_an_editor_opens_the_revision(demo: None) -> None:
    page = GuidePage.objects.get(slug="die-erste-maschine-ans-netz-bringen")
    revision = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    assert (
        {topic.slug for topic in revision.topics.all()}
        == {topic.slug for topic in page.topics.all()}
        != set()
    )
