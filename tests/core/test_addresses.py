"""Addresses of pages, said without asking."""

import pytest
from django.test import RequestFactory
from django.urls import set_script_prefix
from wagtail.models import Page

from portal.core.addresses import address_of

pytestmark = pytest.mark.django_db


def test_every_page_of_a_language_has_the_address_that_wagtail_would_find() -> None:
    request = RequestFactory().get("/de/")
    pages = [page for page in Page.objects.specific() if page.depth > 1]

    assert len(pages) == 18
    for page in pages:
        assert page.get_url(request) == Page.get_url(page, request) == page.url


def test_the_root_of_the_tree_has_no_address() -> None:
    assert address_of("/") is None


def test_below_a_folder_of_the_server_the_addresses_begin_with_it(settings: object) -> None:
    set_script_prefix("/portal/")
    try:
        assert address_of("/cs/akce/") == "/portal/cs/akce/"
    finally:
        set_script_prefix("/")
