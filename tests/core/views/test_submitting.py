"""Submitting pages for translation in the admin, and bringing translations up to date: who may, and what follows."""

import pytest
from django.contrib.auth.models import Permission
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from home.models import HomePage, StandardPage
from knowledge.models import GuidePage
from portal.accounts.models import User
from tests.core.views.translating import edit, signed_in, told
from tests.editorial import begin_translation, member_of, other_locale, reread, write
from tests.factories.pages import GuidePageFactory, StandardPageFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_second_factor")]


def everything(page: Page) -> dict[str, object]:
    """What one types to submit a page for translation into every other language."""
    return {"locales": [other_locale(page).pk]}


# Submitting for translation: the hole


def czech_only() -> User:
    """Somebody who translates into Czech and has no business in the German tree."""
    user = UserFactory()
    group = member_of("Translators").groups.get()
    user.user_permissions.add(*group.permissions.all())
    tree = user.groups.create(name="Překlad")
    czech = HomePage.objects.get(locale__language_code="cs")
    right = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=tree, page=czech, permission=right)
    return user


@pytest.fixture
def secret() -> GuidePage:
    """A German draft that nobody has published."""
    draft = GuidePageFactory(title="Noch geheim", live=False)
    draft.save_revision()
    return draft


def submit(page: Page) -> str:
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def test_a_draft_is_submitted_for_translation_only_by_who_may_edit_it(secret: GuidePage) -> None:
    stranger = signed_in(czech_only())

    for response in (stranger.get(submit(secret)), stranger.post(submit(secret), everything(secret))):
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert list(secret.get_translations()) == []


def test_without_the_guard_a_stranger_would_read_the_draft(secret: GuidePage) -> None:
    """The twin of the test above: wagtail-localize's own view asks for less."""
    stranger = signed_in(czech_only())
    request = stranger.get(reverse("wagtailadmin_home")).wsgi_request
    request.method = "POST"
    request.POST = QueryDict(f"locales={other_locale(secret).pk}")

    SubmitPageTranslationView.as_view()(request, page_id=secret.pk)

    page = secret.get_translations().get()
    assert "Noch geheim" in stranger.get(edit(page)).content.decode()


def test_an_editor_submits_a_draft(secret: GuidePage, editor: Client) -> None:
    editor.post(submit(secret), everything(secret))

    assert secret.get_translations().get().title == "Noch geheim"


def test_the_only_other_language_is_chosen_already(guide: GuidePage, editor: Client) -> None:
    assert "checked" in str(editor.get(submit(guide)).context["form"]["locales"])


def test_pages_below_are_submitted_only_by_who_may_edit_each_of_them() -> None:
    author = UserFactory()
    author.user_permissions.add(*member_of("Translators").groups.get().permissions.all())
    group = author.groups.create(name="Autoren")
    home = HomePage.objects.get(locale__language_code="de")
    right = Permission.objects.get(codename="add_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=home, permission=right)
    own = StandardPageFactory(title="Meine Seite", owner=author)
    StandardPageFactory(title="Fremder Entwurf", parent=own, live=False)

    response = signed_in(author).post(submit(own), {**everything(own), "include_subtree": "on"})

    assert response.url == reverse("wagtailadmin_home")
    assert not StandardPage.objects.filter(locale__language_code="cs", title="Fremder Entwurf").exists()


def test_a_page_below_an_untranslated_one_waits_for_it(editor: Client) -> None:
    above = StandardPageFactory(title="Projekt")
    below = StandardPageFactory(title="Partner", parent=above)

    response = editor.post(submit(below), everything(below))

    assert told(response) == ["Zuerst muss die übergeordnete Seite übersetzt werden."]
    assert list(above.get_translations()) == []


# Bringing translations up to date


def update(page: Page) -> str:
    source = TranslationSource.objects.get_for_instance(page)
    return reverse("wagtail_localize:update_translations", args=[source.pk])


def test_updating_publishes_what_is_complete_and_names_what_is_not(guide: GuidePage, editor: Client) -> None:
    page = begin_translation(guide)
    write(page, leave_out=["summary"])
    response = editor.post(update(guide), {"publish_translations": "on"})
    assert told(response)[1].startswith("1 Textstelle ist noch nicht übersetzt")
    assert not reread(page).live

    write(page)
    editor.post(update(guide), {"publish_translations": "on"})
    assert reread(page).live


def test_updating_publishes_nothing_for_who_may_not_publish(guide: GuidePage, translator: Client) -> None:
    page = begin_translation(guide)
    write(page)

    translator.post(update(guide), {"publish_translations": "on"})

    assert not reread(page).live


def test_the_form_promises_what_it_does(guide: GuidePage, editor: Client) -> None:
    begin_translation(guide)

    assert "Online geht nur, was ganz übersetzt ist." in editor.get(update(guide)).content.decode()


def test_a_stranger_to_the_source_does_not_update_its_translations(guide: GuidePage) -> None:
    begin_translation(guide)
    response = signed_in(czech_only()).get(update(guide))

    assert response.url == reverse("wagtailadmin_home")
