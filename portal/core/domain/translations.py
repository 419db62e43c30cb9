"""Keeping both languages of a page in step.

The source page leads. When it is published, its translations learn which passages are new and take over its facts (date,
place, topics) at once; their words stay the last complete ones until a person publishes new ones. When it goes off line,
they go with it. A pair of pages that was written in both languages has no source, and each stands for itself.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from portal.core.models import BasePage
from portal.core.rules import (
    ADDRESS,
    NotReleasable,
    facts_of,
    missing_passages,
    take_facts,
    translation_into,
)


def is_complete(page: BasePage) -> bool:
    """Whether every passage of `page` stands in its own language. A page that was not translated is complete."""
    return not missing_passages(page)


def translations_of(page: BasePage) -> Iterator[Translation]:
    """The translations that `page` is the source of, each with its source read anew.

    A source that somebody still holds in memory saves stale content (PLATFORM).
    """
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source is not None:
        yield from Translation.objects.filter(source=source, enabled=True).select_related(
            "source__locale", "source__specific_content_type", "target_locale"
        )


def target_of(translation: Translation) -> BasePage | None:
    """The page that `translation` makes; None once it is deleted."""
    source = translation.source
    page: BasePage | None = (
        source.specific_content_type.model_class()
        .objects.filter(translation_key=source.object_id, locale_id=translation.target_locale_id)
        .first()
    )
    return page


@transaction.atomic
def follow_source(page: BasePage) -> None:
    """Brings the translations of `page`, which was just published, up to date: its new passages wait for a translator,
    its facts show at once in every language."""
    translations = list(translations_of(page))
    if not translations:
        return
    translations[0].source.update_from_db()
    for translation in translations_of(page):
        target = target_of(translation)
        if target is None or not target.live:
            continue
        before = facts_of(target)
        take_facts(target, translation)
        if facts_of(target) != before:
            publish_as_it_is(target)


def publish_as_it_is(page: BasePage, user: Any = None) -> None:
    """Publishes the words that `page` holds, translated or not; a mixture is still refused."""
    revision = page.save_revision(user=user, log_action=False)
    PublishPageRevisionAction(revision, user=user).execute(skip_permission_checks=True)


def update_translation(page: BasePage, user: Any = None) -> None:
    """Publishes `page` with its source's present facts and the translator's present words.

    Raises NotReleasable, for example IncompleteTranslation, or ValidationError when a field cannot hold its translation;
    the passage then carries the reason, and nothing has changed in public.
    """
    translation = translation_into(page)
    if translation is None:
        raise LookupError(f"{page} is not the translation of another page")
    translation.source.update_from_db()
    try:
        with transaction.atomic():
            page.publish(page.get_latest_revision() or page.save_revision(user=user), user=user)
            _note_address(translation, type(page).objects.values_list(ADDRESS, flat=True).get(pk=page.pk))
    except NotReleasable:
        raise
    except ValidationError as error:
        _note_on_passages(translation, error)
        raise


def _note_address(translation: Translation, slug: str) -> None:
    """Lets wagtail-localize's report count the address as translated, once the page has one."""
    locale = translation.target_locale_id
    segments = StringSegment.objects.filter(source=translation.source, context__path=ADDRESS)
    for segment in segments.annotate_translation(locale).filter(translation__isnull=True):
        StringTranslation.objects.update_or_create(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale_id=locale,
            defaults={
                "data": slug,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
                "has_error": False,
            },
        )


def _note_on_passages(translation: Translation, error: ValidationError) -> None:
    for field, reasons in error.error_dict.items():
        passages = StringTranslation.objects.filter(
            context__object_id=translation.source.object_id,
            context__path=field,
            locale_id=translation.target_locale_id,
            translation_of__segments__source=translation.source,
        )
        for passage in passages:
            passage.set_field_error(reasons)


@transaction.atomic
def submit_for_review(page: BasePage, user: Any) -> None:
    """Hands the finished translation `page` to whoever reviews it; a review that asked for changes goes on.

    Raises NotReleasable, and ValidationError when a review is under way.
    """
    translation = translation_into(page)
    if translation is None:
        raise LookupError(f"{page} is not the translation of another page")
    translation.source.update_from_db()
    page.released(translation).save_revision(user=user)
    state = page.current_workflow_state
    if state and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        page.get_workflow().start(page, user)


def take_off_line_with(page: BasePage, user: Any = None) -> None:
    """Takes the translations of `page` off line, because it is: a translation without its source helps nobody to keep it
    true. Nothing is deleted; whoever wants to keep a translation in public stops its synchronisation first."""
    for translation in translations_of(page):
        target = target_of(translation)
        if target is not None and target.live:
            target.unpublish(user=user)


def can_be_translated(page: BasePage, locale: Locale) -> bool:
    """Whether the place for a translation of `page` exists: the page above it, translated. wagtail-localize would
    otherwise put the untranslated page above it on line."""
    above = page.get_parent()
    return above.is_root() or above.get_translations().filter(locale=locale, alias_of=None).exists()
