"""Companies as readers see them: the list and the page of each."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.members.models import Company
from search.models import IndexJob
from search.registry import dependants, mappers
from tests.factories.pages import CompanyPageFactory
from tests.factories.people import CompanyFactory, place
from tests.queries import statements, writes

pytestmark = pytest.mark.django_db

GERMAN, CZECH = "/de/unternehmen/", "/cs/firmy/"
NAME = re.compile(r'<h3 class="name"[^>]*><a href="[^"]*"[^>]*>([^<]*)</a>')
WORDS = {
    "tagline": "Drehteile bis 65 mm",
    "about": "Wir drehen.\n\nUnd <i>fräsen</i>.",
    "offers": "Drehen\nFräsen",
    "seeks": "Härterei",
}


def firm(name: str, *topics: str, **facts) -> Company:
    """A verified company of Zwickau with pages in both languages."""
    company = CompanyFactory(name=name, topics=list(topics), **{"place": place("Zwickau"), **facts})
    german = CompanyPageFactory(company=company, slug=f"firma-{company.pk}", **WORDS)
    CompanyPageFactory(
        company=company, slug=german.slug, language="cs", translation_of=german, tagline="Soustruží"
    )
    return company


def listed(client, query: str = "", address: str = GERMAN) -> list[str]:
    response = client.get(address + query)
    assert response.status_code == 200
    return NAME.findall(response.content.decode())


def main(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().split("<main", 1)[1].split("</main>")[0]


@pytest.fixture
def cast():
    """Three companies that differ in everything that the list asks for."""
    firm("Alt", "opc-ua", size="micro")
    firm("Bor", "crm", place=place("Liberec"), languages=["cs", "de"], size="medium")
    firm("Cech", "opc-ua", place=place("Liberec"), languages=["cs"])


FOUND = {
    "": ["Alt", "Bor", "Cech"],
    "?topic=opc-ua": ["Alt", "Cech"],
    "?topic=production-and-logistics": ["Alt", "Cech"],
    "?country=CZ": ["Bor", "Cech"],
    "?region=DED45": ["Alt"],
    "?sector=C": ["Alt", "Bor", "Cech"],
    "?size=micro&size=medium": ["Alt", "Bor"],
    "?language=de": ["Alt", "Bor"],
    "?country=CZ&language=de": ["Bor"],
    "?topic=opc-ua&size=medium": [],
    "?topic=%00&country=XX&region=%22&sector=9&size=&language=a%22b%20(x)%20AND*": ["Alt", "Bor", "Cech"],
}


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("address", [GERMAN, CZECH])
def test_a_filter_leaves_those_that_fit_and_an_unknown_one_all(client, address):
    assert {query: listed(client, query, address) for query in FOUND} == FOUND


@pytest.mark.usefixtures("cast")
def test_a_page_that_there_is_not_is_not_found(client):
    for page in ["0", "2", "1000000000", "9" * 5000, "x", "%00"]:
        assert client.get(f"{GERMAN}?page={page}").status_code == 404


@pytest.mark.usefixtures("cast")
def test_what_excludes_everything_is_said_with_what_would_be_found_without_it(client):
    page = main(client, CZECH + "?topic=opc-ua&size=medium")
    assert "Všem těmto filtrům nic neodpovídá." in page
    assert (
        re.findall(r'<a href="([^"]*)">bez filtru „[^“]*“ <span class="count">(\d)</span>', page)
        == [
            ("?size=medium", "1"),
            ("?topic=opc-ua", "2"),
        ][::-1]
    )


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        (
            "de",
            {
                "Branche": "Verarbeitendes Gewerbe",
                "Größe": "10 bis 49 Beschäftigte",
                "Gründungsjahr": "1992",
                "Sprachen": "Deutsch, Tschechisch",
                "Märkte": "Deutschland, Österreich",
            },
        ),
        (
            "cs",
            {
                "Odvětví": "Zpracovatelský průmysl",
                "Velikost": "10 až 49 zaměstnanců",
                "Rok založení": "1992",
                "Jazyky": "němčina, čeština",
                "Trhy": "Německo, Rakousko",
            },
        ),
    ],
)
def test_a_page_shows_the_facts_in_the_language_of_the_reader(client, language, facts):
    company = firm(
        "Kern", founded=1992, languages=["de", "cs"], markets=["DE", "AT"], website="https://kern.example/"
    )
    page = main(client, company.company_pages.get(locale__language_code=language).url)
    shown = dict(re.findall(r"<dt>([^<]*)</dt>\s*<dd>([^<]*)</dd>", page))
    where = place("Zwickau")
    facts |= {
        {"de": "Ort", "cs": "Místo"}[language]: f"{where.name_in(language)}, {where.region.name_in(language)}"
    }
    assert shown == facts
    assert '<a href="https://kern.example/">kern.example</a>' in page


def test_a_page_shows_the_words_as_paragraphs_and_lists_and_escapes_them(client):
    page = main(client, firm("Kern").company_pages.get(locale__language_code="de").url)
    assert "<p>Und &lt;i&gt;fräsen&lt;/i&gt;.</p>" in page
    assert re.findall(r"<li>([^<]*)</li>", page.split("Bietet")[1].split("Sucht")[0]) == ["Drehen", "Fräsen"]
    assert "Den Kontakt stellt der Partner vor Ort her:" in page


def test_companies_across_the_border_stand_below(client):
    saxon = firm("Alt", "opc-ua")
    firm("Bor", "opc-ua", place=place("Liberec"))
    firm("Same side", "opc-ua")
    page = main(client, saxon.company_pages.get(locale__language_code="de").url)
    assert NAME.findall(page.split("Ähnliche Unternehmen jenseits der Grenze")[1]) == ["Bor"]


def test_a_text_in_the_other_language_says_so(client):
    german = CompanyPageFactory(slug="kern", **WORDS)
    czech = CompanyPageFactory(
        company=german.company, slug="kern", language="cs", translation_of=german, written_in="de", **WORDS
    )
    page = main(client, czech.url)
    assert "Tento text zatím není přeložený. Čtete ho německy, tak jak byl napsán." in page
    assert re.search(r'<div class="prose" lang="de">\s*<p>Wir drehen.</p>', page)
    assert '<p lang="de">Drehteile bis 65 mm</p>' in main(client, CZECH)


def test_search_engines_read_which_company_it_is(client):
    page = client.get(firm("Kern").company_pages.get(locale__language_code="de").url).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    (company,) = [part for part in data["@graph"] if part["@type"] == "Organization"]
    assert (company["name"], company["description"]) == ("Kern", "Drehteile bis 65 mm")


def test_nobody_sees_a_company_that_is_not_verified_and_then_everybody_does(client):
    company = firm("Kern", verified_on=None)
    pages = list(company.company_pages.all())
    assert [client.get(page.url).status_code for page in pages] == [404, 404]
    assert [listed(client), mappers[type(pages[0])](pages[0])] == [[], None]

    company.verified_on = "2026-11-23"
    company.save()
    assert [client.get(page.url).status_code for page in pages] == [200, 200]
    assert listed(client) == ["Kern"]


def test_search_finds_a_company_by_its_words_and_its_facts():
    company = firm("Kern", "opc-ua")
    page = company.company_pages.get(locale__language_code="de")
    found = mappers[type(page)](page)
    assert (found.kind, found.title, found.summary) == ("company", "Kern", "Drehteile bis 65 mm")
    assert (found.topics, found.region, found.country) == (["opc-ua"], "DED45", "DE")
    assert [word in found.text for word in ("Fräsen", "Härterei", "Zwickau")] == [True, True, True]


def test_a_change_of_facts_asks_to_read_the_company_and_so_its_pages_again():
    company = firm("Kern")
    IndexJob.objects.all().delete()
    company.save()
    assert [job.source for job in IndexJob.objects.all()] == [f"members.company:{company.pk}"]
    assert set(dependants[Company](company)) == set(company.company_pages.all())


@pytest.mark.parametrize("which", ["list", "page"])
def test_the_queries_do_not_grow_with_the_companies_and_none_writes(client, which):
    saxon = firm("Alt", "opc-ua", "crm")
    address = GERMAN if which == "list" else saxon.company_pages.get(locale__language_code="de").url
    counts = []
    for others in (1, 12):
        for number in range(others):
            firm(f"Firma {others} {number}", "opc-ua", "crm", place=place("Liberec"))
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert writes(statements(queries)) == []
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


@pytest.mark.parametrize("address", [GERMAN, CZECH])
def test_a_company_of_which_no_sector_is_known_is_shown_like_the_others(client, address: str):
    firm("Drehwerk GmbH")
    unknown = firm("Neu dabei GmbH", sector=None, languages=[])
    assert listed(client, address=address) == ["Drehwerk GmbH", "Neu dabei GmbH"]
    assert listed(client, "?sector=C", address) == ["Drehwerk GmbH"]
    assert client.get(f"{address}firma-{unknown.pk}/").status_code == 200
