"""The company says whom to ask, and whom not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override

from mentoring.models import MentoringRequest
from tests.factories.mentoring import draft, mentor
from tests.factories.people import MembershipFactory, UserFactory, known_topics
from tests.queries import statements, writes

pytestmark = pytest.mark.django_db

NEVER = "never"


@pytest.fixture
def request_(client):
    request = draft(UserFactory())
    client.force_login(request.asker)
    return request


@pytest.fixture
def url(to, request_):
    return to("mentoring:draft", key=request_.key, step="mentors")


@pytest.fixture
def wish(client, url):
    def send(wishes, **changes):
        chosen = {f"wish_{person.pk}": rank for person, rank in wishes.items()}
        return client.post(url, {"across_the_border": "on", "action": "next", **chosen, **changes})

    return send


def text(response):
    return response.content.decode()


def says(response, sentence):
    with override("de"):
        return str(gettext(sentence)) in text(response)


def ranked():
    return [row.mentor for row in MentoringRequest.objects.get().ranked.all()]


def test_the_best_stand_there_with_their_reasons(client, url):
    petra = mentor("Petra Nováková")
    shown = text(client.get(url))
    assert "Petra Nováková" in shown
    assert f'name="wish_{petra.pk}"' in shown
    assert "part-topics" in shown


def proposed(response) -> list[str]:
    return [card["card"]["name"] for card in response.context["cards"]]


@pytest.fixture
def both(request_) -> list[str]:
    """The two topics that are asked for."""
    topics = known_topics(["nis2-directive", "opc-ua"])
    request_.topics.set(topics)
    return [topic.slug for topic in topics]


def test_whoever_can_take_somebody_on_stands_before_those_who_fit_better_but_cannot(client, url, both):
    mentor("Fits best", topics=both, places=0)
    mentor("Has a place", topics=both[:1])
    assert proposed(client.get(url)) == ["Has a place", "Fits best"]


def test_whoever_is_named_stands_before_all_others(client, url, both, wish):
    full = mentor("Fits best", topics=both, places=0)
    for number in range(3):
        mentor(f"Has a place {number}", topics=both[:1])
    assert proposed(client.get(url))[-1] == "Fits best"
    wish({full: NEVER})
    assert proposed(client.get(url))[0] == "Fits best"


def test_a_company_names_three_and_leaves_one_out(wish, to, request_):
    first, second, third, never = (mentor(name) for name in ("Anna", "Berta", "Cilka", "Dora"))
    answer = wish({first: "2", second: "1", third: "3", never: NEVER})
    assert answer.url == to("mentoring:draft", key=request_.key, step="send")
    assert ranked() == [second, first, third]
    assert list(request_.excluded.all()) == [never]


def test_naming_nobody_is_fine(wish):
    assert wish({mentor(): ""}).status_code == 302
    assert ranked() == []


@pytest.mark.parametrize("ranks", [["2"], ["1", "3"], ["3"], ["2", "3"]])
def test_no_rank_may_be_left_out(wish, ranks):
    people = [mentor(name) for name in ("Anna", "Berta")]
    response = wish(dict(zip(people, ranks, strict=False)))
    assert response.status_code == 200
    assert "Wahl" in str(response.context["form"].non_field_errors())
    assert ranked() == []


def test_each_rank_is_given_once_and_the_choice_stays(wish):
    anna, berta = mentor("Anna"), mentor("Berta")
    response = wish({anna: "1", berta: "1"})
    assert says(response, "Somebody else has this rank already. Please give each rank once.")
    assert text(response).count('<option value="1" selected>') == 2


@pytest.mark.parametrize("rank", ["4", "0", "\x00", "x" * 1000])
def test_a_rank_that_there_is_not_is_refused(wish, rank):
    response = wish({mentor(): rank})
    assert (response.status_code, ranked()) == (200, [])


def test_whoever_left_the_directory_meanwhile_is_named_to_nobody(wish):
    anna = mentor("Anna")
    anna.mentorpages.get().unpublish()
    response = wish({anna: "1"})
    assert says(response, "Somebody whom you chose is no longer here. Please look at your choice again.")
    assert ranked() == []


def test_a_mentor_who_was_named_stands_there_however_badly_they_fit(client, url, wish):
    for number in range(8):
        mentor(f"Fachfrau {number}")
    odd = mentor("Olga Odlehlá", topics=["crm"])
    wish({odd: "1"})
    assert ranked() == [odd]
    shown = text(client.get(url))
    assert shown.index("Olga Odlehlá") < shown.index("Fachfrau")


def test_whoever_is_not_to_be_asked_is_shown_so_that_one_can_think_again(client, url, wish):
    anna = mentor("Anna")
    wish({anna: NEVER})
    assert '<option value="never" selected>' in text(client.get(url))
    wish({anna: ""})
    assert MentoringRequest.objects.get().excluded.count() == 0


def test_one_s_own_people_are_not_proposed(client, url, request_):
    company = MembershipFactory(user=request_.asker).company
    mentor("Eigene Kollegin", company=company)
    mentor("Fremde Kollegin")
    shown = text(client.get(url))
    assert ("Eigene Kollegin" in shown, "Fremde Kollegin" in shown) == (False, True)


def test_sorting_again_keeps_the_choice(wish, url):
    anna = mentor("Anna")
    assert wish({anna: "1"}, action="refresh", across_the_border="").url == url
    found = MentoringRequest.objects.get()
    assert (ranked(), found.across_the_border) == ([anna], False)


def test_without_anybody_the_form_goes_on_all_the_same(client, url, wish):
    assert says(client.get(url), "Nobody in the directory fits yet.")
    assert wish({}).status_code == 302


def test_the_contact_is_kept(wish):
    wish({}, contact_name="Eva Malá", contact_phone="+420 1", shows_company="on")
    found = MentoringRequest.objects.get()
    assert (found.contact_name, found.contact_phone, found.shows_company) == ("Eva Malá", "+420 1", True)


@pytest.mark.parametrize("step", ["topic", "need", "mentors", "send"])
def test_the_queries_stay_few_and_none_writes(client, to, request_, step):
    address = to("mentoring:draft", key=request_.key, step=step)
    MembershipFactory(user=request_.asker)
    counts = []
    for others in (1, 20):
        for number in range(others):
            mentor(f"Person {others} {number}")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert writes(statements(queries)) == []
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15, len(queries)


def test_what_asking_for_less_would_bring_is_said_and_one_click_asks_for_it(client, url, wish, request_):
    for number in range(4):
        speaks(mentor(f"English {number}"), "en")
    anna = speaks(mentor("Anna"), "de")
    assert "Mit Englisch: 4 weitere Personen" in text(client.get(url))
    assert wish({anna: "1"}, action="less languages:en").url == url
    request_.refresh_from_db()
    assert (request_.languages, ranked()) == (["de", "en"], [anna])
    assert "Mit Englisch" not in text(client.get(url))


def test_a_way_that_there_is_not_changes_nothing(wish, url, request_):
    assert wish({}, action="less languages:tlh").url == url
    request_.refresh_from_db()
    assert request_.languages == ["de"]


def speaks(person, *languages):
    person.languages.all().delete()
    for language in languages:
        person.languages.create(language=language)
    return person
