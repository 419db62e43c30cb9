"""When something goes wrong, the portal says so in the reader's language."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.utils import translation

from portal.ui import views

FUNDED = {"de": "Kofinanziert von der Europäischen Union", "cs": "Spolufinancováno Evropskou unií"}


def request_for(path: str, **headers):
    return RequestFactory().get(path, headers=headers)


@pytest.mark.django_db
class TestPageNotFound:
    @pytest.mark.parametrize(
        ("language", "heading"), [("de", "Diese Seite gibt es nicht"), ("cs", "Tato stránka neexistuje")]
    )
    def test_speaks_the_language_of_the_address(self, client, language, heading):
        response = client.get(f"/{language}/gibt-es-nicht/")
        page = response.content.decode()
        assert response.status_code == 404
        assert f'<html lang="{language}">' in page
        assert f"<h1>{heading}</h1>" in page
        assert FUNDED[language] in page
        assert f'href="/{language}/"' in page

    def test_needs_no_middleware_to_know_the_language(self):
        response = views.page_not_found(request_for("/cs/nic/"), Http404())
        assert "<h1>Tato stránka neexistuje</h1>" in response.content.decode()

    def test_offers_the_home_page_of_the_other_language_and_not_the_same_error(self, client):
        assert 'href="/cs/" lang="cs" hreflang="cs"' in client.get("/de/gibt-es-nicht/").content.decode()

    def test_is_not_for_search_engines(self, client):
        page = client.get("/de/gibt-es-nicht/").content.decode()
        assert '<meta name="robots" content="noindex">' in page
        assert "canonical" not in page

    def test_asks_the_browser_where_the_address_names_no_language(self, client):
        page = client.get("/gibt-es-nicht", headers={"accept-language": "cs"}, follow=True).content.decode()
        assert "<h1>Tato stránka neexistuje</h1>" in page


@pytest.mark.django_db
class TestPermissionDenied:
    @pytest.mark.parametrize(
        ("language", "heading"),
        [("de", "Diese Seite ist nicht für Sie freigegeben"), ("cs", "K této stránce nemáte přístup")],
    )
    def test_speaks_the_language_of_the_address(self, language, heading):
        response = views.permission_denied(request_for(f"/{language}/konto/"), PermissionDenied())
        assert response.status_code == 403
        assert f"<h1>{heading}</h1>" in response.content.decode()

    def test_says_why_when_the_reason_is_known(self):
        response = views.permission_denied(request_for("/de/konto/"), PermissionDenied("Nur für Partner."))
        assert "Nur für Partner." in response.content.decode()

    @pytest.mark.parametrize(
        ("language", "heading"),
        [("de", "Ihr Formular konnte nicht angenommen werden"), ("cs", "Formulář se nepodařilo přijmout")],
    )
    def test_a_form_without_its_token_is_refused_in_both_languages(self, language, heading):
        response = views.csrf_failure(request_for(f"/{language}/konto/"), reason="Referer checking failed")
        page = response.content.decode()
        assert response.status_code == 403
        assert f"<h1>{heading}</h1>" in page
        assert "Referer" not in page


class TestWithoutDatabase:
    """These tests may not touch the database: pytest-django refuses it."""

    @pytest.mark.parametrize(
        ("language", "heading"),
        [("de", "Bei uns ist etwas schiefgegangen"), ("cs", "Něco se u nás pokazilo")],
    )
    def test_a_server_error_is_said_in_the_language_of_the_address(self, language, heading):
        response = views.server_error(request_for(f"/{language}/suche/"))
        page = response.content.decode()
        assert response.status_code == 500
        assert f'<html lang="{language}">' in page
        assert f"<h1>{heading}</h1>" in page
        assert FUNDED[language] in page

    @pytest.mark.parametrize(
        ("language", "heading"),
        [("de", "Diese Adresse versteht das Portal nicht"), ("cs", "Této adrese portál nerozumí")],
    )
    def test_a_bad_request_is_answered_even_for_a_host_that_is_not_ours(self, language, heading):
        request = request_for(f"/{language}/", host="evil.example")
        response = views.bad_request(request, SuspiciousOperation("secret detail"))
        page = response.content.decode()
        assert response.status_code == 400
        assert f"<h1>{heading}</h1>" in page
        assert "evil.example" not in page
        assert "secret detail" not in page

    def test_an_error_page_leaves_the_language_of_the_process_alone(self):
        with translation.override("de"):
            views.server_error(request_for("/cs/"))
            assert translation.get_language() == "de"


@pytest.mark.parametrize(
    ("code", "view"),
    [
        (400, views.bad_request),
        (403, views.permission_denied),
        (404, views.page_not_found),
        (500, views.server_error),
    ],
)
def test_the_portal_uses_these_pages(code, view):
    assert get_resolver().resolve_error_handler(code) is view


@pytest.mark.django_db
def test_a_post_without_its_token_gets_our_page():
    response = Client(enforce_csrf_checks=True).post("/cs/ucet/login/", {"login": "jana@example.org"})
    assert response.status_code == 403
    assert "<h1>Formulář se nepodařilo přijmout</h1>" in response.content.decode()
