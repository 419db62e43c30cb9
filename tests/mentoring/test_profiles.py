"""The page of a mentor or an expert."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.members.models import Person
from tests.factories.mentoring import sent
from tests.factories.pages import CompanyPageFactory, ExpertPageFactory, MentorPageFactory
from tests.factories.people import CompanyFactory, PersonFactory, place
from tests.queries import statements, writes

pytestmark = pytest.mark.django_db

WORDS = {
    "headline": "Leiterin IT-Sicherheit",
    "about": "Erster Absatz.\n\nZweiter <b>Absatz</b>.",
    "help_with": "Notfallplan\n\n  Rücksicherung  \n",
    "references": "Notfallübung in Meerane",
}


@pytest.fixture
def krause():
    """A verified mentor with a page in both languages, translated."""
    person = PersonFactory(
        name="Martina Krause",
        title="Dr.",
        employer="Maschinenbau GmbH",
        place=place("Zwickau"),
        languages=["de"],
        topics=["nis2-directive", "backup"],
        formats=["single_session", "months"],
        company_sizes=["small"],
        on_site_radius=80,
    )
    german = MentorPageFactory(person=person, slug="krause", **WORDS)
    czech = MentorPageFactory(
        person=person,
        slug="krause",
        language="cs",
        translation_of=german,
        headline="Vedoucí IT",
        about="Odstavec.",
    )
    return {"de": german, "cs": czech}


def main(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().split("<main", 1)[1].split("</main>")[0]


def test_it_shows_the_words_as_paragraphs_and_lists_and_escapes_them(client, krause):
    page = main(client, krause["de"].url)
    assert "<h1>Dr. Martina Krause</h1>" in page
    assert "<p>Erster Absatz.</p>" in page
    assert "<p>Zweiter &lt;b&gt;Absatz&lt;/b&gt;.</p>" in page
    assert re.findall(r"<li>([^<]*)</li>", page.split("Wobei ich helfe")[1].split("Referenzen")[0]) == [
        "Notfallplan",
        "  Rücksicherung  ",
    ]


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        (
            "de",
            {
                "Beruflich": "Maschinenbau GmbH",
                "Sprachen": "Deutsch",
                "Formate": "einzelner Termin, 3 bis 6 Monate",
                "Treffen": "online, vor Ort bis 80 km",
                "Unternehmensgrößen": "10 bis 49 Beschäftigte",
            },
        ),
        (
            "cs",
            {
                "Zaměstnání": "Maschinenbau GmbH",
                "Jazyky": "německy",
                "Formy spolupráce": "jednorázové setkání, 3 až 6 měsíců",
                "Setkání": "online, osobně do 80 km",
                "Velikost firem": "10 až 49 zaměstnanců",
            },
        ),
    ],
)
def test_the_facts_stand_beside_in_the_language_of_the_reader(client, krause, language, facts):
    page = main(client, krause[language].url)
    where = place("Zwickau")
    facts |= {
        {"de": "Ort", "cs": "Místo"}[language]: f"{where.name_in(language)}, {where.region.name_in(language)}"
    }
    assert dict(re.findall(r"<dt>([^<]*)</dt>\s*<dd[^>]*>([^<]*)</dd>", page)) == facts
    assert {"de": "2 freie Plätze", "cs": "2 volná místa"}[language] in page


def test_it_says_how_to_reach_a_person_without_telling_how_to_reach_them(client, krause):
    page = main(client, krause["de"].url)
    assert "Die Kontaktdaten erhalten Sie mit der Zusage auf Ihre Anfrage." in page
    assert krause["de"].person.user.email not in page
    assert str(krause["de"].home_partner) in page


def test_a_page_that_is_not_translated_shows_the_authors_text_with_its_language_and_says_so(client):
    german = MentorPageFactory(slug="krause", **WORDS)
    page = MentorPageFactory(
        person=german.person, slug="krause", language="cs", translation_of=german, written_in="de", **WORDS
    )
    shown = main(client, page.url)
    assert "Tento text zatím není přeložený. Čtete ho německy, tak jak byl napsán." in shown
    assert '<p class="lead" lang="de">Leiterin IT-Sicherheit</p>' in shown
    assert re.search(r'<div class="prose" lang="de">\s*<p>Erster Absatz.</p>', shown)
    assert '<ul lang="de">' in shown


def test_a_translated_page_needs_no_notice(client, krause):
    shown = main(client, krause["cs"].url)
    assert "není přeložený" not in shown
    assert '<p class="lead">Vedoucí IT</p>' in shown


def test_each_page_leads_to_the_same_person_in_the_other_language(client, krause):
    assert f'href="{krause["cs"].url}" lang="cs" hreflang="cs">Číst česky</a>' in main(
        client, krause["de"].url
    )


def test_two_pages_about_one_person_know_each_other(client, krause):
    expert = ExpertPageFactory(
        person=krause["de"].person, slug="krause-expert", services="Gutachten", equipment="Labor"
    )
    assert f'<a href="{expert.url}">Zweites Profil: Expertise</a>' in main(client, krause["de"].url)
    page = main(client, expert.url)
    assert f'<a href="{krause["de"].url}">Zweites Profil: Mentoring</a>' in page
    assert "Gutachten" in page
    assert "Labor" in page


def test_the_employer_leads_to_the_page_of_the_company_once_that_is_public(client, krause):
    company = CompanyFactory(name="Kern GmbH", verified_on=None)
    Person.objects.update(company=company)
    page = CompanyPageFactory(company=company, slug="kern")
    assert f'href="{page.url}"' not in main(client, krause["de"].url)
    company.verified_on = timezone.localdate()
    company.save()
    assert f'<a href="{page.url}">Kern GmbH</a>' in main(client, krause["de"].url)


def test_people_with_the_same_topics_stand_below_but_not_the_person_itself(client, krause):
    colleague = PersonFactory(name="Sabine Lehmann", topics=["backup"])
    MentorPageFactory(person=colleague)
    below = main(client, krause["de"].url).split("Menschen mit ähnlichen Themen")[1]
    assert re.findall(r'<h3 class="name"><a href="[^"]*">([^<]*)</a>', below) == ["Sabine Lehmann"]


def test_the_status_counts_the_places_that_are_still_free(client, krause):
    Person.objects.update(places=2)
    assert '<p class="free">2 freie Plätze</p>' in main(client, krause["de"].url)
    sent(krause["de"].person)
    assert '<p class="free">1 freier Platz</p>' in main(client, krause["de"].url)


def test_search_engines_read_who_it_is(client, krause):
    page = client.get(krause["de"].url).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    (person,) = [part for part in data["@graph"] if part["@type"] == "Person"]
    assert (person["name"], person["honorificPrefix"], person["jobTitle"]) == (
        "Martina Krause",
        "Dr.",
        "Leiterin IT-Sicherheit",
    )
    assert person["knowsLanguage"] == ["de"]


def test_nobody_sees_the_page_of_a_person_who_is_not_verified_and_then_everybody_does(client, krause):
    verified_on = krause["de"].person.verified_on
    Person.objects.update(verified_on=None)
    assert [client.get(page.url).status_code for page in krause.values()] == [404, 404]
    assert [page.specific_class.objects.get(pk=page.pk).get_sitemap_urls() for page in krause.values()] == [
        [],
        [],
    ]

    Person.objects.update(verified_on=verified_on)
    assert [client.get(page.url).status_code for page in krause.values()] == [200, 200]
    assert all(page.specific_class.objects.get(pk=page.pk).get_sitemap_urls() for page in krause.values())


def test_the_queries_do_not_grow_with_the_people_and_none_writes(client, krause):
    Person.objects.update(company=CompanyPageFactory().company)
    counts = []
    for others in (1, 10):
        for number in range(others):
            MentorPageFactory(
                person=PersonFactory(name=f"{others} {number}", topics=["backup", "nis2-directive"])
            )
        client.get(krause["de"].url)
        with CaptureQueriesContext(connection) as queries:
            client.get(krause["de"].url)
        assert writes(statements(queries)) == []
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
