"""A company reads how its request stands, and acts."""

from html import unescape

import pytest
from django.utils.translation import gettext, override

from mentoring.domain.gate import PASSED
from mentoring.domain.invitations import accept, decline
from mentoring.domain.requests import reject, submit, withdraw
from mentoring.enums import DeclineReason, RequestState
from mentoring.models import MentoringRequest, RankedMentor
from portal.members.models import Person
from tests.factories.mentoring import draft, mentor, sent
from tests.factories.people import CoordinatorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PHONE = "+420 475 654321"


@pytest.fixture
def petra():
    return mentor(phone=PHONE)


@pytest.fixture
def request_(petra):
    return sent(petra, mentor("Jens Weber"))


@pytest.fixture
def url(to, request_):
    return to("mentoring:request", request_.key)


def text(response):
    return response.content.decode()


def state(request):
    return MentoringRequest.objects.get(pk=request.pk).state


def secrets_in(response, petra):
    return [secret for secret in (petra.user.email, PHONE) if secret in text(response)]


def searching(request, petra):
    """The first mentor declines, and the second one has lost the place."""
    request.ranked.exclude(mentor=petra).delete()
    return decline(request.invitations.get(), petra.user, DeclineReason.NO_TIME, "Leider <b>keine</b> Zeit.")


def test_whoever_is_signed_out_signs_in_first(client, url):
    assert client.get(url).url.endswith(f"?next={url}")


def test_the_company_reads_what_happens_next(client, to, request_, language):
    client.force_login(request_.asker)
    shown = text(client.get(to("mentoring:request", request_.key, language=language)))
    assert "Petra Nováková" in shown
    assert "Jens Weber" in shown
    with override(language):
        assert gettext("Is asked next") in shown
    assert "Unsere Fräsmaschinen stehen oft." in shown


@pytest.mark.parametrize("is_choosing", [False, True])
def test_the_company_reads_what_it_has_asked_for(client, to, petra, language, is_choosing):
    membership = MembershipFactory()
    wishes = {"languages": ["de", "cs"], "interpreting": True}
    request = submit(
        draft(membership.user, petra, topics=["opc-ua"], **wishes), membership.user, membership.company
    )
    if is_choosing:
        searching(request, petra)
    client.force_login(request.asker)
    shown = unescape(text(client.get(to("mentoring:request", request.key, language=language))))
    with override(language):
        for said in ("OPC UA", gettext("German"), gettext("Czech"), request.get_meeting_display()):
            assert said in shown


@pytest.mark.parametrize(
    ("spoken", "interpreting", "said"),
    [
        (["de"], True, {"de": "Deutsch oder mit Verdolmetschung", "cs": "němčina, případně s tlumočením"}),
        (
            ["de", "cs"],
            True,
            {
                "de": "Deutsch, Tschechisch oder mit Verdolmetschung",
                "cs": "němčina, čeština, případně s tlumočením",
            },
        ),
        (["de", "cs"], False, {"de": "Deutsch, Tschechisch", "cs": "němčina, čeština"}),
    ],
)
def test_its_languages_read_as_one_would_say_them(client, to, petra, language, spoken, interpreting, said):
    membership = MembershipFactory()
    wishes = {"topics": ["opc-ua"], "languages": spoken, "interpreting": interpreting}
    request = submit(draft(membership.user, petra, **wishes), membership.user, membership.company)
    client.force_login(request.asker)
    shown = client.get(to("mentoring:request", request.key, language=language)).content.decode()
    assert f"<dd>{said[language]}</dd>" in shown


def test_colleagues_and_coordinators_read_it_and_others_find_nothing(client, url, request_, petra, settings):
    settings.PORTAL_DEMO = True  # where coordinators need no second factor
    colleague = MembershipFactory(company=request_.company).user
    for user in (colleague, CoordinatorFactory(organisation=request_.company.home_partner).user):
        client.force_login(user)
        assert client.get(url).status_code == 200
    unconfirmed = MembershipFactory(company=request_.company, confirmed_on=None).user
    for user in (UserFactory(), MembershipFactory().user, petra.user, unconfirmed):
        client.force_login(user)
        assert client.get(url).status_code == 404


def test_nobody_else_can_act(client, to, request_, petra):
    for user in (UserFactory(), petra.user):
        client.force_login(user)
        for name in ("withdraw", "name_another", "discard", "copy"):
            assert client.post(to(f"mentoring:{name}", request_.key)).status_code == 404
    assert state(request_) == RequestState.OFFERED


def test_before_agreement_nothing_tells_how_to_reach_the_mentor(client, url, request_, petra):
    client.force_login(request_.asker)
    assert secrets_in(client.get(url), petra) == []


def test_after_agreement_the_company_learns_how_to_reach_the_mentor(client, url, request_, petra):
    accept(request_.invitations.get(), petra.user)
    client.force_login(request_.asker)
    assert secrets_in(client.get(url), petra) == [petra.user.email, PHONE]


def test_the_mentors_words_are_read_as_they_were_written(client, url, request_, petra):
    searching(request_, petra)
    client.force_login(request_.asker)
    assert "Leider &lt;b&gt;keine&lt;/b&gt; Zeit." in text(client.get(url))


def test_withdrawing_is_a_post_and_says_what_happened(client, to, url, request_):
    client.force_login(request_.asker)
    withdraw_it = to("mentoring:withdraw", request_.key)
    assert client.get(withdraw_it).url == url
    assert state(request_) == RequestState.OFFERED
    response = client.post(withdraw_it, follow=True)
    assert state(request_) == RequestState.WITHDRAWN
    assert gettext("Your request is withdrawn. Whoever had been asked knows of it.") in text(response)


def test_once_it_is_over_nobody_is_asked_any_more(client, to, url, request_):
    client.force_login(request_.asker)
    assert "<h2>Wen wir fragen</h2>" in text(client.get(url))
    withdrawn = client.post(to("mentoring:withdraw", request_.key), follow=True)
    assert "<h2>Mentor:innen</h2>" in text(withdrawn)


def test_a_second_click_says_how_it_stands(client, to, request_):
    withdraw(request_, request_.asker)
    client.force_login(request_.asker)
    response = client.post(to("mentoring:withdraw", request_.key))
    assert response.status_code == 409
    assert str(PASSED[RequestState.WITHDRAWN]) in text(response)


def test_while_we_look_the_company_chooses_somebody_else(client, to, url, request_, petra):
    searching(request_, petra)
    eva = mentor("Eva Malá")
    client.force_login(request_.asker)
    shown = text(client.get(url))
    assert f'name="mentor" value="{eva.pk}"' in shown
    assert f'name="mentor" value="{petra.pk}"' not in shown
    client.post(to("mentoring:name_another", request_.key), {"mentor": eva.pk})
    assert state(request_) == RequestState.OFFERED
    assert request_.invitations.open().get().mentor == eva


def test_the_list_to_choose_from_shows_no_contact_data(client, url, request_, petra):
    searching(request_, petra)
    eva = mentor("Eva Malá", phone="+420 999 888 777")
    client.force_login(request_.asker)
    shown = text(client.get(url))
    assert eva.name in shown
    assert [secret for secret in (eva.user.email, eva.phone) if secret in shown] == []


def test_choosing_somebody_without_a_place_says_why(client, to, request_, petra):
    searching(request_, petra)
    client.force_login(request_.asker)
    response = client.post(
        to("mentoring:name_another", request_.key), {"mentor": mentor("Full", places=0).pk}
    )
    assert response.status_code == 409
    assert gettext("Has no free place at present: %(name)s") % {"name": "Full"} in text(response)


@pytest.mark.parametrize("chosen", ["", "abc", "0", "9" * 40])
def test_choosing_nobody_is_no_page(client, to, request_, chosen):
    client.force_login(request_.asker)
    assert client.post(to("mentoring:name_another", request_.key), {"mentor": chosen}).status_code == 404


def test_a_request_that_is_over_is_copied_as_a_draft(client, to, request_):
    withdraw(request_, request_.asker)
    client.force_login(request_.asker)
    response = client.post(to("mentoring:copy", request_.key))
    copied = MentoringRequest.objects.get(state=RequestState.DRAFT)
    assert response.url == to("mentoring:draft", key=copied.key, step="topic")
    assert (copied.problem, copied.goal, copied.asker) == (request_.problem, request_.goal, request_.asker)
    assert list(copied.topics.slugs()) == list(request_.topics.slugs())
    assert not copied.ranked.exists()


def test_an_open_request_is_not_copied(client, to, request_):
    client.force_login(request_.asker)
    assert client.post(to("mentoring:copy", request_.key)).status_code == 409
    assert MentoringRequest.objects.count() == 1


def test_a_colleague_copies_the_need_but_not_whom_to_call(client, to, request_):
    MentoringRequest.objects.filter(pk=request_.pk).update(contact_phone="+49 375 1")
    withdraw(request_, request_.asker)
    client.force_login(MembershipFactory(company=request_.company).user)
    client.post(to("mentoring:copy", request_.key))
    assert MentoringRequest.objects.get(state=RequestState.DRAFT).contact_phone == ""


def test_a_refusal_tells_why(client, to):
    coordinator = CoordinatorFactory()
    request = sent()
    reject(request, coordinator.user, "Bitte fragen Sie zuerst Ihre Bank.")
    client.force_login(request.asker)
    shown = text(client.get(to("mentoring:request", request.key)))
    assert "Bitte fragen Sie zuerst Ihre Bank." in shown


def test_a_draft_leads_to_where_it_is_written(client, to):
    user = UserFactory()
    written = draft(user)
    client.force_login(user)
    response = client.get(to("mentoring:request", written.key))
    assert response.url == to("mentoring:draft", key=written.key, step="topic")


def test_a_draft_is_discarded_and_a_sent_request_is_not(client, to, request_):
    written = draft(request_.asker)
    client.force_login(request_.asker)
    client.post(to("mentoring:discard", written.key))
    assert not MentoringRequest.objects.filter(pk=written.pk).exists()
    assert client.post(to("mentoring:discard", request_.key)).status_code == 409
    assert state(request_) == RequestState.OFFERED


def test_who_has_no_free_place_is_not_said_to_be_asked_next(client, url, request_):
    third = mentor("Eva Malá")
    RankedMentor.objects.create(request=request_, mentor=third, rank=3)
    client.force_login(request_.asker)
    assert "sonst fragen wir Jens Weber" in text(client.get(url))
    Person.objects.filter(name="Jens Weber").update(paused_until="2099-01-01")
    shown = text(client.get(url))
    assert "sonst fragen wir Eva Malá" in shown
    assert 'Jens Weber</strong> <span class="meta">Zurzeit kein freier Platz' in shown
