"""What editors and translators do, in few words: submit a page for translation, write its passages."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation
from wagtail_localize.operations import translate_object

from portal.accounts.models import User
from portal.core.models import BasePage
from portal.core.rules import translation_into
from tests.factories.people import UserFactory


def other_locale(page: BasePage) -> Locale:
    return Locale.objects.exclude(pk=page.locale_id).get()


def begin_translation(page: BasePage) -> BasePage:
    """Submits `page` for translation, as an editor does; returns the draft in the other language."""
    translate_object(page, [other_locale(page)])
    return reread(page.get_translation(other_locale(page)))


def write(page: BasePage, *, leave_out: Collection[str] = (), **words: str) -> None:
    """Writes the passages of the translation `page`, each as its field's name in capitals unless `words` has another;
    `leave_out` names the fields that stay untranslated."""
    translation = translation_into(page)
    assert translation is not None
    for segment in StringSegment.objects.filter(source=translation.source).select_related("context"):
        name = segment.context.path.split(".")[0]
        if name not in leave_out:
            StringTranslation.objects.update_or_create(
                translation_of_id=segment.string_id,
                locale_id=page.locale_id,
                context_id=segment.context_id,
                defaults={
                    "data": words.get(name, name.upper()),
                    "translation_type": "manual",
                    "updated_at": timezone.now(),
                    "has_error": False,
                },
            )


def publish(page: BasePage, **changes: Any) -> BasePage:
    """Edits `page` and publishes it, as the page editor does."""
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return reread(page)


def reread(page: BasePage) -> BasePage:
    return type(page.specific).objects.get(pk=page.pk)


def member_of(group: str, **fields: Any) -> User:
    """Somebody who signs in to the admin as one of `group`."""
    user = UserFactory(**fields)
    user.groups.add(Group.objects.get(name=group))
    return user
