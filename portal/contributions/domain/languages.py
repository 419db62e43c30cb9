"""Contributed pages in both languages: all or nothing.

From the day a profile is published it stands in every language, in the author's words until somebody releases the whole
translation, and in the author's words again as soon as these change so that the translation has gaps.
"""

from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from portal.contributions.models import ContributedPage
from portal.core.domain.translations import publish_as_it_is
from portal.core.rules import missing_passages, translation_into


@transaction.atomic
def show_in_every_language(page: ContributedPage) -> None:
    """Makes sure that `page`, which was just published by its author, is on line in every other language.

    A page that its author wrote in both languages is left alone, and so is a translation that is released and complete:
    passages which a machine filled in are shown only when a person publishes them.
    """
    if page.written_in != page.language or translation_into(page):
        return
    for locale in Locale.objects.exclude(pk=page.locale_id):
        other = page.get_translation_or_none(locale)
        if other is not None and other.written_in == other.language and translation_into(other) is None:
            continue
        source, _created = TranslationSource.update_or_create_from_instance(page)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
        other = other or page.copy_for_translation(locale)
        released = other.live and other.written_in == other.language
        if not released or missing_passages(other):
            publish_as_it_is(other.with_words_of(page, translation))


def take_off_line_everywhere(page: ContributedPage) -> None:
    """Takes `page` off line in every language, because it is in one."""
    for other in page.get_translations().live():
        other.unpublish()
