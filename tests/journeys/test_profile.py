"""A coordinator publishes a profile, and readers of both languages meet the whole person from the first day."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify
from wagtail.test.utils.form_data import nested_form_data

from mentoring.models import DirectoryPage, MentorPage
from portal.core.domain.translations import update_translation
from portal.members.models import Coordinator, Person
from tests.editorial import member_of, other_locale, reread, write
from tests.factories.people import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    """Somebody whom the Innovation Centre of the Ústí Region looks after."""
    return PersonFactory(name="Jana Horká", home_partner=OrganisationFactory(slug="icuk", short_name="ICUK"))


@pytest.fixture
def coordinator(person: Person, settings) -> Client:
    settings.PORTAL_DEMO = True
    user = member_of("Coordinators")
    Coordinator.objects.create(user=user, organisation=person.home_partner)
    client = Client(headers={"accept-language": "cs"})
    client.force_login(user)
    return client


def test_a_profile_in_czech_is_read_in_both_languages_and_later_translated_as_a_whole(
    coordinator: Client, person: Person
) -> None:
    index = DirectoryPage.objects.get(locale__language_code="cs")
    create = reverse("wagtailadmin_pages:add", args=["mentoring", "mentorpage", index.pk])
    form = {
        "title": person.full_name,
        "slug": slugify(person.full_name),
        "person": str(person.pk),
        "headline": "Vedoucí údržby",
        "about": "Udržuji stroje v chodu.",
        "help_with": "Plánování údržby",
        "references": "",
        "seo_title": "",
        "search_description": "",
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "0"},
        "action-publish": "publish",
    }

    after = coordinator.post(create, nested_form_data(form))

    assert after.status_code == 302, after.context["form"].errors
    czech = MentorPage.objects.get(locale__language_code="cs", person=person)
    german = reread(czech.get_translation(other_locale(czech)))
    assert [(page.live, page.written_in, page.about) for page in (czech, german)] == [
        (True, "cs", "Udržuji stroje v chodu."),
        (True, "cs", "Udržuji stroje v chodu."),
    ]
    html = Client().get(german.url).content.decode()
    assert "Udržuji stroje v chodu." in html
    assert 'lang="cs"' in html

    write(german, headline="Leiterin Instandhaltung", about="Ich halte Maschinen am Laufen.")
    update_translation(german)

    german = reread(german)
    assert (german.written_in, german.about) == ("de", "Ich halte Maschinen am Laufen.")
    assert "Udržuji stroje v chodu." not in Client().get(german.url).content.decode()
