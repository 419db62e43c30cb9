"""Anybody can begin to ask for mentoring, and finds what was written until it is sent."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override

from mentoring.domain.asking import MOST_TOPICS
from mentoring.forms.asking import new_token
from mentoring.models import MentoringRequest
from portal.topics.models import Topic
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.pages import GuidePageFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

PROBLEM = "Wir möchten vorausschauende Wartung für drei Fräsmaschinen."
STEPS = ["topic", "need", "mentors", "send"]
NEED = {"goal": "Kein Stillstand.", "languages": ["de"], "format": "", "meeting": "either"}


def text(response):
    return response.content.decode()


def says(response, sentence, language="de"):
    with override(language):
        return gettext(sentence).replace("“", "“") in text(response).replace("&quot;", '"')


def only():
    return MentoringRequest.objects.get()


@pytest.fixture
def begin(client, to):
    """Sends the first page with words of one's own."""

    def send(language="de", **changes):
        words = {"problem": PROBLEM, "token": new_token(), "action": "next", **changes}
        return client.post(to("mentoring:begin", language=language), words)

    return send


@pytest.fixture
def step(to):
    return lambda name, key=None, language="de": to(
        "mentoring:draft", language=language, key=key or only().key, step=name
    )


def test_looking_at_the_form_writes_nothing(client, to, language):
    response = client.get(to("mentoring:begin", language=language))
    assert response.status_code == 200
    assert (MentoringRequest.objects.count(), dict(client.session)) == (0, {})


@pytest.mark.parametrize("words", ["Bagger & “Kran”", "<b>", "\x00", "x" * 10_000, "\ud800"])
def test_whoever_comes_from_elsewhere_brings_the_words_along(client, to, words):
    page = client.get(to("mentoring:begin"), {"problem": words.encode("utf-8", "surrogatepass")})
    assert page.status_code == 200
    assert (
        page.context["form"]["problem"].value() == words.encode("utf-8", "replace").decode()[:4000]
        or "\ud800" in words
    )
    assert MentoringRequest.objects.count() == 0


def test_a_stranger_begins_with_one_question(client, begin, step):
    response = begin()
    assert response.url == step("topic")
    assert (only().problem, only().asker, only().language) == (PROBLEM, None, "de")
    assert [topic.slug for topic in only().topics.all()] == ["predictive-maintenance"]
    assert timezone.localdate(only().deadline) == timezone.localdate() + timedelta(days=90)
    assert client.get(response.url).status_code == 200


def test_whoever_is_signed_in_owns_the_draft_from_the_start(client, begin):
    user = UserFactory()
    client.force_login(user)
    begin()
    assert only().asker == user


def test_a_form_that_is_sent_often_begins_one_draft(begin):
    token = new_token()
    answers = {begin(token=token).url for _click in range(50)}
    assert len(answers) == 1
    assert MentoringRequest.objects.count() == 1


def test_a_click_in_a_browser_that_keeps_no_cookies_yet_finds_the_same_draft(to, begin, step):
    token = new_token()
    begin(token=token)
    other = Client()
    other.post(to("mentoring:begin"), {"problem": PROBLEM, "token": token, "action": "next"})
    assert MentoringRequest.objects.count() == 1
    assert other.get(step("topic")).status_code == 200


def test_the_key_from_an_address_is_no_token(to, begin, step):
    begin()
    thief = Client()
    thief.post(to("mentoring:begin"), {"problem": "Fremd", "token": str(only().key), "action": "next"})
    assert sorted(MentoringRequest.objects.values_list("problem", flat=True)) == ["Fremd", PROBLEM]


def test_strangers_begin_thirty_drafts_an_hour_and_members_more(client, begin):
    assert {begin().status_code for _draft in range(30)} == {302}
    refused = begin()
    assert refused.status_code == 429
    assert says(refused, "Too many drafts were begun here. Please try again in an hour, or sign in.")
    assert PROBLEM in text(refused)
    client.force_login(UserFactory())
    assert begin().status_code == 302


@pytest.mark.parametrize("name", STEPS)
def test_a_draft_is_open_to_the_browser_that_began_it_alone(client, begin, step, name):
    begin()
    member = Client()
    member.force_login(UserFactory())
    answers = [each.get(step(name)).status_code for each in (client, Client(), member)]
    assert answers == [200, 404, 404]


@pytest.mark.parametrize("name", STEPS)
def test_nobody_writes_into_somebody_else_s_draft(begin, step, name):
    begin()
    assert Client().post(step(name), {"problem": "Fremd", "action": "save"}).status_code == 404
    assert only().problem == PROBLEM


def test_a_draft_that_is_gone_says_so_and_how_to_begin_anew(client, to, step, language):
    response = client.get(step("need", uuid.uuid4(), language))
    assert response.status_code == 404
    assert says(response, "This draft is no longer here", language)
    assert f'href="{to("mentoring:begin", language=language)}"' in text(response)


def test_a_draft_whose_time_is_up_is_gone(client, begin, step):
    begin()
    assert client.get(step("topic")).status_code == 200
    MentoringRequest.objects.update(deadline=timezone.now() - timedelta(seconds=1))
    assert client.get(step("topic")).status_code == 404


def test_signing_in_takes_the_draft_along(client, begin, step):
    begin()
    user = UserFactory()
    client.force_login(user)
    assert only().asker == user
    other_browser = Client()
    other_browser.force_login(user)
    assert other_browser.get(step("topic")).status_code == 200


def test_once_it_is_somebody_s_own_it_is_no_longer_the_browser_s(client, begin, step):
    begin()
    MentoringRequest.objects.update(asker=UserFactory())
    assert client.get(step("topic")).status_code == 404


def test_a_sent_request_is_read_on_its_own_page(client, to, step):
    request = sent(mentor())
    client.force_login(request.asker)
    for name in STEPS:
        assert client.get(step(name)).url == to("mentoring:request", request.key)


def test_a_tab_that_was_left_open_cannot_make_a_sent_request_a_draft_again(client, to, step):
    request = sent(mentor())
    client.force_login(request.asker)
    response = client.post(
        step("topic"), {"problem": "Zu spät", "topics": ["crm"], "action": "next"}, follow=True
    )
    assert says(response, "This request was sent already.")
    assert (only().problem, only().is_draft) == (request.problem, False)


def test_the_page_of_a_guide_brings_its_topics(begin):
    guide = GuidePageFactory()
    guide.topics.set(Topic.objects.filter(slug="nis2-directive"))
    guide.save()
    begin(page=str(guide.pk))
    assert {topic.slug for topic in only().topics.all()} == {"nis2-directive", "predictive-maintenance"}


def test_a_draft_page_brings_none(begin):
    guide = GuidePageFactory(live=False)
    guide.topics.set(Topic.objects.filter(slug="nis2-directive"))
    guide.save()
    begin(page=str(guide.pk))
    assert {topic.slug for topic in only().topics.all()} == {"predictive-maintenance"}


def test_the_profile_of_a_mentor_brings_the_mentor(client, to, begin):
    petra = mentor("Petra Nováková")
    assert "Petra Nováková" in text(client.get(to("mentoring:begin"), {"mentor": petra.pk}))
    begin(mentor=str(petra.pk))
    assert [row.mentor for row in only().ranked.all()] == [petra]


@pytest.mark.parametrize("origin", ["0", "abc", "-1", "9" * 15, "\x00", "²"])
def test_an_origin_that_there_is_not_is_left_out(client, to, begin, origin):
    assert client.get(to("mentoring:begin"), {"mentor": origin, "page": origin}).status_code == 200
    begin(mentor=origin, page=origin)
    assert MentoringRequest.objects.filter(ranked__isnull=False).count() == 0


@pytest.mark.parametrize("words", ["", "   ", "x" * 1_000_000, "Ein \x00 Zeichen"])
def test_words_that_cannot_be_kept_are_refused_beside_the_field(begin, words):
    response = begin(problem=words)
    assert (response.status_code, MentoringRequest.objects.count()) == (200, 0)
    assert 'id="id_problem_error"' in text(response)


def test_a_token_that_was_forged_or_is_old_begins_a_new_draft(begin):
    for token in ("", "x" * 199, "\x01", str(uuid.uuid4())):
        begin(token=token)
    assert MentoringRequest.objects.count() == 4


class TestTopics:
    @pytest.fixture(autouse=True)
    def _begun(self, begin):
        begin()

    def choose(self, client, step, *topics, **changes):
        words = {"problem": PROBLEM, "topics": topics, "action": "next", **changes}
        return client.post(step("topic"), words)

    def test_what_the_words_name_is_ticked(self, client, step):
        assert 'value="predictive-maintenance" id="id_topics_0" checked' in " ".join(
            text(client.get(step("topic"))).replace('class="" ', "").split()
        )

    def test_the_chosen_ones_are_kept(self, client, step):
        assert self.choose(client, step, "opc-ua", "crm").url == step("need")
        assert {topic.slug for topic in only().topics.all()} == {"opc-ua", "crm"}

    @pytest.mark.parametrize(
        ("language", "label"), [("cs", "Umělá inteligence"), ("de", "Künstliche Intelligenz")]
    )
    def test_a_word_of_either_language_finds_a_topic(self, client, step, language, label):
        url = step("topic", language=language)
        found = client.post(url, {"problem": PROBLEM, "q": "kunst", "action": "search"})
        assert found.url == f"{url}?q=kunst#topics"
        shown = text(client.get(f"{url}?q=kunst"))
        assert shown.count(f">{label}</label>") == 1

    def test_looking_for_a_topic_keeps_what_was_typed(self, client, step):
        self.choose(client, step, "opc-ua", problem="", action="search", q="x")
        assert [topic.slug for topic in only().topics.all()] == ["opc-ua"]

    def test_a_word_that_no_topic_knows_says_so(self, client, step):
        assert "xyzzy" in text(client.get(step("topic") + "?q=xyzzy"))
        assert client.get(step("topic"), {"q": "\x00" * 300}).status_code == 200

    def test_every_topic_can_be_ticked_once(self, client, step):
        shown = text(client.get(step("topic") + "?q=wartung"))
        assert shown.count('name="topics"') == Topic.objects.count()

    def test_one_is_needed_and_eight_are_enough(self, client, step):
        many = list(Topic.objects.values_list("slug", flat=True)[: MOST_TOPICS + 1])
        assert says(self.choose(client, step), "Please choose at least one topic.")
        assert says(self.choose(client, step, *many), "Please choose up to eight topics.")
        assert self.choose(client, step, *many[:-1]).status_code == 302

    @pytest.mark.parametrize("topic", ["no-such-topic", "\x00", "1" * 1000])
    def test_an_unknown_topic_is_refused_and_nothing_is_lost(self, client, step, topic):
        response = self.choose(client, step, topic, problem="Neue Worte")
        assert says(response, "We do not know this topic. Please choose from the list.")
        assert "Neue Worte" in text(response)


class TestNeed:
    @pytest.fixture(autouse=True)
    def _begun(self, begin):
        begin()

    def test_it_is_kept(self, client, step):
        assert client.post(step("need"), {**NEED, "interpreting": "on", "action": "next"}).url == step(
            "mentors"
        )
        assert (only().goal, only().languages, only().interpreting) == ("Kein Stillstand.", ["de"], True)

    def test_the_reader_s_language_is_ticked(self, client, step):
        assert client.get(step("need")).context["form"]["languages"].initial == ["de"]

    @pytest.mark.parametrize(
        "changes",
        [{"goal": ""}, {"goal": "\x00"}, {"goal": "x" * 1_000_000}, {"languages": []}, {"meeting": "moon"}],
    )
    def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(self, client, step, changes):
        words = {**NEED, "tried": "Vieles.", "action": "next", **changes}
        response = client.post(step("need"), words)
        assert list(response.context["form"].errors) == list(changes)
        assert "Vieles." in text(response)
        assert only().tried == ""

    def test_a_draft_is_saved_half_filled(self, client, step, language):
        url = step("need", language=language)
        response = client.post(url, {"tried": "Vieles.", "action": "save"}, follow=True)
        assert (only().tried, only().goal) == ("Vieles.", "")
        sentence = "Saved in this browser until %(date)s. Sign in to find it everywhere."
        with override(language):
            assert gettext(sentence).split("%")[0] in text(response)


def test_copies_and_old_drafts_open_at_any_step(client, step):
    request = draft(UserFactory())
    client.force_login(request.asker)
    assert {client.get(step(name)).status_code for name in STEPS} == {200}
