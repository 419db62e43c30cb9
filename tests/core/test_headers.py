"""What browsers are told, for every kind of address."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

from tests.factories.pages import GuidePageFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "frame-src": "https://www.youtube-nocookie.com https://player.vimeo.com",
    "img-src": "'self' data:",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PUBLIC = ["/de/", "/cs/", "/de/konto/login/", "/cs/ucet/login/", "/de/gibt-es-nicht/", "/sitemap.xml"]


def policy(response) -> dict[str, str]:
    directives = (part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    return {name: " ".join(rest) for name, *rest in directives}


@pytest.fixture
def editor(client: Client) -> Client:
    user = UserFactory()
    group = Group.objects.create(name="enters the administration")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    return client


@pytest.mark.parametrize("path", PUBLIC)
def test_everybody_gets_the_strict_policy(client, path):
    response = client.get(path)
    assert response.status_code in {200, 404}
    assert policy(response) == STRICT
    assert {name: response[name] for name in EVERYWHERE} == EVERYWHERE
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_member_who_signed_in_gets_the_strict_policy_too(client):
    client.force_login(UserFactory())
    assert policy(client.get("/de/")) == STRICT


def test_staff_may_use_the_userbar_on_the_same_page(editor, settings):
    settings.PORTAL_DEMO = True
    response = editor.get("/de/")
    assert policy(response)["frame-ancestors"] == "'self'"
    assert policy(response)["script-src"] == "'self' 'unsafe-inline'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_administration_has_a_policy_of_its_own_that_still_knows_no_other_host(editor, settings):
    settings.PORTAL_DEMO = True
    response = editor.get("/admin/")
    assert response.status_code == 200
    assert policy(response)["default-src"] == "'self'"
    hosts = {source for value in policy(response).values() for source in value.split() if "://" in source}
    assert hosts == {"https://www.youtube-nocookie.com", "https://player.vimeo.com"}


def test_a_preview_may_stand_in_the_frame_of_the_editor(rf):
    guide = GuidePageFactory()
    response = guide.make_preview_request(rf.get("/admin/"), guide.default_preview_mode)
    assert response.status_code == 200
    assert policy(response)["frame-ancestors"] == "'self'"


def test_a_document_is_saved_never_shown(client):
    document = get_document_model().objects.create(
        title="Liste", file=ContentFile(b"<script>", name="liste.csv")
    )
    response = client.get(document.url)
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "text/csv")
    assert policy(response) == {"default-src": "'none'"}


def test_an_anonymous_page_sets_no_cookie(client):
    assert dict(client.get("/de/").cookies) == {}
