"""Mentors change their facts themselves, with effect at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from mentoring.enums import InvitationState, RequestState
from mentoring.forms.own_facts import OwnFactsForm
from portal.members.models import Person
from search.models import IndexJob
from tests.factories.mentoring import mentor, sent
from tests.factories.people import CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def petra():
    return mentor(formats=["months"])


@pytest.fixture
def url(to):
    return to("mentoring:my_profile")


def facts(person, **changes):
    """What the form sends for a person, with some fields changed."""
    return {
        "places": person.places,
        "paused_until": "",
        "topics": ", ".join(topic.name for topic in person.topics.all()),
        "works_in": [row.language for row in person.languages.all()],
        "formats": person.formats,
        "online": "on",
        "on_site_radius": person.on_site_radius,
        "phone": person.phone,
        **changes,
    }


def text(response):
    return response.content.decode()


def test_whoever_is_signed_out_signs_in_first(client, url):
    assert client.get(url).url.endswith(f"?next={url}")


def test_whoever_has_no_profile_finds_nothing(client, url):
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404


def test_the_page_stands_in_both_languages(client, to, petra, language):
    client.force_login(petra.user)
    with override(language):
        heading = gettext("My details")
    assert heading in text(client.get(to("mentoring:my_profile", language=language)))


def test_changes_hold_at_once_and_count_as_confirmed(client, url, petra):
    client.force_login(petra.user)
    response = client.post(
        url, facts(petra, places=5, phone="+420 1", topics="OPC UA, NIS-2", works_in=["cs", "de"])
    )
    assert response.status_code == 302, response.context["form"].errors
    changed = Person.objects.get(pk=petra.pk)
    assert (changed.places, changed.phone, changed.last_confirmed_on) == (5, "+420 1", timezone.localdate())
    assert sorted(row.language for row in changed.languages.all()) == ["cs", "de"]


def test_pausing_passes_open_requests_on_and_says_so(client, url, petra):
    request = sent(petra, mentor("Jens Weber"))
    client.force_login(petra.user)
    before = text(client.get(url))
    assert gettext("Before you pause or take fewer places") in before
    until = timezone.localdate() + timedelta(days=30)
    response = client.post(url, facts(petra, paused_until=until.isoformat()), follow=True)
    assert request.invitations.get(mentor=petra).state == InvitationState.SUPERSEDED
    request.refresh_from_db()
    assert request.state == RequestState.OFFERED
    assert "1 offene Anfrage haben wir weitergegeben" in text(response)


@pytest.mark.parametrize("days", [0, -330])
def test_a_pause_that_is_over_before_it_begins_is_refused(client, url, petra, days):
    until = timezone.localdate() + timedelta(days=days)
    client.force_login(petra.user)
    response = client.post(url, facts(petra, paused_until=until.isoformat()))
    assert response.context["form"].errors["paused_until"] == ["Bitte wählen Sie einen Tag, der noch kommt."]


def test_a_pause_that_has_ended_meanwhile_is_no_hindrance(client, url, petra):
    Person.objects.filter(pk=petra.pk).update(paused_until="2026-01-07")
    client.force_login(petra.user)
    assert client.post(url, facts(petra, paused_until="2026-01-07")).status_code == 302


def test_an_unchanged_form_passes_nothing_on(client, url, petra):
    request = sent(petra)
    client.force_login(petra.user)
    client.post(url, facts(petra))
    assert request.invitations.get().state == InvitationState.PENDING


def test_a_word_that_is_no_topic_is_refused_and_kept(client, url, petra):
    client.force_login(petra.user)
    response = client.post(url, facts(petra, topics="Blumenbinden"))
    assert response.status_code == 200
    assert response.context["form"].errors["topics"] == [
        "Als Thema kennen wir nicht: „Blumenbinden“. Bitte schreiben Sie Themen so, wie sie auf dem Portal heißen."
    ]
    assert [topic.slug for topic in petra.topics.all()] == ["nis2-directive"]


def test_new_topics_are_found_by_the_search(client, url, petra):
    IndexJob.objects.all().delete()
    client.force_login(petra.user)
    client.post(url, facts(petra))
    assert [job.source for job in IndexJob.objects.filter(source__contains="person")] != []


@pytest.mark.parametrize("written", ["konkurrenz gmbh", "Konkurrenz"])
def test_competitors_are_left_out_by_name_and_taken_back(client, url, petra, written):
    rival = CompanyFactory(name="Konkurrenz GmbH")
    client.force_login(petra.user)
    client.post(url, facts(petra, also_excluded=written))
    assert list(petra.excluded_companies.all()) == [rival]
    client.post(url, facts(petra, excluded_companies=[rival.pk]))
    assert list(petra.excluded_companies.all()) == [rival]
    client.post(url, facts(petra))
    assert list(petra.excluded_companies.all()) == []


def test_somebody_who_works_in_no_language_is_told_so_once(client, url, petra):
    client.force_login(petra.user)
    errors = client.post(url, facts(petra, works_in=[])).context["form"].errors
    assert errors == {"works_in": ["Wählen Sie mindestens eine Sprache."]}


def test_an_unknown_company_is_refused(client, url, petra):
    client.force_login(petra.user)
    response = client.post(url, facts(petra, also_excluded="Gibt es nicht"))
    assert list(response.context["form"].errors) == ["also_excluded"]


def test_places_have_a_limit(client, url, petra):
    client.force_login(petra.user)
    assert list(client.post(url, facts(petra, places=21)).context["form"].errors) == ["places"]


def test_one_click_confirms_that_everything_holds(client, url, petra):
    client.force_login(petra.user)
    client.post(url, {"confirm": "1"})
    petra.refresh_from_db()
    assert petra.last_confirmed_on == timezone.localdate()


def test_nobody_writes_what_a_coordinator_says(client, url, petra):
    client.force_login(petra.user)
    client.post(url, facts(petra, verified_on="", home_partner="", name="Somebody else"))
    petra.refresh_from_db()
    assert (petra.name, petra.verified_on) == ("Petra Nováková", timezone.localdate())


def test_what_a_coordinator_decides_meanwhile_stays(petra):
    """The form was loaded before the coordinator took the verification back."""
    form = OwnFactsForm(facts(petra, places=3), instance=petra, for_user=petra.user)
    assert form.is_valid()
    Person.objects.filter(pk=petra.pk).update(verified_on=None)
    form.write()
    petra.refresh_from_db()
    assert (petra.places, petra.verified_on) == (3, None)
